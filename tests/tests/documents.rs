//! Documents against the shared data: specimens of machine-readable zones.

use std::fs;

use campanile_core::documents::mrz::{Checked, parse};
use campanile_tests::checkout;
use serde_json::Value;

#[test]
fn the_specimens_are_read_with_the_check_digits_that_they_have() {
    let Some(shared) = checkout::shared() else {
        return checkout::skipped(
            "the_specimens_are_read_with_the_check_digits_that_they_have",
            "shared data",
        );
    };
    let text = fs::read_to_string(shared.join("data/documents/mrz_specimens.json")).unwrap();
    let specimens: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert!(!specimens.is_empty());
    for specimen in specimens {
        let lines: Vec<&str> =
            specimen["lines"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let text = lines.join("\n");
        let mrz = parse(&text).unwrap();
        assert_eq!(mrz.to_string(), text, "a specimen needs no repair: {:?}", mrz.repairs);
        for (name, part) in [
            ("document", Checked::Number),
            ("birth", Checked::Birth),
            ("expiry", Checked::Expiry),
            ("optional", Checked::Optional),
            ("composite", Checked::Composite),
        ] {
            if let Some(fits) = specimen["check_digits"].get(name).and_then(Value::as_bool) {
                assert_eq!(!mrz.failed.contains(&part), fits, "{name} of {text}");
            }
        }
    }
}
