//! The import rules of ARCHITECTURE.md, checked over the sources and over what cargo resolves.
#![expect(clippy::unwrap_used, reason = "helpers of tests may unwrap as tests do")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use campanile_tests::checkout::{root, skipped, tracked_files};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// What does I/O or knows another side of the house; a path that begins so has no place in a domain module.
const NOT_IN_THE_DOMAIN: &[&str] = &[
    "crate::phone",
    "crate::sqlite",
    "crate::store",
    "crate::sync",
    "reqwest",
    "rusqlite",
    "rustls",
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "tokio",
    "tokio_stream",
    "webpki_roots",
];

/// The clocks. The domain is told the time.
const CLOCKS: &[&str] = &[
    "Instant::now",
    "Local::now",
    "SystemTime::now",
    "Utc::now",
    "chrono::Local",
    "chrono::Utc::now",
    "std::time::Instant",
    "std::time::SystemTime",
];

/// What the core has no business with at all.
const NOT_IN_THE_CORE: &[&str] = &["axum", "campanile", "campanile_server", "hyper", "uniffi"];

/// The modules of the core that are not the domain: they sit on it.
const IMPURE: &[&str] = &["phone", "sqlite", "store", "sync"];

/// Every path in `code`, use trees unfolded: `use a::{b, c::d}` gives `a::b` and `a::c::d`.
/// Items under `#[cfg(test)]` are left out, comments and strings are none of it.
fn paths(code: &str) -> BTreeSet<String> {
    let tokens: TokenStream = code.parse().expect("the sources compile, so they are tokens");
    let mut found = BTreeSet::new();
    collect(tokens, "", &mut found);
    found
}

fn collect(tokens: TokenStream, prefix: &str, found: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        if is_cfg_test(&tokens[at..]) {
            at += item_length(&tokens[at..]);
            continue;
        }
        match &tokens[at] {
            TokenTree::Ident(first) => {
                let mut path = joined(prefix, &first.to_string());
                at += 1;
                while is_separator(&tokens[at..]) {
                    at += 2;
                    match tokens.get(at) {
                        Some(TokenTree::Ident(next)) => path = joined(&path, &next.to_string()),
                        Some(TokenTree::Group(tree)) => collect(tree.stream(), &path, found),
                        _ => break,
                    }
                    at += 1;
                }
                found.insert(path);
            }
            TokenTree::Group(group) => {
                collect(group.stream(), prefix, found);
                at += 1;
            }
            _ => at += 1,
        }
    }
}

fn joined(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}::{name}") }
}

fn is_separator(tokens: &[TokenTree]) -> bool {
    let colon =
        |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(mark)) if mark.as_char() == ':');
    colon(tokens.first()) && colon(tokens.get(1))
}

fn is_cfg_test(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [TokenTree::Punct(mark), TokenTree::Group(attribute), ..]
        if mark.as_char() == '#' && attribute.stream().to_string().replace(' ', "") == "cfg(test)")
}

/// How many tokens the item at the front has, attributes included: to its `;` or its braces.
fn item_length(tokens: &[TokenTree]) -> usize {
    let end = tokens.iter().position(|token| match token {
        TokenTree::Punct(mark) => mark.as_char() == ';',
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        _ => false,
    });
    end.map_or(tokens.len(), |last| last + 1)
}

/// Those of `paths` that begin with one of `forbidden`, whole words counted.
fn offending<'a>(paths: &'a BTreeSet<String>, forbidden: &[&str]) -> Vec<&'a str> {
    let begins = |path: &str, start: &str| {
        path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    paths
        .iter()
        .map(String::as_str)
        .filter(|path| forbidden.iter().any(|start| begins(path, start)))
        .collect()
}

/// The tracked files under `folder` that end in `extension`, or none where the tree is no git checkout.
fn sources(test: &str, folder: &str, extension: &str) -> Option<Vec<PathBuf>> {
    let Some(files) = tracked_files() else {
        skipped(test, "git checkout");
        return None;
    };
    let found: Vec<_> = files
        .into_iter()
        .filter(|path| path.starts_with(folder) && path.extension().is_some_and(|end| end == extension))
        .collect();
    Some(found)
}

fn is_test_code(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "tests.rs")
        || path.components().any(|part| part.as_os_str() == "tests")
}

fn read(path: &Path) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The module of the core that a file belongs to: `store` for `core/src/store/alerts.rs`.
fn core_module(path: &Path) -> String {
    let first = path.strip_prefix("core/src").unwrap().components().next().unwrap();
    Path::new(first.as_os_str()).with_extension("").to_string_lossy().into_owned()
}

/// The modules that `lib.rs` of the core declares for tests alone.
fn test_modules_of_the_core() -> BTreeSet<String> {
    let lib = read(Path::new("core/src/lib.rs"));
    let lines: Vec<_> = lib.lines().collect();
    let declared = lines.windows(2).filter(|pair| pair[0].trim() == "#[cfg(test)]");
    declared.filter_map(|pair| Some(pair[1].strip_suffix(';')?.rsplit_once("mod ")?.1.to_owned())).collect()
}

fn assert_clean(offences: &[String]) {
    assert!(offences.is_empty(), "against the import rules of ARCHITECTURE.md:\n{}", offences.join("\n"));
}

fn breaks_the_rules(code: &str) -> bool {
    !offending(&paths(code), &[NOT_IN_THE_DOMAIN, CLOCKS].concat()).is_empty()
}

#[test]
fn a_forbidden_path_is_found_however_it_is_written() {
    for code in [
        "use rusqlite::Connection;",
        "use std::{collections::BTreeMap, fs::{self, File}};",
        "fn f() { let a = std::net::TcpStream::connect(b); }",
        "fn f() { g!(\"{}\", chrono::Utc::now()); }",
        "use crate::{area::Point, store::Store};",
        "#[cfg(test)] mod tests { } use std::fs;",
    ] {
        assert!(breaks_the_rules(code), "not found: {code}");
    }
}

