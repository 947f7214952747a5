//! The scenario files are what the generator writes today.

use std::{collections::BTreeSet, fs};

use campanile_tests::{checkout::root, scenarios};

#[test]
fn the_scenario_files_are_current() {
    let folder = root().join("tests/scenarios");
    let mut expected = BTreeSet::new();
    for scenario in scenarios::all() {
        let held = fs::read_to_string(folder.join(scenario.file_name())).unwrap_or_default();
        assert!(
            held == scenario.text(),
            "{} differs: run `cargo run -p campanile-tests --bin scenarios`",
            scenario.file_name()
        );
        assert!(expected.insert(scenario.file_name()), "{} is there twice", scenario.name);
    }
    let held = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let held: BTreeSet<_> =
        held.filter(|name| std::path::Path::new(name).extension().is_some_and(|end| end == "json")).collect();
    assert_eq!(held, expected);
}

#[test]
fn every_step_is_one_that_the_readme_describes() {
    let readme = fs::read_to_string(root().join("tests/scenarios/README.md")).unwrap();
    for scenario in scenarios::all() {
        for step in &scenario.steps {
            let name = step["do"].as_str().unwrap();
            assert!(readme.contains(&format!("| `{name}` |")), "{name} of '{}'", scenario.name);
        }
    }
}
