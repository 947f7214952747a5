//! How the core deals with the shell: keys, observers, pausing, wrong arguments.

use campanile_core::{
    fixtures::{Town, signed},
    notice::Severity,
};
use serde_json::json;

use super::{Scenario, accepts, signed_red, trusts};

pub(super) fn scenarios() -> Vec<Scenario> {
    let town = Town::live();
    vec![
        wrong_key(&town),
        throwing_key_store(),
        locked(&town),
        observers(&town),
        paused(&town),
        arguments(&town),
    ]
}

fn wrong_key(town: &Town) -> Scenario {
    Scenario::new(
        "a wrong store key is told and changes nothing",
        vec![
            trusts(town),
            accepts(&signed_red(town)),
            json!({"do": "close"}),
            json!({
                "do": "open",
                "key": "ff".repeat(32),
                "expect_error": {"type": "Invalid", "field": "database_key"},
            }),
            json!({"do": "open", "key": "ff", "expect_error": {"type": "Invalid", "field": "database_key"}}),
            json!({"do": "open", "expect": {"opening": "existing"}}),
            json!({"do": "list", "expect": {"rows": [{"id": "2023-0516-01"}]}}),
        ],
    )
}

fn throwing_key_store() -> Scenario {
    Scenario::new(
        "the text that a key store throws appears nowhere",
        vec![
            json!({"do": "close"}),
            json!({
                "do": "open",
                "key_store_throws": "segreto-di-Maria-Rossi",
                "expect_error": {"type": "Internal", "code": "platform_failed"},
            }),
            json!({"do": "nowhere", "text": "segreto-di-Maria-Rossi"}),
            json!({"do": "open", "expect": {"opening": "existing"}}),
        ],
    )
}

fn locked(town: &Town) -> Scenario {
    Scenario::new(
        "a locked key store is told as locked",
        vec![
            trusts(town),
            json!({"do": "close"}),
            json!({"do": "open", "key_store_locked": true, "expect_error": {"type": "Locked"}}),
            json!({"do": "open", "expect": {"opening": "existing"}}),
        ],
    )
}

fn observers(town: &Town) -> Scenario {
    let minor = |id: &str| signed(&town.alert(id, Severity::Minor), &[&town.officers[0]]);
    Scenario::new(
        "observers get the whole list first and then each change in order",
        vec![
            trusts(town),
            json!({"do": "subscribe", "expect": {"rows": 0}}),
            accepts(&minor("2023-0516-11")),
            json!({"do": "next_list", "expect": {"rows": 1}}),
            accepts(&minor("2023-0516-12")),
            json!({"do": "next_list", "expect": {"rows": 2}}),
            accepts(&minor("2023-0516-13")),
            json!({"do": "next_list", "expect": {"rows": 3}}),
            json!({"do": "unsubscribe"}),
            accepts(&minor("2023-0516-14")),
            json!({"do": "no_list"}),
            json!({"do": "subscribe", "expect": {"rows": 4}}),
        ],
    )
}

fn paused(town: &Town) -> Scenario {
    Scenario::new(
        "a paused core is closed until it is resumed",
        vec![
            trusts(town),
            accepts(&signed_red(town)),
            json!({"do": "pause"}),
            json!({"do": "list", "expect_error": {"type": "Closed"}}),
            json!({"do": "resume"}),
            json!({"do": "list", "expect": {"rows": [{"id": "2023-0516-01"}]}}),
            json!({"do": "close"}),
            json!({"do": "list", "expect_error": {"type": "Closed"}}),
        ],
    )
}

fn arguments(town: &Town) -> Scenario {
    let place = |name: &str, comune: &str| json!({"name": name, "comune": comune});
    let invalid = |field: &str| json!({"type": "Invalid", "field": field});
    Scenario::new(
        "a wrong argument is told with its field",
        vec![
            trusts(town),
            json!({"do": "save_place", "place": place("Casa", "36023"), "expect_error": invalid("comune")}),
            json!({"do": "save_place", "place": place("Casa", "999999"), "expect_error": invalid("comune")}),
            json!({"do": "save_place", "place": place(" ", "036023"), "expect_error": invalid("name")}),
            json!({"do": "save_place", "place": {
                "name": "Casa", "comune": "036023", "quiet_from": "22:30", "quiet_to": "25:00",
            }, "expect_error": invalid("quiet_to")}),
            json!({"do": "save_place", "place": {
                "name": "Casa", "comune": "036023", "lon": 10.9, "lat": 91.0,
            }, "expect_error": invalid("lat")}),
            json!({"do": "remove_place", "id": "nothing", "expect_error": {"type": "NotFound", "what": "place"}}),
            json!({"do": "set_language", "language": "??", "expect_error": invalid("language")}),
            json!({"do": "set_language", "language": "en"}),
            json!({"do": "list", "expect": {"head": {"is_known": false}}}),
        ],
    )
}
