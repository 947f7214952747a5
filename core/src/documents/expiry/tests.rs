use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::documents::{Fingerprints, birthday, renewal_window};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn issued(birth: &str, on: &str) -> Facts {
    Facts { birth: Some(day(birth)), issued: Some(day(on)), ..Facts::default() }
}

fn computed(kind: &str, facts: &Facts) -> Expiry {
    computed_expiry(RuleSet::built_in(), kind, facts).unwrap().0
}

fn days(texts: &[&str]) -> Vec<NaiveDate> {
    texts.iter().map(|text| day(text)).collect()
}

#[rstest]
#[case("1988-03-15", "2022-09-19", "2032-03-15")]
#[case("1988-03-15", "2022-09-18", "2033-03-15")]
#[case("1990-11-26", "2026-11-25", "2035-11-26")]
#[case("2021-05-10", "2024-05-09", "2027-05-10")]
#[case("2008-11-26", "2026-11-25", "2031-11-26")]
#[case("1980-01-10", "2012-02-09", "2022-02-09")]
fn an_identity_card_runs_by_the_law_of_its_issue(
    #[case] birth: &str,
    #[case] on: &str,
    #[case] expires: &str,
) {
    assert_eq!(computed("cie", &issued(birth, on)), Expiry::Exact(day(expires)));
}

#[test]
fn issued_on_the_birthday_both_years_are_possible() {
    let expiry = computed("cie", &issued("1990-11-25", "2026-11-25"));
    assert_eq!(expiry, Expiry::Ambiguous(days(&["2035-11-25", "2036-11-25"])));
    assert_eq!(expiry.date(), Some(day("2035-11-25")));
    let minor = computed("cie", &issued("2015-11-25", "2026-11-25"));
    assert_eq!(minor, Expiry::Exact(day("2031-11-25")), "for the next birthday the same day counts");
}

#[test]
fn a_birth_on_29_february_has_three_candidates_in_a_common_year() {
    let last = computed("cie", &issued("1992-02-29", "2025-06-10"));
    assert_eq!(last, Expiry::Ambiguous(days(&["2032-02-29", "2035-02-28", "2035-03-01"])));
    let next = computed("ci", &issued("1992-02-29", "2014-03-03"));
    assert_eq!(next, Expiry::Ambiguous(days(&["2025-02-28", "2025-03-01", "2028-02-29"])));
    assert_eq!(computed("cie", &issued("1992-02-29", "2026-11-25")), Expiry::Exact(day("2036-02-29")));
}

#[test]
fn from_seventy_the_card_is_long_lived_since_the_day_of_the_decree() {
    let request = Facts { requested: Some(day("2026-07-30")), ..issued("1956-07-30", "2026-08-06") };
    assert_eq!(computed("cie", &request), Expiry::LongValidity { cert_renewal_from: day("2036-08-06") });
    let too_young = Facts { requested: Some(day("2026-07-29")), ..issued("1956-07-30", "2026-08-06") };
    assert_eq!(computed("cie", &too_young), Expiry::Exact(day("2036-07-30")));
    assert_eq!(computed("cie", &issued("1950-01-01", "2026-07-29")), Expiry::Exact(day("2036-01-01")));
}

#[test]
fn who_is_seventy_may_swap_an_older_card_early() {
    let rules = RuleSet::built_in();
    let window = |facts: &Facts| renewal_window(rules, "cie", facts, None).early_swap_from;
    assert_eq!(window(&issued("1950-01-01", "2026-07-29")), Some(day("2026-11-01")));
    assert_eq!(window(&issued("1950-01-01", "2026-07-30")), None);
    assert_eq!(window(&issued("1956-11-02", "2020-01-01")), None);
}

#[test]
fn without_fingerprints_the_card_lasts_a_year() {
    let facts = Facts {
        fingerprints: Some(Fingerprints::TemporarilyImpossible),
        ..issued("1985-03-15", "2026-11-25")
    };
    assert_eq!(computed("cie", &facts), Expiry::Exact(day("2027-11-25")));
}

