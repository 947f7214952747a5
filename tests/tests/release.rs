//! What a release of the phones' library is made of.

use std::{collections::BTreeSet, process::Command};

use campanile_tests::checkout::root;

/// The features of the core in a build of `package`.
fn features_of_core(package: &str, with: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--locked",
            "-e",
            "normal",
            "-f",
            "{p}|{f}",
            "--prefix",
            "none",
            "-p",
            package,
        ])
        .args(with)
        .current_dir(root())
        .output()
        .expect("cargo runs, it runs this test");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8_lossy(&output.stdout);
    let core = tree.lines().find(|line| line.starts_with("campanile-core "));
    let (_, features) = core.and_then(|line| line.split_once('|')).expect("the package is built on the core");
    features.trim_end_matches(" (*)").split(',').map(str::to_owned).collect()
}

#[test]
fn safety_rule_10_the_phones_library_carries_no_demo_root_unless_asked() {
    assert!(!features_of_core("campanile", &[]).contains("demo"));
    assert!(features_of_core("campanile", &["--features", "demo"]).contains("demo"));
}

#[test]
fn the_made_up_town_of_the_tests_is_in_no_release() {
    for package in ["campanile", "campanile-server", "campanile-sign"] {
        assert!(!features_of_core(package, &[]).contains("fixtures"), "{package}");
    }
    assert!(features_of_core("campanile-tests", &[]).contains("fixtures"));
}