#[test]
fn an_innocent_path_is_left_alone() {
    for code in [
        "// use rusqlite::Connection;\nconst A: &str = \"std::fs\";",
        "use std::{fmt, sync::OnceLock}; use crate::storeroom::Shelf;",
        "#[cfg(test)] mod tests { use std::fs; } fn f() {}",
        "#[cfg(test)] use std::fs; fn f() {}",
    ] {
        assert!(!breaks_the_rules(code), "found: {code}");
    }
}

#[test]
fn domain_modules_of_the_core_name_no_io_and_no_clock() {
    let Some(files) = sources("domain_modules_of_the_core_name_no_io_and_no_clock", "core/src", "rs") else {
        return;
    };
    let mut offences = Vec::new();
    let test_modules = test_modules_of_the_core();
    let mut read_files = 0;
    for path in files.iter().filter(|path| !is_test_code(path)) {
        let module = core_module(path);
        if module == "lib" || test_modules.contains(&module) || IMPURE.contains(&module.as_str()) {
            continue;
        }
        read_files += 1;
        let named = paths(&read(path));
        let mut found = offending(&named, NOT_IN_THE_DOMAIN);
        // `platform` is where the machine's clock is read, for everybody else.
        if module != "platform" {
            found.extend(offending(&named, CLOCKS));
        }
        offences.extend(found.iter().map(|name| format!("{}: {name}", path.display())));
    }
    assert!(read_files > 20, "only {read_files} files of the domain were found");
    assert_clean(&offences);
}

#[test]
fn the_core_knows_neither_edge_nor_server() {
    let Some(files) = sources("the_core_knows_neither_edge_nor_server", "core", "rs") else { return };
    let mut offences = Vec::new();
    for path in &files {
        let named = paths(&read(path));
        offences.extend(
            offending(&named, NOT_IN_THE_CORE).iter().map(|name| format!("{}: {name}", path.display())),
        );
    }
    assert_clean(&offences);
}

#[test]
fn the_server_uses_neither_the_phones_store_nor_its_sync() {
    let Some(files) = sources("the_server_uses_neither_the_phones_store_nor_its_sync", "server", "rs") else {
        return;
    };
    let forbidden = ["campanile", "campanile_core::store", "campanile_core::sync", "uniffi"];
    let mut offences = Vec::new();
    for path in &files {
        let named = paths(&read(path));
        offences
            .extend(offending(&named, &forbidden).iter().map(|name| format!("{}: {name}", path.display())));
    }
    assert_clean(&offences);
}

/// The features of campanile-core that `package` turns on, tests of the package not counted.
fn core_features_of(package: &str) -> BTreeSet<String> {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--edges", "normal,build", "--prefix", "none", "--format", "{p}|{f}"])
        .args(["--package", package])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8(tree.stdout).unwrap();
    let line = tree.lines().find(|line| line.starts_with("campanile-core ")).expect("it uses the core");
    let features = line.split('|').nth(1).unwrap_or_default().trim_end_matches(" (*)");
    features.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[test]
fn the_server_and_the_signing_program_turn_on_no_feature_of_the_phone() {
    for package in ["campanile-server", "campanile-sign"] {
        let features = core_features_of(package);
        for phone_only in ["store", "sync"] {
            assert!(!features.contains(phone_only), "{package} turns on campanile-core/{phone_only}");
        }
    }
    assert!(core_features_of("campanile").contains("store"), "the way of asking cargo has gone wrong");
}

#[test]
fn only_the_edge_depends_on_uniffi() {
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--no-deps", "--format-version", "1"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let users: BTreeSet<&str> = metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|package| {
            let names =
                package["dependencies"].as_array().unwrap().iter().filter_map(|one| one["name"].as_str());
            names.into_iter().any(|name| name.starts_with("uniffi"))
        })
        .filter_map(|package| package["name"].as_str())
        .collect();
    assert_eq!(users, BTreeSet::from(["campanile", "campanile-bindgen"]));
}

/// Lines of `code` that name one of `words`, comments left out; with their numbers.
fn lines_naming(code: &str, words: &[&str]) -> Vec<String> {
    let is_comment = |line: &str| ["//", "*", "/*"].iter().any(|mark| line.trim_start().starts_with(mark));
    code.lines()
        .enumerate()
        .filter(|(_, line)| !is_comment(line) && words.iter().any(|word| line.contains(word)))
        .map(|(index, line)| format!("{}: {}", index + 1, line.trim()))
        .collect()
}

fn only_the_wall_names(test: &str, folder: &str, extension: &str, wall: &str, words: &[&str]) {
    let Some(files) = sources(test, folder, extension) else { return };
    assert!(files.iter().any(|path| path.starts_with(wall)), "no {extension} file under {wall}");
    let mut offences = Vec::new();
    for path in files.iter().filter(|path| !path.starts_with(wall)) {
        let lines = lines_naming(&read(path), words);
        offences.extend(lines.iter().map(|line| format!("{}:{line}", path.display())));
    }
    assert_clean(&offences);
}

#[test]
fn only_the_kotlin_wall_names_the_generated_package() {
    let test = "only_the_kotlin_wall_names_the_generated_package";
    only_the_wall_names(test, "android", "kt", "android/campanile-kt", &["uniffi.", "it.campanile.core"]);
}

#[test]
fn only_the_swift_wall_imports_the_generated_module() {
    let test = "only_the_swift_wall_imports_the_generated_module";
    only_the_wall_names(test, "ios", "swift", "ios/CampanileKit", &["import CampanileCore"]);
}
