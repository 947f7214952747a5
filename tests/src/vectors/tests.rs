use std::path::PathBuf;

use super::*;

fn vector(area: &str, input: &str, expect: &str) -> Vector {
    Vector {
        id: "X01".into(),
        area: area.into(),
        input: serde_json::from_str(input).unwrap(),
        expect: serde_json::from_str(expect).unwrap(),
    }
}

#[test]
fn a_wrong_answer_names_only_the_keys_that_differ() {
    let verdict =
        run(&vector("holiday", r#"{"date": "2027-10-04"}"#, r#"{"holiday": false, "office_closed": true}"#));
    assert_eq!(
        verdict,
        Verdict::Failed { expected: r#"{"holiday":false}"#.into(), got: r#"{"holiday":true}"#.into() }
    );
}

#[test]
fn an_input_that_cannot_be_read_fails_with_its_key() {
    let Verdict::Failed { got, .. } = run(&vector("holiday", r#"{"date": "4 ottobre"}"#, "{}")) else {
        panic!("must fail")
    };
    assert!(got.contains("date") && got.contains("4 ottobre"));
}

#[test]
fn an_unknown_area_is_skipped() {
    assert!(matches!(run(&vector("zodiac", "{}", r#"{"sign": "leo"}"#)), Verdict::Skipped { .. }));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the shared data lies where the environment says")]
fn the_public_vectors_pass() {
    let shared = std::env::var("CAMPANILE_SHARED")
        .map_or_else(|_| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared")), PathBuf::from);
    let Ok(text) = std::fs::read_to_string(shared.join("domain/vectors.json")) else {
        eprintln!("skipped (no shared data): the_public_vectors_pass");
        return;
    };
    let failed: Vec<_> = read(&text)
        .unwrap()
        .iter()
        .filter_map(|vector| match run(vector) {
            Verdict::Failed { expected, got } => Some(format!("{} expected {expected} got {got}", vector.id)),
            _ => None,
        })
        .collect();
    assert!(failed.is_empty(), "{failed:#?}");
}
