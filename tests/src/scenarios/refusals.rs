//! What must not be shown, each with its own named reason (safety rule 7).

use campanile_core::{
    fixtures::{self, Town, signed},
    notice::{MsgType, Purpose, Severity},
};
use serde_json::{Value, json};

use super::{Scenario, accepts, red, refuses, shows_nothing, signed_red, trusts};

fn refused(name: &str, before: Vec<Value>, bytes: &[u8], reason: &str) -> Scenario {
    let mut steps = before;
    steps.push(refuses(bytes, reason));
    steps.extend(shows_nothing());
    steps.push(json!({"do": "refused", "expect": {"reasons": [reason]}}));
    // The notification extension judges alike, without the store.
    steps.push(json!({
        "do": "present_push",
        "bytes": super::b64(bytes),
        "places": true,
        "expect": {"outcome": "refused", "reason": reason, "notification": null},
    }));
    Scenario::new(name, steps)
}

pub(super) fn scenarios() -> Vec<Scenario> {
    let town = Town::live();
    let demo = Town::demo();
    let alert = red(&town);
    let (first, second) = (&town.officers[0], &town.officers[1]);
    let mut changed = signed_red(&town);
    let place = changed.windows(5).position(|five| five == b"Ponte").expect("the words are in the bytes");
    changed[place] = b'M';
    let elsewhere = town.alert("2023-0516-09", Severity::Moderate);

    vec![
        refused(
            "bytes that are no item are refused",
            vec![trusts(&town)],
            b"this is not a signed item",
            "malformed",
        ),
        refused(
            "a forged alert is refused",
            vec![trusts(&town)],
            &signed(&alert, &[&town.outsider]),
            "unknown_key",
        ),
        refused(
            "a red alert with one signature is refused",
            vec![trusts(&town)],
            &signed(&alert, &[first]),
            "too_few_persons",
        ),
        refused(
            "a red alert signed with two keys of one person is refused",
            vec![trusts(&town)],
            &signed(&alert, &[first, &town.spare]),
            "same_person",
        ),
        refused("an alert with a changed byte is refused", vec![trusts(&town)], &changed, "bad_signature"),
        refused(
            "an alert signed with a revoked key is refused",
            vec![trusts(&town), accepts(&town.revocation(first, &[second, &town.officers[2]]))],
            &signed_red(&town),
            "revoked_key",
        ),
        refused(
            "an alert signed with the key of another comune is refused",
            vec![trusts(&town)],
            &signed(&elsewhere, &[&town.stranger]),
            "out_of_scope",
        ),
        refused(
            "a demo alert on a live phone is refused",
            vec![trusts(&town)],
            &signed_red(&demo),
            "demo_item",
        ),
        refused(
            "an alert before the first trust list is refused",
            Vec::new(),
            &signed_red(&town),
            "unknown_key",
        ),
        older_trust_list(&town),
        cancel_signed_by_one(&town),
    ]
}

fn older_trust_list(town: &Town) -> Scenario {
    let (older, newer) = (town.signed_list(&town.list(1)), town.signed_list(&town.list(2)));
    Scenario::new(
        "an older trust list is refused",
        vec![
            accepts(&newer),
            refuses(&older, "old_trust_list"),
            json!({"do": "receive", "bytes": super::b64(&newer), "expect": {"outcome": "duplicate"}}),
            json!({"do": "refused", "expect": {"reasons": ["old_trust_list"]}}),
        ],
    )
}

fn cancel_signed_by_one(town: &Town) -> Scenario {
    let alert = red(town);
    let cancel = town.follow(&alert, "2023-0516-02", MsgType::Cancel, Purpose::Ordinary);
    let (first, second) = (&town.officers[0], &town.officers[1]);
    let in_force = json!({"id": "2023-0516-01", "level": "rossa", "phase": "in_force"});
    Scenario::new(
        "a red alert is not ended by one officer alone",
        vec![
            trusts(town),
            accepts(&fixtures::signed(&alert, &[first, second])),
            refuses(&signed(&cancel, &[first]), "too_few_to_end"),
            json!({"do": "list", "expect": {"rows": [in_force]}}),
            json!({
                "do": "receive",
                "bytes": super::b64(&signed(&cancel, &[first, second])),
                "expect": {
                    "outcome": "accepted",
                    "notification": {
                        "tag": "2023-0516-01",
                        "title": "Cessata: piena del Secchia",
                        "loudness": "quiet",
                    },
                },
            }),
            json!({"do": "list", "expect": {"rows": [
                {"id": "2023-0516-01", "phase": "ended", "title": "Cessata: piena del Secchia"},
            ]}}),
        ],
    )
}
