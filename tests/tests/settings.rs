//! A wrong configuration ends the program at start, in one sentence that names the setting.
#![expect(clippy::unwrap_used, reason = "helpers of tests may unwrap as tests do")]

use std::{path::Path, process::Command};

use campanile_tests::server::PresentTown;
use chrono::DateTime;

fn started_with(change: impl Fn(String) -> String, environment: &[(&str, &str)]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    let town = PresentTown::at(DateTime::UNIX_EPOCH);
    let good = format!(
        "{}\n[push]\nlisten = \"127.0.0.1:0\"\ndata = \"{}\"\n",
        town.settings(),
        folder.path().join("data").display()
    );
    let config = folder.path().join("campanile.toml");
    std::fs::write(&config, change(good)).unwrap();
    let output = Command::new(Path::new(env!("CARGO_BIN_EXE_server-under-test")))
        .args(["push", "--config"])
        .arg(&config)
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

fn refusal(from: &str, to: &str) -> String {
    let (code, text) = started_with(
        |good| {
            assert!(good.contains(from), "{from}");
            good.replace(from, to)
        },
        &[],
    );
    assert_eq!(code, Some(1), "{text}");
    assert!(!text.contains("panicked"), "{text}");
    text
}

#[test]
fn a_wrong_setting_is_named_with_its_value_and_what_is_allowed() {
    let cases = [
        (
            "listen = \"127.0.0.1:0\"",
            "listen = \"localhost\"",
            "setting push.listen: 'localhost' is not allowed",
        ),
        ("listen = \"127.0.0.1:0\"", "", "setting push.listen: is missing"),
        ("listen", "listne", "setting push.listne: there is no such setting; allowed here: listen, data"),
        (
            "environment = \"live\"",
            "environment = \"prova\"",
            "setting town.environment: 'prova' is not allowed",
        ),
        ("[push]", "[spinta]", "setting spinta: there is no such setting"),
    ];
    for (from, to, expected) in cases {
        let text = refusal(from, to);
        assert!(text.contains(expected), "{text}");
    }
}

#[test]
fn a_demonstration_that_would_push_to_real_phones_does_not_start() {
    let (code, text) = started_with(
        |good| good.replace("\"live\"", "\"demo\"") + "\n[fcm]\ncredentials = \"account.json\"\n",
        &[],
    );
    assert_eq!(code, Some(1));
    assert!(text.contains("setting fcm.host: fcm.googleapis.com reaches real phones"), "{text}");
}

#[test]
fn the_environment_stands_over_the_file_and_is_judged_alike() {
    let (code, text) = started_with(|good| good, &[("CAMPANILE_STREAM__KEEP_ALIVE_S", "0")]);
    assert_eq!(code, Some(1));
    assert!(text.contains("setting stream.keep_alive_s: 0 is not within 1 to 300"), "{text}");
}

#[test]
fn a_missing_file_and_a_database_that_is_none_are_named() {
    let (code, text) = started_with(|_| String::new(), &[]);
    assert_eq!(code, Some(1));
    assert!(text.contains("setting town: is missing"), "{text}");
    let (code, text) = started_with(
        |good| {
            let data = good.lines().find_map(|line| line.strip_prefix("data = ")).unwrap().trim_matches('"');
            std::fs::create_dir_all(data).unwrap();
            std::fs::write(Path::new(data).join("push.db"), "no database ".repeat(200)).unwrap();
            good
        },
        &[],
    );
    assert_eq!(code, Some(1));
    assert!(text.contains("failed to open the data in") && text.contains("is not one"), "{text}");
}
