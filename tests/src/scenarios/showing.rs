//! What is shown, how loud, and for how long.

use campanile_core::{
    alerts::Level,
    fixtures::{self, Town, signed, signed_bulletin, signed_head},
    notice::{BulletinEdition, Severity, Status},
};
use chrono::TimeDelta;
use serde_json::json;

use super::{Scenario, accepts, b64, instant, red, signed_red, trusts};

pub(super) fn scenarios() -> Vec<Scenario> {
    let town = Town::live();
    vec![
        verified_alert(&town),
        exercise(&town),
        elsewhere(&town),
        bulletin(&town),
        head(&town),
        empty_list(&town),
        extension(&town),
        before_first_unlock(&town),
    ]
}

fn verified_alert(town: &Town) -> Scenario {
    let row = json!({
        "id": "2023-0516-01",
        "kind": "alert",
        "level": "rossa",
        "level_words": "Allerta rossa",
        "shape": "ottagono",
        "status": "actual",
        "phase": "in_force",
        "place_names": ["Casa"],
        "concerns_me": true,
        "title": "Allerta rossa: piena del Secchia",
        "until": "fino alle 21:30",
        "labels": [],
        "is_seen": false,
    });
    let mut seen = row.clone();
    seen["is_seen"] = json!(true);
    Scenario::new(
        "a red alert of two officers is shown until it was seen",
        vec![
            trusts(town),
            json!({
                "do": "receive",
                "bytes": b64(&signed_red(town)),
                "expect": {
                    "outcome": "accepted",
                    "item_id": "2023-0516-01",
                    "notification": {
                        "tag": "2023-0516-01",
                        "level": "rossa",
                        "shape": "ottagono",
                        "loudness": "full_screen",
                        "title": "Allerta rossa: piena del Secchia",
                    },
                },
            }),
            json!({"do": "list", "expect": {"rows": [row], "spoken_begins_with_level": true}}),
            json!({
                "do": "detail",
                "id": "2023-0516-01",
                "expect": {
                    "instruction": "Sali ai piani alti. Non usare sottopassi e cantine.",
                    "description": "L'acqua supera gli argini a Ponte Alto.",
                    "area_desc": "Modena",
                },
            }),
            json!({"do": "receive", "bytes": b64(&signed_red(town)), "expect": {"outcome": "duplicate"}}),
            json!({"do": "unshown", "expect": {"tags": ["2023-0516-01"]}}),
            json!({"do": "reopen"}),
            json!({"do": "unshown", "expect": {"tags": ["2023-0516-01"]}}),
            json!({"do": "mark_shown", "tag": "2023-0516-01"}),
            json!({"do": "mark_seen", "id": "2023-0516-01"}),
            json!({"do": "reopen"}),
            json!({"do": "unshown", "expect": {"tags": []}}),
            json!({"do": "list", "expect": {"rows": [seen]}}),
            json!({"do": "detail", "id": "nothing", "expect_error": {"type": "NotFound", "what": "alert"}}),
        ],
    )
}

fn exercise(town: &Town) -> Scenario {
    let mut notice = red(town);
    notice.status = Status::Exercise;
    Scenario::new(
        "an exercise never rings like an alert",
        vec![
            trusts(town),
            json!({
                "do": "receive",
                "bytes": b64(&signed(&notice, &[&town.officers[0]])),
                "expect": {
                    "outcome": "accepted",
                    "notification": {
                        "status": "exercise",
                        "loudness": "quiet",
                        "title": "ESERCITAZIONE. Allerta rossa: piena del Secchia. ESERCITAZIONE",
                    },
                },
            }),
            json!({"do": "list", "expect": {"rows": [{"id": "2023-0516-01", "status": "exercise"}]}}),
        ],
    )
}

fn elsewhere(town: &Town) -> Scenario {
    let mut scenario = Scenario::new(
        "an alert for elsewhere is listed without sound",
        vec![
            trusts(town),
            json!({
                "do": "receive",
                "bytes": b64(&signed_red(town)),
                "expect": {
                    "outcome": "accepted",
                    "notification": {
                        "loudness": "passive",
                        "title": "Altrove, a Modena: Allerta rossa: piena del Secchia",
                    },
                },
            }),
            json!({"do": "list", "expect": {"rows": [{"concerns_me": false, "place_names": []}]}}),
        ],
    );
    scenario.places = vec![json!({"name": "Da mia sorella", "comune": "001272"})];
    scenario
}

