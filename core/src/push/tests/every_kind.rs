//! Every kind of notification in both languages, as one page to read.

use std::fmt::Write as _;

use super::*;
use crate::words::Language;

fn line_of(name: &str, shown: &Presentation, page: &mut String) {
    let Some(notification) = &shown.notification else {
        writeln!(page, "## {name}\n(nothing: {:?})\n", shown.outcome).unwrap();
        return;
    };
    let loudness = notification.loudness;
    writeln!(page, "## {name} [{loudness:?}]\n{}\n{}", notification.title, notification.body).unwrap();
    for label in &notification.labels {
        writeln!(page, "({label})").unwrap();
    }
    writeln!(page, "spoken: {}\n", notification.spoken).unwrap();
}

fn page_in(language: Language) -> String {
    let town = Town::live();
    let mut page = String::new();
    let fresh = || {
        let mut phone = Phone::at(&[home()]);
        phone.snapshot.language = language.tag().to_owned();
        phone
    };
    for severity in
        [Severity::Minor, Severity::Moderate, Severity::Severe, Severity::Extreme, Severity::Unknown]
    {
        let shown = fresh().receive(&by_two(&town, &town.alert("a-1", severity)));
        line_of(&format!("alert {severity:?}"), &shown, &mut page);
    }
    for status in [Status::Exercise, Status::Test] {
        let notice = AlertNotice { status, ..town.alert("a-1", Severity::Extreme) };
        line_of(&format!("{status:?}"), &fresh().receive(&by_two(&town, &notice)), &mut page);
    }
    let first = town.alert("a-1", Severity::Extreme);
    for (name, msg_type, purpose) in [
        ("update", MsgType::Update, Purpose::Ordinary),
        ("in verifica", MsgType::Update, Purpose::UnderReview),
        ("cancel", MsgType::Cancel, Purpose::Ordinary),
        ("false alarm", MsgType::Cancel, Purpose::FalseAlarm),
    ] {
        let later = town.follow(&first, "a-2", msg_type, purpose);
        let mut phone = fresh();
        phone.receive(&by_two(&town, &first));
        line_of(name, &phone.receive_at(&by_two(&town, &later), later.sent), &mut page);
        let alone = fresh().receive_at(&by_two(&town, &later), later.sent);
        line_of(&format!("{name}, whose first message never came"), &alone, &mut page);
    }
    let mut away = fresh();
    away.places = vec![elsewhere()];
    line_of("elsewhere", &away.receive(&by_two(&town, &first)), &mut page);
    let silent = AlertNotice {
        texts: first
            .texts
            .iter()
            .cloned()
            .map(|text| crate::notice::Text { instruction: String::new(), ..text })
            .collect(),
        ..first.clone()
    };
    line_of("an alert that does not say what to do", &fresh().receive(&by_two(&town, &silent)), &mut page);
    for levels in
        [[Level::Rossa, Level::Arancione], [Level::Verde, Level::Arancione], [Level::Gialla, Level::Verde]]
    {
        let bulletin = town.bulletin("dpc-1", BulletinEdition::First, now(), today(), &levels);
        let shown = fresh().receive(&signed_bulletin(&bulletin, &town.feed));
        line_of(&format!("bulletin {} then {}", levels[0], levels[1]), &shown, &mut page);
    }
    let green = town.bulletin("dpc-1", BulletinEdition::First, now(), today(), &[Level::Verde, Level::Verde]);
    line_of("bulletin without any colour", &fresh().receive(&signed_bulletin(&green, &town.feed)), &mut page);
    page
}

#[test]
fn every_kind_in_italian() {
    insta::assert_snapshot!(page_in(Language::Italian));
}

#[test]
fn every_kind_in_english() {
    insta::assert_snapshot!(page_in(Language::English));
}
