use super::*;
use crate::documents::{DocumentNumber, Facts, Origin, Series};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn document(id: &str, kind: &str, expires: &str) -> Document {
    Document {
        id: id.into(),
        kind: kind.into(),
        holder: Holder::Me,
        label: None,
        number: Some(DocumentNumber::new("CA12345AB")),
        facts: Facts { printed: expires.parse().ok(), ..Facts::default() },
        origin: Origin::User,
        confirmed_at: None,
        dated_at: at("2026-11-25T08:00:00Z"),
        series: Series::default(),
    }
}

fn next(documents: &[Document], now: &str) -> Vec<Notice> {
    next_notices(RuleSet::built_in(), documents, at(now), 64)
}

#[test]
fn a_notice_comes_at_half_past_nine_in_rome_in_winter_and_in_summer() {
    let notices = next(&[document("a", "cie", "2027-06-20")], "2026-11-25T08:00:00Z");
    assert_eq!(notices.first().unwrap().at, at("2026-12-22T08:30:00Z"));
    assert_eq!(notices.last().unwrap().at, at("2027-06-19T07:30:00Z"));
}

#[test]
fn several_documents_of_one_day_are_one_notice() {
    let mut of_anna = document("b", "passaporto", "2027-06-20");
    of_anna.holder = Holder::Other("Anna".into());
    let notices = next(&[document("a", "cie", "2027-06-20"), of_anna], "2027-06-01T08:00:00Z");
    let last = notices.last().unwrap();
    assert_eq!((last.id.as_str(), last.items.len()), ("promemoria-2027-06-19", 2));
    let words = last.words(RuleSet::built_in(), Language::Italian);
    assert!(words.contains("Carta d'identità elettronica: la validità finisce domani"), "{words}");
    assert!(words.contains("Passaporto di Anna"), "{words}");
    assert!(!words.contains("CA12345AB") && !words.contains("5AB"), "no number on a lock screen");
}

#[test]
fn planning_again_later_gives_the_same_notices_less_those_of_before() {
    let documents = [document("a", "cie", "2027-06-20"), document("b", "patente_b", "2027-06-30")];
    let first = next(&documents, "2026-11-25T08:00:00Z");
    let later = next(&documents, "2027-04-01T08:00:00Z");
    assert!(later.len() < first.len() && first.ends_with(&later));
}

#[test]
fn done_stops_the_series_until_the_expiry_is_another() {
    let mut document = document("a", "cie", "2027-06-20");
    document.series.done_for = "2027-06-20".parse().ok();
    assert!(next(std::slice::from_ref(&document), "2026-11-25T08:00:00Z").is_empty());
    document.facts.printed = "2037-06-20".parse().ok();
    assert!(!next(&[document], "2026-11-25T08:00:00Z").is_empty());
}

#[test]
fn no_more_than_the_limit_are_planned_and_the_nearest_first() {
    let documents: Vec<Document> =
        (1..=28).map(|n| document(&n.to_string(), "cie", &format!("2028-02-{n:02}"))).collect();
    let notices = next_notices(RuleSet::built_in(), &documents, at("2026-11-25T08:00:00Z"), 64);
    assert_eq!(notices.len(), 64);
    assert!(notices.is_sorted_by_key(|notice| notice.at));
}

#[test]
fn what_does_not_run_out_on_a_day_has_no_notice() {
    let card = Document { facts: Facts::default(), ..document("a", "tessera_elettorale", "2027-01-01") };
    assert!(next(&[card], "2026-11-25T08:00:00Z").is_empty());
}
