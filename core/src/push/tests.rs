mod every_kind;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::*;
use crate::{
    alerts::{Level, Place, QuietHours},
    fixtures::{Town, elsewhere, home, now, signed, signed_bulletin, signed_head, today},
    notice::{AlertNotice, BulletinEdition, MsgType, Purpose, Severity, Status},
    trust::Refusal,
};

fn by_two(town: &Town, notice: &AlertNotice) -> Vec<u8> {
    signed(notice, &[&town.officers[0], &town.officers[1]])
}

/// A phone that receives one thing after the other.
struct Phone {
    snapshot: Snapshot,
    places: Vec<Place>,
}

impl Phone {
    fn at(places: &[Place]) -> Self {
        Self { snapshot: Town::live().snapshot(), places: places.to_vec() }
    }

    fn receive_at(&mut self, bytes: &[u8], now: DateTime<Utc>) -> Presentation {
        let shown = present(bytes, &self.snapshot, Some(&self.places), now);
        if let Some(next) = &shown.snapshot {
            self.snapshot = next.clone();
        }
        shown
    }

    fn receive(&mut self, bytes: &[u8]) -> Presentation {
        self.receive_at(bytes, now())
    }
}

fn loudness(shown: &Presentation) -> Loudness {
    shown.notification.as_ref().map_or(Loudness::None, |notification| notification.loudness)
}

