use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use chrono::TimeDelta;
use tempfile::TempDir;

use super::*;
use crate::{
    alerts::{Level, Phase, PlaceSettings},
    fixtures::{self, signed, signed_head},
    notice::{Environment, MsgType, Purpose, Severity},
    platform::FixedClock,
    push::Outcome,
    trust::Refusal,
};

struct Opened {
    folder: TempDir,
    clock: Arc<FixedClock>,
    town: fixtures::Town,
}

impl Opened {
    fn new() -> Self {
        let clock = Arc::new(FixedClock::new(fixtures::now()));
        Self { folder: TempDir::new().unwrap(), clock, town: fixtures::Town::live() }
    }

    fn config(&self) -> PhoneConfig {
        PhoneConfig {
            folder: self.folder.path().to_owned(),
            towns: vec![Town {
                name: "Modena".to_owned(),
                server: "https://allerte.modena.example".parse().unwrap(),
                comuni: vec![fixtures::comune()],
                anchor: self.town.anchor(),
            }],
            language: "it".to_owned(),
            built_at: fixtures::now() - TimeDelta::days(60),
        }
    }

    fn phone(&self) -> Phone {
        Phone::open(self.config(), Key::new([1; 32]), Arc::clone(&self.clock) as Arc<dyn Clock>).unwrap().0
    }

    /// With a place and the first trust list.
    fn ready(&self) -> Phone {
        let phone = self.phone();
        phone.save_place(home()).unwrap();
        phone.receive(&self.town.signed_list(&self.town.list(1)), None).unwrap();
        phone
    }

    fn red(&self) -> Vec<u8> {
        let notice = self.town.alert("red", Severity::Extreme);
        signed(&notice, &[&self.town.officers[0], &self.town.officers[1]])
    }
}

fn home() -> PlaceDraft {
    PlaceDraft {
        id: None,
        name: "Casa".to_owned(),
        comune: fixtures::comune(),
        point: None,
        drawn: None,
        settings: PlaceSettings::default(),
    }
}

fn refusal(received: &Received) -> &str {
    match &received.outcome {
        Outcome::Refused(refusal) => refusal.code(),
        _ => "accepted",
    }
}

#[test]
fn what_was_received_is_there_after_a_restart() {
    let opened = Opened::new();
    let phone = opened.ready();
    phone.receive(&opened.red(), Some(7)).unwrap();
    let before = phone.list().unwrap();
    let snapshot = phone.snapshot().unwrap();
    drop(phone);
    let phone = opened.phone();
    assert_eq!(phone.list().unwrap(), before);
    assert_eq!(phone.snapshot().unwrap(), snapshot);
    assert_eq!(phone.unshown().unwrap().len(), 1);
    assert_eq!(phone.receive(&opened.red(), Some(7)).unwrap().outcome, Outcome::Duplicate);
}

#[test]
fn an_item_that_left_the_snapshot_long_ago_is_not_said_twice() {
    let opened = Opened::new();
    let phone = opened.ready();
    phone.receive(&opened.red(), None).unwrap();
    phone.mark_shown("red").unwrap();
    opened.clock.set(fixtures::now() + TimeDelta::days(10));
    // Taking in anything lets go of what ended days ago.
    let head = signed_head(&opened.town.head(1, fixtures::now() + TimeDelta::days(10)), &opened.town.feed);
    assert!(phone.receive(&head, None).unwrap().is_new());
    drop(phone);
    let phone = opened.phone();
    assert!(phone.snapshot().unwrap().towns[0].items.is_empty());
    assert_eq!(phone.receive(&opened.red(), None).unwrap().outcome, Outcome::Duplicate);
    assert!(phone.unshown().unwrap().is_empty());
}

#[test]
fn a_notification_waits_until_it_is_confirmed_and_the_end_of_its_alert_replaces_it() {
    let opened = Opened::new();
    let phone = opened.ready();
    phone.receive(&opened.red(), None).unwrap();
    let alert = opened.town.alert("red", Severity::Extreme);
    let cancel = opened.town.follow(&alert, "end", MsgType::Cancel, Purpose::FalseAlarm);
    phone.receive(&signed(&cancel, &[&opened.town.officers[0], &opened.town.officers[1]]), None).unwrap();
    let unshown = phone.unshown().unwrap();
    assert_eq!(unshown.iter().map(|one| one.tag.as_str()).collect::<Vec<_>>(), ["red"]);
    assert!(unshown[0].title.starts_with("Falso allarme"), "{}", unshown[0].title);
    assert_eq!(phone.list().unwrap().cards[0].card.phase, Phase::FalseAlarm);
}

