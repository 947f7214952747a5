//! What holds for every file of the house: whence it may not come, what it may not name, how long it may be.
#![expect(clippy::unwrap_used, reason = "helpers of tests may unwrap as tests do")]

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
};

use campanile_tests::checkout::{root, shared, skipped, tracked_files};

/// The longest that a source file may be, lines.
const LONGEST_SOURCE: usize = 500;

/// Source files that may be longer, and why.
const LONGER_FOR_A_REASON: &[(&str, &str)] = &[];

/// Hosts of package registries, in halves so that this file does not name them either.
const REGISTRY_HOSTS: &[(&str, &str)] = &[
    ("crates", ".io"),
    ("pypi", ".org"),
    ("pythonhosted", ".org"),
    ("npmjs", ".org"),
    ("npmjs", ".com"),
    ("repo1", ".maven.org"),
    ("repo", ".maven.apache.org"),
    ("maven.google", ".com"),
    ("proxy", ".golang.org"),
    ("deb.debian", ".org"),
    ("archive.ubuntu", ".com"),
];

/// Folders of the machines that we work on, in halves as well.
const MACHINE_FOLDERS: &[(&str, &str)] = &[("/wo", "rk/"), ("/ho", "me/"), ("/ro", "ot/"), ("/Us", "ers/")];

fn files_of(test: &str) -> Option<Vec<PathBuf>> {
    let files = tracked_files();
    if files.is_none() {
        skipped(test, "git checkout");
    }
    files
}

/// The text of a tracked file; none if it is not text.
fn text(path: &Path) -> Option<String> {
    String::from_utf8(fs::read(root().join(path)).unwrap()).ok()
}

/// Where `text` names one of `words`, as `line N`. A word that goes on to the left (`a/word/`) is another one.
fn naming(text: &str, words: &[String]) -> Vec<String> {
    let begins_there = |line: &str, at: usize| {
        let before = line.get(..at).and_then(|rest| rest.chars().next_back());
        before.is_none_or(|c| !(c.is_alphanumeric() || "._-~$}".contains(c)))
    };
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for word in words {
            if line
                .match_indices(word.as_str())
                .any(|(at, _)| word.starts_with(char::is_alphanumeric) || begins_there(line, at))
            {
                found.push(format!("line {}: {word}", index + 1));
            }
        }
    }
    found
}

fn whole(halves: &[(&str, &str)]) -> Vec<String> {
    halves.iter().map(|(first, second)| format!("{first}{second}")).collect()
}

#[test]
fn no_file_names_a_package_registry_or_a_folder_of_a_machine() {
    let Some(files) = files_of("no_file_names_a_package_registry_or_a_folder_of_a_machine") else { return };
    let mut offences = Vec::new();
    for path in &files {
        let Some(text) = text(path) else { continue };
        let mut found = naming(&text, &whole(MACHINE_FOLDERS));
        // Cargo itself writes the name of the index into its lock file.
        if !path.ends_with("Cargo.lock") {
            found.extend(naming(&text, &whole(REGISTRY_HOSTS)));
        }
        offences.extend(found.iter().map(|place| format!("{}, {place}", path.display())));
    }
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

#[test]
fn a_named_host_and_a_named_folder_are_found_and_a_longer_path_is_not() {
    let words = [whole(MACHINE_FOLDERS), whole(REGISTRY_HOSTS)].concat();
    let folder = &whole(MACHINE_FOLDERS)[0];
    let host = &whole(REGISTRY_HOSTS)[0];
    assert_eq!(naming(&format!("a\ncp x {folder}y"), &words), [format!("line 2: {folder}")]);
    assert_eq!(naming(&format!("https://{host}/x"), &words).len(), 1);
    assert!(naming(&format!("net{folder}x"), &words).is_empty());
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn sha256(path: &Path) -> Vec<u8> {
    ring::digest::digest(&ring::digest::SHA256, &fs::read(path).unwrap()).as_ref().to_vec()
}

#[test]
fn no_file_of_the_shared_data_is_tracked() {
    let test = "no_file_of_the_shared_data_is_tracked";
    let Some(files) = files_of(test) else { return };
    let Some(data) = shared().map(|folder| folder.join("data")) else { return skipped(test, "shared data") };
    let mut theirs = Vec::new();
    files_below(&data, &mut theirs);
    let theirs: HashSet<_> =
        theirs.iter().filter(|path| path.metadata().unwrap().len() > 0).map(|path| sha256(path)).collect();
    let taken: Vec<_> = files.iter().filter(|path| theirs.contains(&sha256(&root().join(path)))).collect();
    assert!(theirs.len() > 10, "only {} files in the shared data", theirs.len());
    assert!(taken.is_empty(), "taken whole from the shared data: {taken:?}");
}

fn is_source(path: &Path) -> bool {
    let ends = ["rs", "kt", "swift", "ts", "svelte", "java", "py", "sh", "sql"];
    path.extension().and_then(|end| end.to_str()).is_some_and(|end| ends.contains(&end))
}

#[test]
fn source_files_are_short_enough_to_be_read() {
    let Some(files) = files_of("source_files_are_short_enough_to_be_read") else { return };
    let mut too_long = Vec::new();
    for path in files.iter().filter(|path| is_source(path)) {
        let lines = text(path).expect("sources are UTF-8").lines().count();
        let is_excepted = LONGER_FOR_A_REASON.iter().any(|(file, _)| path.ends_with(file));
        if lines > LONGEST_SOURCE && !is_excepted {
            too_long.push(format!("{} has {lines} lines", path.display()));
        }
    }
    assert!(too_long.is_empty(), "more than {LONGEST_SOURCE} lines:\n{}", too_long.join("\n"));
}

#[test]
fn every_exception_to_the_length_is_still_needed() {
    for (file, reason) in LONGER_FOR_A_REASON {
        let lines = fs::read_to_string(root().join(file)).map_or(0, |text| text.lines().count());
        assert!(
            lines > LONGEST_SOURCE,
            "{file} ({reason}) is not longer than {LONGEST_SOURCE} lines any more"
        );
    }
}
