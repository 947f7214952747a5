//! The papers say only what is there: links lead somewhere, named files and commands exist, codes are all listed.
#![expect(clippy::unwrap_used, reason = "helpers of tests may unwrap as tests do")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use campanile_tests::checkout::{root, skipped, tracked_files};

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The tracked papers with their text, or none where the tree is no git checkout.
fn papers(test: &str) -> Option<Vec<(PathBuf, String)>> {
    let Some(files) = tracked_files() else {
        skipped(test, "git checkout");
        return None;
    };
    let papers = files.into_iter().filter(|path| path.extension().is_some_and(|end| end == "md"));
    Some(papers.map(|path| (path.clone(), fs::read_to_string(root().join(path)).unwrap())).collect())
}

/// What stands between `open` and `close` in `text`, each on one line.
fn between<'a>(text: &'a str, open: &'a str, close: &'a str) -> impl Iterator<Item = &'a str> {
    text.lines().flat_map(move |line| {
        line.split(open).skip(1).filter_map(move |rest| rest.split_once(close).map(|(inside, _)| inside))
    })
}

/// The `code` spans of a line-oriented text, fenced blocks left out.
fn code_spans(text: &str) -> Vec<&str> {
    let mut is_fenced = false;
    let mut spans = Vec::new();
    for line in text.lines() {
        if line.starts_with("```") {
            is_fenced = !is_fenced;
        } else if !is_fenced {
            spans.extend(line.split('`').skip(1).step_by(2));
        }
    }
    spans
}

/// The codes in the first column of the tables of `section`.
fn codes_of(section: &str) -> impl Iterator<Item = &str> {
    section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next())
}

