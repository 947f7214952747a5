use super::*;
use crate::{
    documents::{DocumentNumber, Facts, Origin, Series},
    payments::FineAmounts,
};

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
    next_notices(RuleSet::built_in(), &Watched { documents, ..Watched::default() }, at(now), 64)
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
    assert!(words.contains("Carta d'identità elettronica: scade domani"), "{words}");
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
    let notices = next(&documents, "2026-11-25T08:00:00Z");
    assert_eq!(notices.len(), 64);
    assert!(notices.is_sorted_by_key(|notice| notice.at));
}

#[test]
fn what_does_not_run_out_on_a_day_has_no_notice() {
    let card = Document { facts: Facts::default(), ..document("a", "tessera_elettorale", "2027-01-01") };
    assert!(next(&[card], "2026-11-25T08:00:00Z").is_empty());
}

fn fine() -> Fine {
    Fine {
        id: "f".into(),
        label: None,
        notice: "301123456789012316".parse().ok(),
        payee: None,
        notified: "2026-12-01".parse().unwrap(),
        amounts: Some(FineAmounts { reduced_cents: 4200, notification_cents: 1650 }),
        excludes_discount: false,
        comune: None,
        paid_on: None,
        entered_at: at("2026-12-01T11:00:00Z"),
        snoozed_until: None,
    }
}

fn of_fine(fine: &Fine) -> Vec<(String, String)> {
    let watched = Watched { fines: std::slice::from_ref(fine), ..Watched::default() };
    let rules = RuleSet::built_in();
    next_notices(rules, &watched, fine.entered_at, 64)
        .iter()
        .map(|notice| (notice.local.date().to_string(), notice.words(rules, Language::Italian)))
        .collect()
}

#[test]
fn a_fine_is_said_before_the_end_of_each_sum_with_sum_and_day() {
    let said = of_fine(&fine());
    let days: Vec<&str> = said.iter().map(|(day, _)| day.as_str()).collect();
    // The discount ends on Monday 7 December: its days before are a Saturday and a Sunday, which goes to the Saturday.
    assert_eq!(days, ["2026-12-05", "2026-12-07", "2027-01-15", "2027-01-27", "2027-01-30"]);
    assert_eq!(said[0].1, "Multa: 45,90 euro con lo sconto, fino al 7 dicembre 2026");
    assert_eq!(said[1].1, "Multa: 45,90 euro con lo sconto, solo fino a oggi");
    assert_eq!(said[4].1, "Multa: 58,50 euro fino a oggi, poi aumenta");
    assert!(said.iter().all(|(_, words)| !words.contains("3011")), "no number on a lock screen");
}

#[test]
fn a_paid_fine_is_silent_and_a_lost_discount_is_not_caught_up_with() {
    let paid = Fine { paid_on: "2026-12-02".parse().ok(), ..fine() };
    assert!(of_fine(&paid).is_empty());
    let late = Fine { entered_at: at("2026-12-20T11:00:00Z"), ..fine() };
    assert!(of_fine(&late).iter().all(|(_, words)| !words.contains("sconto")));
}

#[test]
fn a_voters_card_is_said_before_a_vote_if_it_is_nearly_full() {
    let card = |stamps| Document {
        facts: Facts { stamps, ..Facts::default() },
        dated_at: at("2026-01-10T08:00:00Z"),
        ..document("a", "tessera_elettorale", "2027-01-01")
    };
    let said = |stamps| {
        let documents = [card(stamps)];
        let votes_in = "036023".parse().ok();
        let watched = Watched { documents: &documents, votes_in, ..Watched::default() };
        next_notices(RuleSet::built_in(), &watched, at("2026-02-01T08:00:00Z"), 64)
    };
    let notices = said(Some(17));
    assert_eq!(notices.len(), 3);
    let words = notices[0].words(RuleSet::built_in(), Language::Italian);
    assert_eq!(words, "Tessera elettorale: si vota il 22 marzo 2026. Guarda quanti spazi restano");
    assert!(said(Some(3)).is_empty());
    assert_eq!(said(None).len(), 3);
}