#[rstest]
#[case("patente_b", "1976-11-26", "2026-11-25", None, "2036-11-26")]
#[case("patente_b", "1976-11-25", "2026-11-25", None, "2031-11-25")]
#[case("patente_b", "1977-10-20", "2012-11-15", Some("2012-10-20"), "2022-10-20")]
#[case("patente_b", "1977-10-20", "2012-09-15", Some("2012-10-20"), "2022-10-20")]
#[case("patente_b", "1977-10-20", "2012-11-15", Some("2012-06-01"), "2023-10-20")] // not aligned
#[case("patente_b", "1940-10-20", "2026-11-15", Some("2024-10-20"), "2029-10-20")] // no licence for the past
#[case("patente_c", "1961-11-26", "2026-11-25", None, "2031-11-25")]
#[case("patente_c", "1961-11-25", "2026-11-25", None, "2028-11-25")]
#[case("patente_d", "1966-11-25", "2026-11-25", None, "2027-11-25")]
fn a_licence_runs_by_age_and_category(
    #[case] kind: &str,
    #[case] birth: &str,
    #[case] visit: &str,
    #[case] previous: Option<&str>,
    #[case] expires: &str,
) {
    let facts = Facts {
        birth: Some(day(birth)),
        visit: Some(day(visit)),
        previous_expiry: previous.map(day),
        ..Facts::default()
    };
    assert_eq!(computed(kind, &facts), Expiry::Exact(day(expires)));
}

#[rstest]
#[case("1980-01-01", "2026-11-25", "2036-11-24")]
#[case("2020-01-01", "2026-11-25", "2031-11-24")]
#[case("2024-01-01", "2026-11-25", "2029-11-24")]
fn a_passport_runs_to_the_day_before(#[case] birth: &str, #[case] on: &str, #[case] expires: &str) {
    assert_eq!(computed("passport", &issued(birth, on)), Expiry::Exact(day(expires)));
}

#[test]
fn the_printed_date_wins_and_is_only_warned_about() {
    let facts = Facts { printed: Some(day("2035-12-31")), ..issued("1990-06-20", "2026-11-25") };
    let assessed = assess(RuleSet::built_in(), "cie", &facts).unwrap();
    assert_eq!(assessed.expiry, Expiry::Exact(day("2035-12-31")));
    assert_eq!(assessed.warnings, [Warning::PrintedDiffers { expected: days(&["2036-06-20"]) }]);
    let absurd = Facts { printed: Some(day("2126-06-20")), ..issued("1990-06-20", "2026-11-25") };
    let assessed = assess(RuleSet::built_in(), "cie", &absurd).unwrap();
    assert!(assessed.warnings.contains(&Warning::LongerThanTheRules));
}

#[test]
fn a_printed_date_among_the_candidates_is_not_doubted_unless_it_is_longer_than_the_rules() {
    let birthday = Facts { printed: Some(day("2036-11-25")), ..issued("1990-11-25", "2026-11-25") };
    assert_eq!(assess(RuleSet::built_in(), "cie", &birthday).unwrap().warnings, []);
    let leap = Facts { printed: Some(day("2028-02-29")), ..issued("1992-02-29", "2014-03-03") };
    assert_eq!(assess(RuleSet::built_in(), "ci", &leap).unwrap().warnings, [Warning::LongerThanTheRules]);
}

#[test]
fn a_paper_card_is_dead_after_3_august_2026_whatever_is_printed() {
    let rules = RuleSet::built_in();
    let card = |printed: Option<&str>| {
        assess(rules, "ci_cartacea", &Facts { printed: printed.map(day), ..Facts::default() }).unwrap()
    };
    assert_eq!(card(Some("2030-05-11")).expiry, Expiry::Exact(day("2026-08-03")));
    assert_eq!(card(None).expiry, Expiry::Exact(day("2026-08-03")));
    assert_eq!(card(Some("2025-02-10")).expiry, Expiry::Exact(day("2025-02-10")));
    assert_eq!(card(Some("2030-05-11")).status_on(day("2026-08-03")), Status::Valid);
    assert_eq!(card(Some("2030-05-11")).status_on(day("2026-08-04")), Status::Expired);
    assert!(card(Some("2026-08-03")).warnings.contains(&Warning::CutOff { last_day: day("2026-08-03") }));
}

