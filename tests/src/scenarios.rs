//! The scenarios that the edge is tested with in Python, Kotlin and Swift: the same files for all.
//!
//! Read [`all`] first, then `tests/scenarios/README.md`, which says what each step asks of a runner. The signed bytes are
//! made here from the throw-away keys of the made-up town, so the files are the same on each run; what is expected of
//! them is written down by hand. A test checks that the files are current.

mod network;
mod refusals;
mod shell;
mod showing;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use campanile_core::{
    fixtures::{self, Town},
    notice::{AlertNotice, Severity},
};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// A scenario: a phone, and what is done with it.
#[derive(Debug, Clone, Serialize)]
pub struct Scenario {
    /// A sentence; with underscores for blanks also the file's name.
    pub name: String,
    /// Where the phone's clock stands at first.
    pub now: String,
    /// When the app was built.
    pub built_at: String,
    /// The language of the words.
    pub language: String,
    /// The towns of the app release. `{server}` stands for the address of `scenario-server`.
    pub towns: Vec<Value>,
    /// Places saved before the first step.
    pub places: Vec<Value>,
    /// What is done, in order.
    pub steps: Vec<Value>,
    /// What `scenario-server` answers under this scenario's name; empty when no server is needed.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub http: Map<String, Value>,
}

impl Scenario {
    /// The file's name.
    pub fn file_name(&self) -> String {
        format!("{}.json", self.name.replace(' ', "_"))
    }

    /// The file's text.
    #[expect(clippy::missing_panics_doc, reason = "texts and numbers have a JSON form")]
    pub fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("texts and numbers have a JSON form");
        text.push('\n');
        text
    }

    fn new(name: &str, steps: Vec<Value>) -> Self {
        Self {
            name: name.to_owned(),
            now: instant(fixtures::now()),
            built_at: instant(fixtures::now() - TimeDelta::days(60)),
            language: "it".to_owned(),
            towns: vec![town(&Town::live(), "https://allerte.modena.example")],
            places: vec![json!({"name": "Casa", "comune": "036023"})],
            steps,
            http: Map::new(),
        }
    }
}

/// Every scenario, in the order of the issue that asks for them.
pub fn all() -> Vec<Scenario> {
    let mut all = showing::scenarios();
    all.extend(refusals::scenarios());
    all.extend(shell::scenarios());
    all.extend(network::scenarios());
    all
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn b64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

fn town(town: &Town, server: &str) -> Value {
    json!({
        "id": town.id,
        "name": "Modena",
        "server_url": server,
        "environment": town.environment,
        "roots": town.anchor().roots.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "root_threshold": 2,
        "comuni": ["036023"],
    })
}

/// The step that takes in bytes and expects them to be accepted.
fn accepts(bytes: &[u8]) -> Value {
    json!({"do": "receive", "bytes": b64(bytes), "expect": {"outcome": "accepted"}})
}

/// The step that takes in bytes and expects them to be refused.
fn refuses(bytes: &[u8], reason: &str) -> Value {
    json!({"do": "receive", "bytes": b64(bytes), "expect": {"outcome": "refused", "reason": reason}})
}

/// The step that takes in the first trust list.
fn trusts(town: &Town) -> Value {
    accepts(&town.signed_list(&town.list(1)))
}

/// The step that expects nothing to be listed or to be shown.
fn shows_nothing() -> [Value; 2] {
    [json!({"do": "list", "expect": {"rows": []}}), json!({"do": "unshown", "expect": {"tags": []}})]
}

fn red(town: &Town) -> AlertNotice {
    town.alert("2023-0516-01", Severity::Extreme)
}

/// The red alert as two officers sign it.
fn signed_red(town: &Town) -> Vec<u8> {
    fixtures::signed(&red(town), &[&town.officers[0], &town.officers[1]])
}