#[test]
fn safety_rule_6_what_ended_before_it_was_shown_is_listed_and_does_not_ring_later() {
    let opened = Opened::new();
    let phone = opened.ready();
    phone.receive(&opened.red(), None).unwrap();
    opened.clock.set(fixtures::now() + TimeDelta::hours(7));
    assert!(phone.unshown().unwrap().is_empty());
    assert_eq!(phone.list().unwrap().cards[0].card.phase, Phase::Expired);
}

#[test]
fn safety_rule_7_a_refusal_is_noted_by_its_reason_alone() {
    let opened = Opened::new();
    let phone = opened.ready();
    let forged = signed(&opened.town.alert("x", Severity::Minor), &[&opened.town.outsider]);
    assert_eq!(refusal(&phone.receive(&forged, None).unwrap()), "unknown_key");
    assert_eq!(phone.refused(10).unwrap()[0].reason, "unknown_key");
    assert!(phone.list().unwrap().cards.is_empty());
}

#[test]
fn a_revocation_outlives_the_officers_who_signed_it_and_a_restart() {
    let opened = Opened::new();
    let phone = opened.ready();
    let [first, second, third] = &opened.town.officers[..] else { panic!("three officers") };
    assert!(phone.receive(&opened.town.revocation(first, &[second, third]), None).unwrap().is_new());
    // The next list still names the revoked key, and not the two who removed it.
    let mut list = opened.town.list(2);
    list.holders.retain(|holder| holder.id != "ufficiale-2" && holder.id != "ufficiale-3");
    assert!(phone.receive(&opened.town.signed_list(&list), None).unwrap().is_new());
    drop(phone);
    let phone = opened.phone();
    let minor = signed(&opened.town.alert("x", Severity::Minor), &[first]);
    assert_eq!(refusal(&phone.receive(&minor, None).unwrap()), "revoked_key");
    let spare = signed(&opened.town.alert("y", Severity::Minor), &[&opened.town.spare]);
    assert!(phone.receive(&spare, None).unwrap().is_new());
}

#[test]
fn a_head_of_the_same_number_and_other_bytes_is_refused() {
    let opened = Opened::new();
    let phone = opened.ready();
    let head = signed_head(&opened.town.head(5, fixtures::now()), &opened.town.feed);
    let twin = signed_head(&opened.town.head(5, fixtures::now() + TimeDelta::hours(1)), &opened.town.feed);
    assert!(phone.receive(&head, None).unwrap().is_new());
    assert_eq!(phone.receive(&head, None).unwrap().outcome, Outcome::Duplicate);
    let received = phone.receive(&twin, None).unwrap();
    assert_eq!(received.outcome, Outcome::Refused(Refusal::OldHead { found: 5, held: 5 }));
}

#[test]
fn every_change_is_told_after_the_locks_are_free() {
    let opened = Opened::new();
    let phone = Arc::new(opened.ready());
    let calls = Arc::new(AtomicUsize::new(0));
    let (weak, counted) = (Arc::downgrade(&phone), Arc::clone(&calls));
    phone.on_change(Arc::new(move || {
        // Would never return if a lock were held.
        weak.upgrade().unwrap().list().unwrap();
        counted.fetch_add(1, Ordering::SeqCst);
    }));
    phone.receive(&opened.red(), None).unwrap();
    phone.receive(&opened.red(), None).unwrap();
    phone.mark_seen("red").unwrap();
    phone.set_language("en").unwrap();
    assert_eq!(calls.load(Ordering::SeqCst), 3);
    assert_eq!(phone.list().unwrap().cards[0].card.title, "Red alert: Secchia river in flood");
}

#[test]
fn no_more_than_twenty_places_are_saved() {
    let opened = Opened::new();
    let phone = opened.phone();
    for _ in 0..MOST_PLACES {
        phone.save_place(home()).unwrap();
    }
    assert!(matches!(phone.save_place(home()), Err(PhoneError::Invalid { field: "places", .. })));
    let id = phone.places().unwrap()[3].place.id.clone();
    let renamed = phone.save_place(PlaceDraft { id: Some(id), name: "Lavoro".to_owned(), ..home() }).unwrap();
    assert_eq!(phone.places().unwrap()[3], renamed);
}