#[test]
fn what_is_missing_is_named() {
    let rules = RuleSet::built_in();
    assert_eq!(assess(rules, "cie", &Facts::default()), Err(MissingFact(Fact::Issued)));
    let without_birth = Facts { issued: Some(day("2026-11-25")), ..Facts::default() };
    assert_eq!(assess(rules, "cie", &without_birth), Err(MissingFact(Fact::Birth)));
    assert_eq!(assess(rules, "altro", &Facts::default()), Err(MissingFact(Fact::Printed)));
    assert_eq!(assess(rules, "mai sentito", &Facts::default()), Err(MissingFact(Fact::Printed)));
}

#[test]
fn a_vehicle_is_inspected_by_the_end_of_a_month() {
    let first = Facts { first_registration: Some(day("2024-02-29")), ..Facts::default() };
    assert_eq!(computed("revisione", &first), Expiry::Exact(day("2028-02-29")));
    let taxi = Facts { annual: true, last_done: Some(day("2026-04-10")), ..first };
    assert_eq!(computed("revisione", &taxi), Expiry::Exact(day("2027-04-30")));
}

#[test]
fn every_rule_is_for_kinds_that_there_are() {
    let rules = RuleSet::built_in();
    let named = rules.expiry.iter().flat_map(|row| &row.rule.kinds);
    let cut = rules.cut_off.iter().flat_map(|row| &row.rule.kinds);
    for id in named.chain(cut).chain(rules.guides.iter().flat_map(|row| &row.rule.kinds)) {
        assert_eq!(kind(rules, id).map(|row| row.source.id.as_str()), Some(id.as_str()));
    }
}

fn dates() -> impl Strategy<Value = NaiveDate> {
    (0_i64..73_414).prop_map(|days| crate::calendar::add_days(day("1900-01-01"), days))
}

proptest! {
    #[test]
    fn every_date_of_two_centuries_gets_an_answer(
        birth in dates(), on in dates(), previous in proptest::option::of(dates()),
        printed in proptest::option::of(dates()), kind in 0_usize..64,
    ) {
        let rules = RuleSet::built_in();
        let kind = &rules.kinds[kind % rules.kinds.len()].source.id;
        let facts = Facts {
            birth: Some(birth), issued: Some(on), requested: Some(on), visit: Some(on), printed,
            previous_expiry: previous, first_registration: Some(on), expired_month: Some(on),
            dsu_date: Some(on), ..Facts::default()
        };
        if let Ok(assessed) = assess(rules, kind, &facts) {
            if let (Some(printed), None) = (printed, cut_off(rules, kind)) {
                prop_assert_eq!(assessed.expiry, Expiry::Exact(printed));
            } else if let Expiry::Ambiguous(days) = &assessed.expiry {
                prop_assert!(days.len() > 1 && days.is_sorted());
            }
        } else {
            prop_assert!(printed.is_none());
        }
    }

    #[test]
    fn a_card_of_an_adult_lasts_nine_to_ten_years_and_ends_on_the_birthday(
        birth in dates(), on in 0_i64..40_000,
    ) {
        let on = crate::calendar::add_days(day("2022-09-19"), on);
        let years = crate::calendar::age(birth, on);
        prop_assume!((18..70).contains(&years));
        if let Expiry::Exact(end) = computed("cie", &Facts { birth: Some(birth), issued: Some(on), ..Facts::default() }) {
            prop_assert!(birthday::is_birthday(birth, end));
            prop_assert!(end < add_years(on, 10) && end >= add_years(on, 9));
        }
    }
}
