//! The public surface of the generated Kotlin and Swift: names and signatures, as both shells see them.
//!
//! A difference here means that the shells must follow: say so in CHANGELOG.md, then accept the snapshot.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

/// The library that cargo built for this test.
fn library() -> PathBuf {
    let folder =
        Path::new(env!("CARGO_BIN_EXE_uniffi-bindgen")).parent().expect("a program lies in a folder");
    let name = if cfg!(target_os = "macos") { "libcampanile.dylib" } else { "libcampanile.so" };
    folder.join("deps").join(name)
}

fn generate(program: &str, arguments: &[&str]) {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program was built for this test");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn without_comments(text: &str) -> String {
    let mut rest = text;
    let mut out = String::new();
    while let Some((before, comment)) = rest.split_once("/**") {
        out.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    out + rest
}

/// Which lines of a language are its public surface.
struct Language {
    /// How a declaration at the margin begins.
    blocks: &'static [&'static str],
    /// How a line within begins.
    members: &'static [&'static str],
}

const KOTLIN: Language = Language {
    blocks: &[
        "public interface ",
        "data class ",
        "enum class ",
        "sealed class ",
        "open class ",
        "typealias ",
        "public typealias ",
    ],
    members: &[
        "fun `",
        "suspend fun `",
        "var `",
        "val `",
        "data class ",
        "class ",
        "object ",
        "constructor(",
    ],
};

const SWIFT: Language = Language {
    blocks: &["public protocol ", "public struct ", "public enum ", "open class ", "public typealias "],
    members: &["func ", "public var ", "case ", "public static func `", "public convenience init("],
};

/// Scaffolding that no shell calls.
const NOT_OURS: &[&str] =
    &["niffi", "Ffi", "FFI", "RustBuffer", "withHandle", "noHandle", "NoHandle", "Handle("];

fn surface(text: &str, language: &Language) -> String {
    let text = without_comments(text);
    let mut out: Vec<String> = Vec::new();
    let mut is_within = false;
    let mut open_parentheses = String::new();
    for line in text.lines() {
        let trimmed = line.trim();
        // Kotlin says on the same line what is thrown.
        let trimmed = trimmed.strip_prefix("@Throws(CampanileException::class) ").unwrap_or(trimmed);
        if !open_parentheses.is_empty() {
            open_parentheses = format!("{open_parentheses} {trimmed}");
            if is_balanced(&open_parentheses) {
                out.push(declaration(&open_parentheses));
                open_parentheses.clear();
            }
            continue;
        }
        if line.starts_with('}') {
            is_within = false;
        }
        let is_ours = !NOT_OURS.iter().any(|word| line.contains(word));
        let is_block = language.blocks.iter().any(|start| line.starts_with(start));
        let is_function = line.starts_with("public func ") || trimmed.starts_with("fun `");
        if line.starts_with(|first: char| !first.is_whitespace()) && is_block {
            is_within = is_ours;
            if is_ours {
                out.push(format!("\n{}", declaration(line)));
            }
        } else if is_ours && !is_within && is_function {
            out.push(format!("\n{}", declaration(trimmed)));
        } else if is_ours && is_within && is_member(trimmed, language) {
            if is_balanced(trimmed) {
                out.push(format!("  {}", declaration(trimmed)));
            } else {
                open_parentheses = format!("  {trimmed}");
            }
        }
    }
    out.join("\n")
}

fn is_member(trimmed: &str, language: &Language) -> bool {
    let enumerator = trimmed.strip_suffix([',', ';']);
    let is_enumerator = enumerator.is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
    });
    is_enumerator || language.members.iter().any(|start| trimmed.starts_with(start))
}

fn is_balanced(text: &str) -> bool {
    text.matches('(').count() == text.matches(')').count()
}

/// The line without its body.
fn declaration(line: &str) -> String {
    let line = line.split('{').next().unwrap_or_default();
    let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let indent = if line.starts_with("  ") { "  " } else { "" };
    format!("{indent}{}", words.trim_end_matches([',', ';', ' ']))
}

#[test]
fn the_kotlin_surface_is_the_agreed_one() {
    let folder = TempDir::new().unwrap();
    let (library, out) = (library(), folder.path().display().to_string());
    generate(
        env!("CARGO_BIN_EXE_uniffi-bindgen"),
        &[
            "generate",
            &library.display().to_string(),
            "--language",
            "kotlin",
            "--no-format",
            "--out-dir",
            &out,
        ],
    );
    let text = fs::read_to_string(folder.path().join("it/campanile/core/campanile.kt")).unwrap();
    insta::assert_snapshot!("kotlin", surface(&text, &KOTLIN));
}

#[test]
fn the_swift_surface_is_the_agreed_one() {
    let folder = TempDir::new().unwrap();
    generate(
        env!("CARGO_BIN_EXE_uniffi-bindgen-swift"),
        &["--swift-sources", &library().display().to_string(), &folder.path().display().to_string()],
    );
    let text = fs::read_to_string(folder.path().join("CampanileCore.swift")).unwrap();
    insta::assert_snapshot!("swift", surface(&text, &SWIFT));
}
