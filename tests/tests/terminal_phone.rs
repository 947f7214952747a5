//! The terminal phone, used from outside against a demonstration in this process.
#![expect(clippy::unwrap_used, reason = "helpers of tests may unwrap as tests do")]

use std::{
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::{Sender, channel},
    time::Duration,
};

use campanile_server::demo::{self, DemoOptions};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

const SOON: Duration = Duration::from_mins(1);

fn phone(server: &str, data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_campanile-phone"));
    command.args(["--server", server, "--json", "--data"]).arg(data).args(arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn lines(child: Child) -> (Option<i32>, Vec<Value>) {
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    (output.status.code(), text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn events<'a>(lines: &'a [Value], event: &str) -> Vec<&'a Value> {
    lines.iter().filter(|line| line["event"] == event).collect()
}

/// Runs a demonstration; gives its address, and ends it when dropped.
fn demonstration() -> (String, tokio_util::sync::DropGuard) {
    let closing = CancellationToken::new();
    let ended = closing.clone();
    let (said, heard) = channel();
    std::thread::spawn(move || {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(run(ended, said));
    });
    let address = loop {
        let line: String = heard.recv_timeout(SOON).unwrap();
        if let Some(address) = line.split_whitespace().find(|word| word.starts_with("http://")) {
            break address.trim_end_matches("/allerte").to_owned();
        }
    };
    (address, closing.drop_guard())
}

async fn run(closing: CancellationToken, said: Sender<String>) {
    let options = DemoOptions { data: None, port: 0, phones: 1, official: false };
    // Whoever listens for the address stops listening once it has it.
    let say = |line: &str| drop(said.send(line.to_owned()));
    demo::run(options, closing, say).await.unwrap();
}

#[test]
fn a_red_bulletin_rings_once_and_is_still_listed_after_a_kill() {
    let (server, _closing) = demonstration();
    let data = tempfile::tempdir().unwrap();

    let mut first = phone(
        &server,
        data.path(),
        &["--timeout-s", "60", "--until-notifications", "1", "--until-alerts", "2"],
    );
    let (code, first) = lines(first.spawn().unwrap());
    assert_eq!(code, Some(0), "{first:?}");
    assert_eq!(events(&first, "opened")[0]["opening"], "new");
    let notification = events(&first, "notification")[0];
    assert_eq!((&notification["level"], &notification["loudness"]), (&"rossa".into(), &"ring".into()));
    assert!(notification["title"].as_str().unwrap().starts_with("Allerta rossa"), "{notification}");
    assert!(notification["spoken"].as_str().unwrap().starts_with("Allerta rossa"), "{notification}");

    // A phone that is cut off in the middle of listening.
    let mut killed = phone(&server, data.path(), &[]).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(700));
    killed.kill().unwrap();
    killed.wait().unwrap();

    let (code, again) =
        lines(phone(&server, data.path(), &["--timeout-s", "60", "--until-alerts", "2"]).spawn().unwrap());
    assert_eq!(code, Some(0), "{again:?}");
    assert_eq!(events(&again, "opened")[0]["opening"], "existing");
    assert_eq!(events(&again, "notification"), Vec::<&Value>::new());
    assert_eq!(events(&again, "list")[0]["rows"][0]["level"], "rossa");
}

#[test]
fn safety_rule_10_a_phone_that_cannot_reach_its_server_says_not_known_and_keeps_trying() {
    let data = tempfile::tempdir().unwrap();
    let mut command = phone("http://127.0.0.1:9", data.path(), &["--until-alerts", "1", "--timeout-s", "2"]);
    let (code, lines) = lines(command.spawn().unwrap());
    assert_eq!(code, Some(3), "{lines:?}");
    assert_eq!(events(&lines, "list")[0]["head"]["is_known"], false);
    assert_eq!(events(&lines, "waiting")[0]["error"], "offline");
    assert_eq!(lines.last().unwrap()["event"], "too_late");
}

#[test]
fn a_comune_that_does_not_exist_is_refused_by_name() {
    let data = tempfile::tempdir().unwrap();
    let output = phone("http://127.0.0.1:9", data.path(), &["--comune", "999999"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("comune: 999999 is no comune of Italy"), "{text}");
}