#[test]
fn a_red_alert_of_two_officers_fills_the_screen_at_home() {
    let town = Town::live();
    let shown = Phone::at(&[home()]).receive(&by_two(&town, &town.alert("a-1", Severity::Extreme)));
    assert_eq!(shown.outcome, Outcome::Shown);
    insta::assert_debug_snapshot!(shown.notification.unwrap(), @r#"
    Notification {
        tag: "a-1",
        loudness: FullScreen,
        level: Rossa,
        status: Actual,
        title: "Allerta rossa: piena del Secchia",
        body: "Sali ai piani alti. Non usare sottopassi e cantine.\nL'acqua supera gli argini a Ponte Alto.\nModena, fino alle 21:30\nFonte: Comune di Modena, oggi alle 15:30",
        spoken: "Allerta rossa: piena del Secchia. Sali ai piani alti. Non usare sottopassi e cantine. L'acqua supera gli argini a Ponte Alto. Modena, fino alle 21:30. I tuoi luoghi: Casa. Fonte: Comune di Modena, oggi alle 15:30.",
        labels: [],
    }
    "#);
}

#[test]
fn elsewhere_is_listed_without_a_sound() {
    let town = Town::live();
    let shown = Phone::at(&[elsewhere()]).receive(&by_two(&town, &town.alert("a-1", Severity::Extreme)));
    let notification = shown.notification.unwrap();
    assert_eq!(notification.loudness, Loudness::Passive);
    assert_eq!(notification.title, "Altrove, a Modena: Allerta rossa: piena del Secchia");
}

#[test]
fn a_phone_that_holds_it_already_shows_nothing() {
    let town = Town::live();
    let bytes = by_two(&town, &town.alert("a-1", Severity::Extreme));
    let mut phone = Phone::at(&[home()]);
    phone.receive(&bytes);
    let again = phone.receive(&bytes);
    assert_eq!(again.outcome, Outcome::Duplicate);
    assert!(again.notification.is_none() && again.snapshot.is_none());
    // The same alert signed by another pair is the same alert.
    let others = signed(&town.alert("a-1", Severity::Extreme), &[&town.officers[1], &town.officers[2]]);
    assert_eq!(phone.receive(&others).outcome, Outcome::Duplicate);
}

#[test]
fn safety_rule_4_only_what_got_worse_rings_again() {
    let town = Town::live();
    let mut phone = Phone::at(&[home()]);
    let first = town.alert("a-1", Severity::Severe);
    assert_eq!(loudness(&phone.receive(&by_two(&town, &first))), Loudness::Ring);
    let same = town.follow(&first, "a-2", MsgType::Update, Purpose::Ordinary);
    assert_eq!(loudness(&phone.receive(&by_two(&town, &same))), Loudness::Quiet);
    let mut worse = town.follow(&same, "a-3", MsgType::Update, Purpose::Ordinary);
    worse.severity = Severity::Extreme;
    let shown = phone.receive(&by_two(&town, &worse));
    assert_eq!(loudness(&shown), Loudness::FullScreen);
    assert_eq!(shown.notification.unwrap().tag, "a-1");
}

#[test]
fn safety_rule_4_the_same_content_under_another_identifier_is_quiet() {
    let town = Town::live();
    let mut phone = Phone::at(&[home()]);
    phone.receive(&by_two(&town, &town.alert("a-1", Severity::Extreme)));
    assert_eq!(
        loudness(&phone.receive(&by_two(&town, &town.alert("b-9", Severity::Extreme)))),
        Loudness::Quiet
    );
}

#[test]
fn safety_rule_5_exercise_and_test_never_ring_and_say_so_at_both_ends() {
    let town = Town::live();
    for (status, word) in [(Status::Exercise, "ESERCITAZIONE"), (Status::Test, "TEST TEST")] {
        let mut notice = town.alert("a-1", Severity::Extreme);
        notice.status = status;
        let notification = Phone::at(&[home()]).receive(&by_two(&town, &notice)).notification.unwrap();
        assert!(notification.loudness <= Loudness::Quiet);
        assert_eq!(notification.status, status);
        assert!(
            notification.title.starts_with(word) && notification.title.ends_with(word),
            "{notification:?}"
        );
        assert!(notification.spoken.starts_with(word));
    }
}

#[test]
fn safety_rule_6_expired_on_arrival_is_kept_and_never_rings() {
    let town = Town::live();
    let notice = town.alert("a-1", Severity::Extreme);
    let shown =
        Phone::at(&[home()]).receive_at(&by_two(&town, &notice), notice.expires + TimeDelta::minutes(1));
    assert_eq!(shown.outcome, Outcome::Kept);
    assert!(shown.notification.is_none() && shown.snapshot.is_some());
}

#[test]
fn safety_rule_6_a_clock_in_doubt_rings_and_says_check_the_time() {
    let town = Town::live();
    let notice = town.alert("a-1", Severity::Extreme);
    let mut phone = Phone::at(&[home()]);
    // The clock stands before the day on which the app was built.
    let shown = phone.receive_at(&by_two(&town, &notice), now() - TimeDelta::days(90));
    assert_eq!(shown.outcome, Outcome::Shown);
    assert_eq!(loudness(&shown), Loudness::FullScreen);
    let notification = shown.notification.unwrap();
    assert!(notification.labels.iter().any(|label| label.contains("Controlla l'ora")), "{notification:?}");
}

#[test]
fn safety_rule_6_an_end_reaches_everyone_who_got_the_alert_even_outside_its_own_area() {
    let town = Town::live();
    let first = town.alert("a-1", Severity::Extreme);
    let mut phone = Phone::at(&[home()]);
    phone.receive(&by_two(&town, &first));
    let false_alarm = town.follow(&first, "a-2", MsgType::Cancel, Purpose::FalseAlarm);
    let shown = phone.receive(&by_two(&town, &false_alarm));
    let notification = shown.notification.unwrap();
    assert_eq!(notification.loudness, Loudness::Ring);
    assert_eq!(notification.title, "Falso allarme: piena del Secchia");
    assert_eq!(notification.tag, "a-1");

    let mut phone = Phone::at(&[home()]);
    phone.receive(&by_two(&town, &first));
    let end = town.follow(&first, "a-2", MsgType::Cancel, Purpose::Ordinary);
    let notification = phone.receive(&by_two(&town, &end)).notification.unwrap();
    assert_eq!(
        (notification.loudness, notification.title.as_str()),
        (Loudness::Quiet, "Cessata: piena del Secchia")
    );
}

#[test]
fn safety_rule_7_what_is_refused_is_never_shown() {
    let town = Town::live();
    let bytes = signed(&town.alert("a-1", Severity::Extreme), &[&town.officers[0]]);
    let shown = Phone::at(&[home()]).receive(&bytes);
    assert_eq!(shown.outcome, Outcome::Refused(Refusal::TooFewPersons { needed: 2, found: 1 }));
    assert!(shown.notification.is_none() && shown.snapshot.is_none() && shown.verified.is_none());
}

#[test]
fn a_cancel_signed_by_one_leaves_the_red_alert_in_force() {
    let town = Town::live();
    let first = town.alert("a-1", Severity::Extreme);
    let mut phone = Phone::at(&[home()]);
    phone.receive(&by_two(&town, &first));
    let cancel = town.follow(&first, "a-2", MsgType::Cancel, Purpose::Ordinary);
    let shown = phone.receive(&signed(&cancel, &[&town.officers[0]]));
    assert_eq!(shown.outcome, Outcome::Refused(Refusal::TooFewToEnd { needed: 2, found: 1 }));
    assert_eq!(phone.snapshot.towns[0].held().alerts.len(), 1);
}

#[test]
fn safety_rule_10_an_old_or_missing_head_is_not_known() {
    let view =
        |head, later| HeadView::of(head, crate::words::Language::Italian, now() + TimeDelta::minutes(later));
    let never = view(None, 0);
    assert!(!never.is_known);
    assert!(never.empty_list_text.starts_with("Non sappiamo"), "{never:?}");
    let head = Some(HeadState { number: 1, time: now() });
    assert_eq!(view(head, 5).text, "Controllato alle 15:30");
    assert_eq!(view(head, 5).empty_list_text, "Nessuna allerta. Ultimo controllo 15:30");
    let old = view(head, 180);
    assert!(!old.is_known);
    assert_eq!(old.text, "Situazione non nota: ultimo controllo oggi alle 15:30");
    assert!(!old.empty_list_text.contains("Nessuna allerta"));
}

#[test]
fn safety_rule_1_an_empty_list_is_no_all_clear_for_a_place_without_a_known_level() {
    let head = Some(HeadState { number: 1, time: now() });
    let italian = crate::words::Language::Italian;
    let view =
        HeadView::of(head, italian, now()).with_unknown_places(&["Da mia sorella".to_owned()], italian);
    assert!(view.is_known && !view.is_all_clear);
    assert_eq!(
        view.empty_list_text,
        "Nessun avviso del Comune. Il bollettino di oggi non è ancora noto per Da mia sorella. Ultimo controllo 15:30"
    );
}

#[test]
fn safety_rule_1_an_empty_list_is_no_all_clear_without_a_saved_place() {
    let italian = crate::words::Language::Italian;
    let view =
        HeadView::of(Some(HeadState { number: 1, time: now() }), italian, now()).without_places(italian);
    assert!(view.is_known && !view.is_all_clear);
    assert!(view.empty_list_text.starts_with("Nessun luogo salvato"), "{view:?}");
}

#[test]
fn of_two_days_at_the_same_level_the_title_names_the_nearer() {
    let town = Town::live();
    let bulletin =
        town.bulletin("dpc-1", BulletinEdition::First, now(), today(), &[Level::Rossa, Level::Rossa]);
    let notification =
        Phone::at(&[home()]).receive(&signed_bulletin(&bulletin, &town.feed)).notification.unwrap();
    assert_eq!(notification.title, "Allerta rossa oggi a Modena: rischio idraulico");
    assert!(notification.body.contains("Continua domani: allerta rossa"), "{}", notification.body);
}

#[test]
fn the_highest_head_is_kept() {
    let town = Town::live();
    let mut phone = Phone::at(&[home()]);
    phone.receive(&signed_head(&town.head(7, now()), &town.feed));
    let older = phone.receive(&signed_head(&town.head(6, now()), &town.feed));
    assert_eq!(older.outcome, Outcome::Refused(Refusal::OldHead { found: 6, held: 7 }));
    assert_eq!(phone.snapshot.towns[0].head, Some(HeadState { number: 7, time: now() }));
}

#[test]
fn quiet_hours_hold_everything_but_red() {
    let town = Town::live();
    let mut place = home();
    let night = |hour| chrono::NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    place.settings.quiet_hours = Some(QuietHours { from: night(22), to: night(8) });
    let at_three = |severity| {
        let mut notice = town.alert("a-1", severity);
        notice.sent = now() + TimeDelta::hours(12);
        notice.expires = notice.sent + TimeDelta::hours(6);
        loudness(&Phone::at(&[place.clone()]).receive_at(&by_two(&town, &notice), notice.sent))
    };
    assert_eq!(at_three(Severity::Severe), Loudness::Quiet);
    assert_eq!(at_three(Severity::Extreme), Loudness::FullScreen);
}

#[test]
fn a_kind_kept_quiet_is_quiet_until_it_is_red() {
    let town = Town::live();
    let mut place = home();
    place.settings.quiet_kinds = vec!["alluvione".to_owned(), "idraulico".to_owned()];
    let at = |severity| {
        loudness(&Phone::at(&[place.clone()]).receive(&by_two(&town, &town.alert("a-1", severity))))
    };
    assert_eq!((at(Severity::Severe), at(Severity::Extreme)), (Loudness::Quiet, Loudness::FullScreen));
    let bulletin = |level| {
        let bulletin = town.bulletin("dpc-1", BulletinEdition::First, now(), today(), &[level]);
        loudness(&Phone::at(&[place.clone()]).receive(&signed_bulletin(&bulletin, &town.feed)))
    };
    assert_eq!((bulletin(Level::Arancione), bulletin(Level::Rossa)), (Loudness::Quiet, Loudness::Ring));
}

#[test]
fn before_the_first_unlock_an_alert_is_verified_and_shown_without_targeting() {
    let town = Town::live();
    let snapshot = town.snapshot();
    let bytes = by_two(&town, &town.alert("a-1", Severity::Extreme));
    let notification = present(&bytes, &snapshot, None, now()).notification.unwrap();
    assert_eq!(notification.loudness, Loudness::Ring);
    assert_eq!(
        notification.labels,
        ["Il telefono è appena stato riacceso: controlla se riguarda la tua zona"]
    );
    let forged = signed(&town.alert("a-1", Severity::Extreme), &[&town.outsider]);
    assert!(matches!(present(&forged, &snapshot, None, now()).outcome, Outcome::Refused(_)));
}

#[test]
fn before_the_first_unlock_a_red_bulletin_shows_its_fixed_headline() {
    let town = Town::live();
    let mut bulletin = town.bulletin("dpc-1", BulletinEdition::First, now(), today(), &[Level::Rossa]);
    bulletin.headline = crate::words::Words::of(crate::words::Language::Italian).bulletin_headline(&bulletin);
    let shown = present(&signed_bulletin(&bulletin, &town.feed), &town.snapshot(), None, now());
    let notification = shown.notification.unwrap();
    assert_eq!(notification.title, "Allerta rossa oggi per rischio idraulico in parte della zona servita");
    assert_eq!(notification.loudness, Loudness::Ring);
    let late =
        present(&signed_bulletin(&bulletin, &town.feed), &town.snapshot(), None, now() + TimeDelta::days(1));
    assert_eq!(late.notification, None);
}

#[test]
fn an_expired_trust_list_labels_and_never_fills_the_screen() {
    let town = Town::live();
    let mut list = town.list(1);
    list.expires = now() - TimeDelta::hours(1);
    let mut phone = Phone::at(&[home()]);
    phone.snapshot.towns[0].trust_list = town.signed_list(&list).into();
    let notification =
        phone.receive(&by_two(&town, &town.alert("a-1", Severity::Extreme))).notification.unwrap();
    assert_eq!(notification.loudness, Loudness::Ring);
    assert!(notification.labels[0].starts_with("Elenco di chi può firmare scaduto"));
}

#[test]
fn a_red_bulletin_rings_once_and_names_both_days() {
    let town = Town::live();
    let levels = [Level::Rossa, Level::Arancione];
    let bulletin = town.bulletin("dpc-1", BulletinEdition::First, now(), today(), &levels);
    let mut phone = Phone::at(&[home(), elsewhere()]);
    let shown = phone.receive(&signed_bulletin(&bulletin, &town.feed));
    insta::assert_debug_snapshot!(shown.notification.unwrap(), @r#"
    Notification {
        tag: "bollettino/2023-05-16/casa",
        loudness: Ring,
        level: Rossa,
        status: Actual,
        title: "Allerta rossa oggi a Modena: rischio idraulico",
        body: "Stai lontano da fiumi e sottopassi. Se l'acqua sale, vai ai piani alti. Continua domani: allerta arancione per rischio idraulico.\nBollettino nazionale: non è un ordine del Comune.\nModena, per tutta la giornata\nFonte: Dipartimento della Protezione Civile, oggi alle 15:30",
        spoken: "Allerta rossa oggi a Modena: rischio idraulico. Stai lontano da fiumi e sottopassi. Se l'acqua sale, vai ai piani alti. Continua domani: allerta arancione per rischio idraulico. Bollettino nazionale: non è un ordine del Comune. Modena, per tutta la giornata. I tuoi luoghi: Casa. Fonte: Dipartimento della Protezione Civile, oggi alle 15:30.",
        labels: [],
    }
    "#);
    assert_eq!(phone.receive(&signed_bulletin(&bulletin, &town.feed)).outcome, Outcome::Duplicate);
}

#[test]
fn a_bulletin_of_zones_without_a_place_of_mine_is_kept_silently() {
    let town = Town::live();
    let bulletin = town.bulletin("dpc-1", BulletinEdition::First, now(), today(), &[Level::Rossa]);
    let shown = Phone::at(&[elsewhere()]).receive(&signed_bulletin(&bulletin, &town.feed));
    assert_eq!(shown.outcome, Outcome::Kept);
}

#[test]
fn the_snapshot_survives_its_file() {
    let town = Town::live();
    let mut phone = Phone::at(&[home()]);
    phone.receive(&by_two(&town, &town.alert("a-1", Severity::Extreme)));
    phone.receive(&signed_head(&town.head(7, now()), &town.feed));
    assert_eq!(Snapshot::from_bytes(&phone.snapshot.to_bytes()), Ok(phone.snapshot));
}

#[test]
fn places_are_sealed_and_another_key_says_so() {
    let sealed = seal_places(&[7; 32], &[home()]).unwrap();
    assert_eq!(open_places(&[7; 32], &sealed), Ok(vec![home()]));
    assert_eq!(open_places(&[8; 32], &sealed), Err(SealError::WrongKey));
    assert_eq!(open_places(&[7; 32], &[1, 2, 3]), Err(SealError::WrongKey));
    let plain = sealed.windows(4).any(|window| window == b"Casa");
    assert!(!plain);
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let shown = present(&bytes, &Town::live().snapshot(), Some(&[home()]), now());
        prop_assert!(matches!(shown.outcome, Outcome::Refused(_)));
    }

    #[test]
    fn an_arbitrary_snapshot_file_is_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = Snapshot::from_bytes(&bytes);
    }
}
