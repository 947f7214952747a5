//! The network: what is registered, what is fetched, what a cancelled call leaves behind.
//! `scenario-server` answers as each scenario's `http` says.

use campanile_core::fixtures::{self, Town, signed_head};
use serde_json::{Value, json};

use super::{Scenario, b64, signed_red, town};

pub(super) fn scenarios() -> Vec<Scenario> {
    let live = Town::live();
    let mut all = vec![register(&live), cancelled(), failing()];
    for scenario in &mut all {
        scenario.towns = vec![town(&live, &format!("{{server}}/{}", scenario.name.replace(' ', "_")))];
    }
    all
}

fn register(town: &Town) -> Scenario {
    let head = signed_head(&town.head(1, fixtures::now()), &town.feed);
    let alerts = json!({
        "items": [{"sequence": 1, "item": b64(&signed_red(town))}],
        "cursor": 1,
        "more": false,
    });
    let mut scenario = Scenario::new(
        "a phone registers its comuni and catches up",
        vec![
            json!({"do": "status", "expect": {"is_registered": false, "has_synced": false}}),
            json!({"do": "register", "expect": {"outcome": "complete"}}),
            json!({"do": "requests", "expect": {"last": {
                "method": "POST",
                "path": "/v1/devices",
                "body": {
                    "channel": "stream",
                    "endpoint": "",
                    "area_keys": ["comune/036023"],
                    "languages": ["it"],
                },
            }}}),
            json!({"do": "register", "expect": {"outcome": "complete"}}),
            json!({"do": "requests", "expect": {"count": 1}}),
            // The trust list, the alert and the head.
            json!({"do": "refresh", "expect": {"outcome": "complete", "accepted": 3, "refused": 0}}),
            json!({"do": "status", "expect": {"is_registered": true, "has_synced": true}}),
            json!({"do": "list", "expect": {
                "rows": [{"id": "2023-0516-01", "title": "Allerta rossa: piena del Secchia"}],
                "head": {"is_known": true, "words": "Controllato alle 15:30"},
            }}),
            // What was in force before the phone knew the town does not ring.
            json!({"do": "unshown", "expect": {"tags": []}}),
            json!({"do": "refresh", "expect": {"outcome": "complete", "accepted": 0, "refused": 0}}),
        ],
    );
    scenario.http = routes(&[
        ("POST /v1/devices", json!({"status": 201, "json": {"device": "d-1", "secret": "s-1"}})),
        ("GET /v1/trust", json!({"status": 200, "base64": b64(&town.signed_list(&town.list(1)))})),
        ("GET /v1/revocations", json!({"status": 200, "json": {"items": []}})),
        ("GET /v1/alerts", json!({"status": 200, "json": alerts})),
        ("GET /v1/head", json!({"status": 200, "base64": b64(&head)})),
    ]);
    scenario
}

fn cancelled() -> Scenario {
    let mut scenario = Scenario::new(
        "a cancelled call ends at once and leaves the core usable",
        vec![
            json!({"do": "refresh", "cancel_after_ms": 200, "within_ms": 5000, "expect": {
                "outcome": "cancelled", "accepted": 0, "refused": 0,
            }}),
            json!({"do": "list", "expect": {"rows": [], "head": {"is_known": false}}}),
        ],
    );
    scenario.http = routes(&[("GET /v1/trust", json!({"status": 200, "base64": "", "delay_ms": 20_000}))]);
    scenario
}

fn failing() -> Scenario {
    let answer = json!({"errors": [{"code": "busy", "detail": "come back later"}]});
    let mut scenario = Scenario::new(
        "an error of the server is told with its status and code",
        vec![json!({
            "do": "refresh",
            "expect_error": {"type": "Server", "status": 503, "code": "busy"},
        })],
    );
    scenario.http = routes(&[("GET /v1/trust", json!({"status": 503, "json": answer}))]);
    scenario
}

fn routes(routes: &[(&str, Value)]) -> serde_json::Map<String, Value> {
    routes.iter().map(|(route, answer)| ((*route).to_owned(), answer.clone())).collect()
}