#[test]
fn links_between_papers_lead_somewhere() {
    let Some(papers) = papers("links_between_papers_lead_somewhere") else { return };
    let mut broken = Vec::new();
    for (path, text) in &papers {
        for link in between(text, "](", ")") {
            let file = link.split('#').next().unwrap_or_default();
            let is_ours = !file.is_empty() && !file.contains("://") && !file.starts_with("mailto:");
            if is_ours && !root().join(path.parent().unwrap()).join(file).exists() {
                broken.push(format!("{}: {link}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn files_named_in_the_papers_exist() {
    let Some(papers) = papers("files_named_in_the_papers_exist") else { return };
    let folders: BTreeSet<_> = fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let mut missing = Vec::new();
    for (path, text) in &papers {
        for span in code_spans(text) {
            let looks_like_a_path = span.contains('/') && !span.contains([' ', '{', '*', '…', '<']);
            let begins_here = span.split('/').next().is_some_and(|first| folders.contains(first));
            // A paper may name its neighbours as seen from any folder above it.
            let is_there = path.ancestors().skip(1).any(|folder| root().join(folder).join(span).exists());
            if looks_like_a_path && begins_here && !is_there {
                missing.push(format!("{}: {span}", path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn commands_named_in_the_papers_exist() {
    let Some(papers) = papers("commands_named_in_the_papers_exist") else { return };
    let makefile = read("Makefile");
    let targets: BTreeSet<_> =
        makefile.lines().filter_map(|line| line.split_once(": ##")).map(|(name, _)| name).collect();
    let mut missing = Vec::new();
    for (path, text) in &papers {
        let written = text.lines().filter_map(|line| line.strip_prefix("make "));
        let spans = code_spans(text).into_iter().filter_map(|span| span.strip_prefix("make "));
        for command in written.chain(spans) {
            let target = command.split_whitespace().next().unwrap_or_default();
            let is_target = target.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            if is_target && !targets.contains(target) {
                missing.push(format!("{}: make {target}", path.display()));
            }
        }
    }
    assert!(targets.contains("test"), "no targets were found in the Makefile");
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_script_that_make_calls_is_there() {
    for script in between(&read("Makefile"), "@scripts/", ".sh") {
        assert!(root().join(format!("scripts/{script}.sh")).is_file(), "scripts/{script}.sh");
    }
}

#[test]
fn every_decision_is_listed() {
    let index = read("docs/adr/README.md");
    for entry in fs::read_dir(root().join("docs/adr")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            name == "README.md" || index.contains(&format!("({name})")),
            "docs/adr/README.md misses {name}"
        );
    }
}

#[test]
fn the_refusals_of_the_code_and_those_of_the_papers_are_the_same() {
    let source = read("core/src/trust/refusal.rs");
    let in_code: BTreeSet<_> = between(&source, "=> \"", "\"").collect();
    let paper = read("docs/errors.md");
    let section =
        paper.split("\n## ").find(|part| part.starts_with("Refusals")).expect("a section of refusals");
    let in_paper: BTreeSet<_> = codes_of(section).collect();
    assert!(in_code.len() > 10);
    assert_eq!(in_code, in_paper);
}

/// The string constants that stand first in each call of `calls` in `source`.
fn first_constants<'a>(source: &'a str, calls: &[&str]) -> Vec<&'a str> {
    let mut found = Vec::new();
    for call in calls {
        for rest in source.split(call).skip(1) {
            let arguments = rest.split(['}', ';']).next().unwrap_or_default();
            let Some((_, text)) = arguments.split_once('"') else { continue };
            let code = text.split('"').next().unwrap_or_default();
            if !code.is_empty() && code.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
                found.push(code);
            }
        }
    }
    found
}

#[test]
fn the_servers_codes_of_the_code_and_those_of_the_papers_are_the_same() {
    let test = "the_servers_codes_of_the_code_and_those_of_the_papers_are_the_same";
    let Some(files) = tracked_files() else { return skipped(test, "git checkout") };
    let calls = ["AppError::new(", "AppError::invalid(", "AppError::not_found(", "Self::new(", "refused("];
    let mut in_code = BTreeSet::new();
    for path in files.iter().filter(|path| path.starts_with("server/src")) {
        let source = fs::read_to_string(root().join(path)).unwrap_or_default();
        if source.contains("AppError") {
            in_code.extend(first_constants(&source, &calls).into_iter().map(str::to_owned));
        }
    }
    let paper = read("docs/errors.md");
    let section =
        paper.split("\n## ").find(|part| part.starts_with("Answers")).expect("a section of answers");
    let in_paper: BTreeSet<_> = codes_of(section).map(str::to_owned).collect();
    assert!(in_code.len() > 10, "only {} codes were found", in_code.len());
    assert_eq!(in_code, in_paper);
}

#[test]
fn the_examples_of_the_operators_page_are_accepted_by_the_programs() {
    let page = read("docs/operations.md");
    let examples: Vec<_> =
        page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let [list, machines @ ..] = examples.as_slice() else { panic!("no examples") };
    campanile_sign::list::parse(list).unwrap();
    assert_eq!(machines.len(), 2);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("campanile.toml");
    for machine in machines {
        fs::write(&file, machine).unwrap();
        let settings = campanile_server::settings::Settings::load(&file).unwrap();
        assert!(settings.push.is_some() != settings.feeds.is_some());
    }
}

#[test]
fn every_folder_of_assets_says_whence_it_comes() {
    for entry in fs::read_dir(root().join("assets")).unwrap() {
        let folder = entry.unwrap().path();
        let is_data = folder.is_dir() && folder.file_name() != Some(Path::new("scripts").as_os_str());
        assert!(!is_data || folder.join("SOURCE.md").is_file(), "{} has no SOURCE.md", folder.display());
    }
}

#[test]
fn tests_named_in_the_papers_exist() {
    let Some(papers) = papers("tests_named_in_the_papers_exist") else { return };
    let files = tracked_files().unwrap();
    let is_rust = |path: &&PathBuf| path.extension().is_some_and(|end| end == "rs");
    let sources: String =
        files.iter().filter(is_rust).map(|path| fs::read_to_string(root().join(path)).unwrap()).collect();
    let mut missing = Vec::new();
    for (path, text) in &papers {
        for span in code_spans(text) {
            // Tests are sentences: nothing else has so many words.
            let is_sentence = span.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
            if is_sentence && span.matches('_').count() >= 4 && !sources.contains(&format!("fn {span}(")) {
                missing.push(format!("{}: {span}", path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
