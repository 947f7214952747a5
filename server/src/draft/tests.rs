use campanile_core::{
    fixtures::{now, signed},
    trust::{ItemKind, Verified, sign},
};

use super::*;

const EXAMPLE: &str = include_str!("../../../assets/demo/alert.json");

fn example() -> String {
    EXAMPLE.replace("2099-12-31T23:00:00Z", "2023-05-16T20:00:00Z")
}

fn problem(from: &str, to: &str) -> String {
    let text = example();
    assert!(text.contains(from), "{from}");
    draft(text.replace(from, to).as_bytes(), &[], now(), [0, 1]).unwrap_err().to_string()
}

#[test]
fn the_example_becomes_a_draft_that_two_officers_can_sign() {
    let fitted = draft(example().as_bytes(), &[], now(), [0xab, 0xcd]).unwrap();
    assert_eq!(fitted.notice.id, "modena-demo-20230516-1530-abcd");
    assert_eq!(fitted.notice.severity, Severity::Extreme);
    assert!(fitted.steps.is_empty(), "{:?}", fitted.steps);
    let town = campanile_core::fixtures::Town::live();
    let mut notice = fitted.notice;
    notice.town = town.id.clone();
    notice.environment = town.environment;
    let item = signed(&notice, &[&town.officers[0], &town.officers[1]]);
    assert!(matches!(town.trust().verify(&item, now(), |_| None), Ok(Verified::Alert(_))));
}

#[test]
fn an_alert_whose_status_nobody_chose_is_an_exercise() {
    let text = example().replace("\"status\": \"Actual\",", "");
    let fitted = draft(text.as_bytes(), &[], now(), [0, 1]).unwrap();
    assert_eq!(fitted.notice.status, Status::Exercise);
}

#[test]
fn a_cancel_names_the_very_bytes_that_it_ends() {
    let town = campanile_core::fixtures::Town::live();
    let earlier = town.alert("rossa-1", Severity::Extreme);
    let payload = notice::encode(&earlier);
    let item = sign(ItemKind::Alert, payload.clone(), &[&town.officers[0]]).unwrap();
    let text = example().replace("\"msgType\": \"Alert\"", "\"msgType\": \"Cancel\"");
    for refers_to in [payload.clone(), item] {
        let fitted = draft(text.as_bytes(), &[refers_to], now(), [0, 1]).unwrap();
        let expected = Reference { id: "rossa-1".to_owned(), sha256: sha256(&payload).into() };
        assert_eq!(fitted.notice.references, [expected]);
    }
    assert!(problem("\"msgType\": \"Alert\"", "\"msgType\": \"Cancel\"").starts_with("msgType: "));
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    assert_eq!(
        problem("2023-05-16T20:00:00Z", "2023-05-16T10:00:00Z"),
        "expires: it is over already; give a time to come"
    );
    assert!(problem("\"headline\"", "\"headlin\"").contains("unknown field `headlin`"));
    assert!(problem("comune/036023", "comune/36023").contains("'36023' is not"));
    assert!(
        problem("\"polygons\": []", "\"polygons\": [[[[10.9, 44.6], [10.9, 944.6]]]]")
            .starts_with("area.polygons[0]: ")
    );
    assert!(problem("[\"comune/036023\"]", "[]").contains("names no comune and no zone"));
}