#[test]
fn safety_rule_1_a_place_without_a_bulletin_is_unknown() {
    let opened = Opened::new();
    let phone = opened.ready();
    let days = phone.places().unwrap().remove(0).days;
    assert_eq!(days.iter().map(|day| day.level).collect::<Vec<_>>(), [Level::Unknown; 2]);
}

#[test]
fn a_town_named_twice_and_a_release_without_towns_are_refused() {
    let opened = Opened::new();
    let mut twice = opened.config();
    twice.towns.push(twice.towns[0].clone());
    let none = PhoneConfig { towns: Vec::new(), ..opened.config() };
    for config in [twice, none] {
        let clock = Arc::clone(&opened.clock) as Arc<dyn Clock>;
        let result = Phone::open(config, Key::new([1; 32]), clock);
        assert!(matches!(result.err(), Some(PhoneError::Invalid { field: "towns", .. })));
    }
}

#[test]
fn safety_rule_10_a_live_phone_refuses_a_demo_trust_list_by_name() {
    let opened = Opened::new();
    let phone = opened.phone();
    let demo = fixtures::Town::demo();
    assert_eq!(demo.environment, Environment::Demo);
    assert_eq!(refusal(&phone.receive(&demo.signed_list(&demo.list(1)), None).unwrap()), "demo_item");
}

#[test]
fn a_store_damaged_while_open_is_rebuilt_and_the_phone_goes_on() {
    let opened = Opened::new();
    let phone = opened.ready();
    phone.receive(&opened.red(), None).unwrap();
    phone.pause();
    std::fs::write(opened.folder.path().join("campanile.db"), [0; 8192]).unwrap();
    assert_eq!(phone.resume(Key::new([1; 32])).unwrap(), Opening::Rebuilt);
    assert!(phone.list().unwrap().cards.is_empty());
    phone.receive(&opened.town.signed_list(&opened.town.list(1)), None).unwrap();
    assert!(phone.receive(&opened.red(), None).unwrap().is_new());
}

#[test]
fn where_the_phone_is_counts_only_while_the_person_allows_it_and_is_never_kept() {
    let opened = Opened::new();
    let phone = opened.ready();
    let modena = crate::area::Point::new(10.925, 44.646).unwrap();
    phone.set_position_source(Arc::new(move || Some(modena)));
    let id = phone.places().unwrap()[0].place.id.clone();
    phone.remove_place(&id).unwrap();
    assert!(!phone.follows_position());
    phone.receive(&opened.red(), None).unwrap();
    assert!(!phone.list().unwrap().cards[0].card.concerns_me());
    phone.set_follows_position(true).unwrap();
    let card = phone.list().unwrap().cards.remove(0).card;
    assert_eq!(card.place_names, ["Dove ti trovi"]);
    assert!(phone.places().unwrap().is_empty(), "it is no saved place");
    drop(phone);
    let phone = opened.phone();
    assert!(phone.follows_position());
    assert!(!phone.list().unwrap().cards[0].card.concerns_me(), "nothing tells the position yet");
    phone.set_follows_position(false).unwrap();
    phone.set_position_source(Arc::new(move || Some(modena)));
    assert!(!phone.list().unwrap().cards[0].card.concerns_me());
}

#[test]
fn a_drawn_area_and_kinds_kept_quiet_are_saved_and_refused_by_name() {
    let opened = Opened::new();
    let phone = opened.phone();
    let corner = |lon, lat| crate::area::Point::new(lon, lat).unwrap();
    let ring = vec![corner(10.92, 44.64), corner(10.93, 44.64), corner(10.93, 44.65)];
    let drawn = crate::area::Polygon::new(vec![ring]).unwrap();
    let settings = PlaceSettings { quiet_kinds: vec!["temporali".to_owned()], ..PlaceSettings::default() };
    let draft = PlaceDraft { drawn: Some(drawn.clone()), settings: settings.clone(), ..home() };
    let saved = phone.save_place(draft).unwrap();
    assert_eq!((saved.place.drawn, saved.place.settings), (Some(drawn), settings));
    let odd = PlaceSettings { quiet_kinds: vec!["drago".to_owned()], ..PlaceSettings::default() };
    let refused = phone.save_place(PlaceDraft { settings: odd, ..home() }).unwrap_err().to_string();
    assert!(refused.contains("drago") && refused.contains("temporali"), "{refused}");
}
