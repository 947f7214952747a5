use super::*;

const SOURCED: &str = r#"source = "Legge", source_url = "https://www.normattiva.it/", checked_on = "2026-11-25", certainty = "verified""#;

fn with_patron(fields: &str) -> Result<RuleSet, RulesError> {
    let row = format!(
        "patrons = [{{ {fields}, days = [{{ comune = \"036023\", on = \"01-31\", it = \"San Geminiano\" }}] }}]\n[set]\nversion = \"2026-11-25\""
    );
    RuleSet::read(&[("test.toml", &row)])
}

#[test]
fn the_built_in_rules_are_read_whole() {
    let rules = RuleSet::built_in();
    assert!(rules.sources().len() > 50);
    for (_, source) in rules.sources() {
        assert!(source.checked().is_ok(), "{}", source.id);
    }
}

#[test]
fn a_rule_without_source_is_refused_by_name() {
    let refused = with_patron(r#"id = "x", source = "", checked_on = "2026-11-25", certainty = "verified""#);
    assert_eq!(refused.unwrap_err(), RulesError::WithoutSource { id: "x".into() });
    let refused =
        with_patron(r#"id = "x", source = "Legge", checked_on = "2026-11-25", certainty = "believed""#);
    assert_eq!(refused.unwrap_err(), RulesError::WithoutSource { id: "x".into() });
    assert!(
        with_patron(r#"id = "x", source = "Nostra", checked_on = "2026-11-25", certainty = "policy""#)
            .is_ok()
    );
}

#[test]
fn a_field_that_no_table_has_is_refused_with_the_rule_that_holds_it() {
    let error = with_patron(&format!(r#"id = "x", {SOURCED}, colour = "red""#)).unwrap_err().to_string();
    assert!(error.contains("'x'") && error.contains("colour"), "{error}");
}

#[test]
fn a_rule_that_ends_before_it_begins_is_refused() {
    let error =
        with_patron(&format!(r#"id = "x", {SOURCED}, valid_from = "2026-01-02", valid_to = "2026-01-01""#));
    assert!(matches!(error.unwrap_err(), RulesError::Backwards { .. }));
}

#[test]
fn a_name_is_used_once() {
    let file = format!(
        "[set]\nversion = \"2026-11-25\"\n[[patrons]]\nid = \"x\"\ndays = []\n{sourced}\n[[patrons]]\nid = \"x\"\ndays = []\n{sourced}\n",
        sourced = SOURCED.replace(", ", "\n")
    );
    assert_eq!(RuleSet::read(&[("a.toml", &file)]).unwrap_err(), RulesError::Twice { id: "x".into() });
}

#[test]
fn a_set_without_version_is_refused() {
    assert_eq!(RuleSet::read(&[]).unwrap_err(), RulesError::NoVersion);
}