fn bulletin(town: &Town) -> Scenario {
    let today = fixtures::today();
    let bulletin = town.bulletin(
        "dpc-20230516-1522",
        BulletinEdition::First,
        fixtures::now(),
        today,
        &[Level::Rossa, Level::Gialla],
    );
    let unknown = json!({"day": "2023-05-16", "level": "unknown", "level_words": "Livello non ancora noto"});
    Scenario::new(
        "a day without a bulletin is unknown and never green",
        vec![
            trusts(town),
            json!({"do": "places", "expect": {"places": [{
                "name": "Casa",
                "comune_name": "Modena",
                "zones": ["Emil-F1"],
                "days": [unknown, {"day": "2023-05-17", "level": "unknown", "shape": "punto interrogativo"}],
            }]}}),
            json!({
                "do": "receive",
                "bytes": b64(&signed_bulletin(&bulletin, &town.feed)),
                "expect": {
                    "outcome": "accepted",
                    "notification": {
                        "loudness": "ring",
                        "level": "rossa",
                        "title": "Allerta rossa oggi a Modena: rischio idraulico",
                    },
                },
            }),
            json!({"do": "list", "expect": {"rows": [
                {"kind": "bulletin", "level": "rossa", "title": "Allerta rossa oggi a Modena: rischio idraulico"},
                {"kind": "bulletin", "level": "gialla", "title": "Allerta gialla domani a Modena: rischio idraulico"},
            ]}}),
            json!({"do": "places", "expect": {"places": [{"days": [
                {"day_words": "oggi", "level": "rossa", "words": "rischio idraulico"},
                {"day_words": "domani", "level": "gialla"},
            ]}]}}),
        ],
    )
}

fn head(town: &Town) -> Scenario {
    let now = fixtures::now();
    let newer = signed_head(&town.head(8, now), &town.feed);
    let older = signed_head(&town.head(7, now), &town.feed);
    let later = now + TimeDelta::hours(3);
    Scenario::new(
        "an old head is not known and never no alerts",
        vec![
            json!({"do": "list", "expect": {"head": {
                "is_known": false,
                "checked_at": null,
                "words": "Situazione non nota: nessun controllo riuscito finora",
            }}}),
            trusts(town),
            accepts(&newer),
            json!({"do": "receive", "bytes": b64(&newer), "expect": {"outcome": "duplicate"}}),
            json!({"do": "receive", "bytes": b64(&older), "expect": {"outcome": "refused", "reason": "old_head"}}),
            json!({"do": "list", "expect": {
                "head": {"is_known": true, "checked_at": instant(now), "words": "Controllato alle 15:30"},
                "empty_words": "Nessun avviso del Comune. Il bollettino di oggi non è ancora noto per Casa. Ultimo controllo 15:30",
                "is_all_clear": false,
            }}),
            json!({"do": "set_clock", "now": instant(later)}),
            json!({"do": "list", "expect": {
                "head": {
                    "is_known": false,
                    "checked_at": instant(now),
                    "words": "Situazione non nota: ultimo controllo oggi alle 15:30",
                },
                "empty_words": "Non sappiamo se ci sono allerte: il telefono non riesce a controllare. In emergenza chiama il 112.",
            }}),
        ],
    )
}

fn empty_list(town: &Town) -> Scenario {
    let now = fixtures::now();
    let green = [Level::Verde, Level::Verde];
    let bulletin = town.bulletin("dpc-20230516-1522", BulletinEdition::First, now, fixtures::today(), &green);
    Scenario::new(
        "an empty list is not green before the bulletin of today",
        vec![
            trusts(town),
            accepts(&signed_head(&town.head(8, now), &town.feed)),
            json!({"do": "list", "expect": {
                "rows": [],
                "head": {"is_known": true},
                "empty_words": "Nessun avviso del Comune. Il bollettino di oggi non è ancora noto per Casa. Ultimo controllo 15:30",
                "is_all_clear": false,
            }}),
            accepts(&signed_bulletin(&bulletin, &town.feed)),
            json!({"do": "list", "expect": {
                "rows": [],
                "empty_words": "Nessuna allerta. Ultimo controllo 15:30",
                "is_all_clear": true,
            }}),
        ],
    )
}

fn extension(town: &Town) -> Scenario {
    Scenario::new(
        "what the notification extension showed is not shown again",
        vec![
            trusts(town),
            json!({
                "do": "present_push",
                "bytes": b64(&signed_red(town)),
                "places": true,
                "expect": {
                    "outcome": "shown",
                    "notification": {"tag": "2023-0516-01", "loudness": "full_screen", "labels": []},
                    "snapshot_changes": true,
                },
            }),
            json!({
                "do": "present_push",
                "bytes": b64(&signed_red(town)),
                "places": true,
                "expect": {"outcome": "duplicate", "notification": null, "snapshot_changes": false},
            }),
            json!({"do": "list", "expect": {"rows": []}}),
            json!({"do": "take_in_snapshot", "expect": {"new": 1}}),
            json!({"do": "take_in_snapshot", "expect": {"new": 0}}),
            json!({"do": "list", "expect": {"rows": [{"id": "2023-0516-01"}]}}),
            json!({"do": "unshown", "expect": {"tags": []}}),
        ],
    )
}

fn before_first_unlock(town: &Town) -> Scenario {
    let minor = signed(&town.alert("2023-0516-05", Severity::Minor), &[&town.officers[0]]);
    Scenario::new(
        "before the first unlock an alert is shown without targeting",
        vec![
            trusts(town),
            json!({
                "do": "present_push",
                "bytes": b64(&signed_red(town)),
                "places": false,
                "expect": {
                    "outcome": "shown",
                    "notification": {
                        "loudness": "ring",
                        "labels": ["Il telefono è appena stato riacceso: controlla se riguarda la tua zona"],
                    },
                },
            }),
            json!({
                "do": "present_push",
                "bytes": b64(&minor),
                "places": false,
                "expect": {"outcome": "shown", "notification": {"loudness": "quiet"}},
            }),
        ],
    )
}
