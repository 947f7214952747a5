use campanile_core::{
    alerts::Level,
    assets::Town,
    fixtures::{self, now, today},
    notice::{
        AlertNotice, BulletinEdition, BulletinNotice, Head, HeadEntry, MsgType, Purpose, Severity, Status,
    },
    words::Language,
};
use chrono::{DateTime, TimeDelta, Utc};

use super::*;

/// What a test's server holds.
struct Held {
    town: Town,
    alerts: Vec<AlertNotice>,
    bulletins: Vec<BulletinNotice>,
    head: Option<Head>,
}

impl Held {
    /// Nothing but a fresh head and a bulletin of `levels` from today on.
    fn with_levels(levels: &[Level]) -> Self {
        let made_up = fixtures::Town::live();
        let bulletin = made_up.bulletin("dpc-1", BulletinEdition::First, now(), today(), levels);
        Self {
            town: Town {
                name: "Modena".to_owned(),
                server: "https://allerte.modena.example".parse().unwrap(),
                comuni: vec![fixtures::comune()],
                anchor: made_up.anchor(),
            },
            alerts: Vec::new(),
            bulletins: vec![bulletin],
            head: Some(made_up.head(7, now() - TimeDelta::minutes(20))),
        }
    }

    fn quiet() -> Self {
        Self::with_levels(&[Level::Verde, Level::Verde])
    }

    fn with(mut self, alert: AlertNotice) -> Self {
        self.alerts.push(alert);
        self
    }

    fn posted(&self) -> Posted<'_> {
        Posted {
            town: &self.town,
            alerts: &self.alerts,
            bulletins: &self.bulletins,
            head: self.head.as_ref(),
        }
    }

    fn situation(&self) -> Situation {
        Situation::of(self.posted(), Language::Italian, now())
    }

    fn page(&self, language: Language) -> String {
        self.page_at(language, now())
    }

    fn page_at(&self, language: Language, at: DateTime<Utc>) -> String {
        page(self.posted(), language, at).unwrap()
    }
}

fn flood(severity: Severity) -> AlertNotice {
    fixtures::Town::live().alert("piena-1", severity)
}

fn later(earlier: &AlertNotice, msg_type: MsgType, purpose: Purpose) -> AlertNotice {
    let mut item = fixtures::Town::live().follow(earlier, "piena-2", msg_type, purpose);
    item.texts[0].instruction = "Puoi tornare a casa. Non entrare nelle cantine allagate.".to_owned();
    item
}

/// The page as it stays when only the style sheet changes.
fn without_version(page: &str) -> String {
    page.replace(version(), "VERSION")
}

/// How often `what` stands in the page.
fn count(page: &str, what: &str) -> usize {
    page.matches(what).count()
}

#[test]
fn a_red_alert_is_said_with_word_shape_colour_and_what_to_do() {
    let page = Held::quiet().with(flood(Severity::Extreme)).page(Language::Italian);
    insta::assert_snapshot!("red_alert", without_version(&page));
    assert!(page.contains("Allerta rossa a Modena"));
    assert!(page.contains("Sali ai piani alti"));
}

#[test]
fn the_page_speaks_english_when_asked() {
    let page = Held::with_levels(&[Level::Rossa, Level::Gialla])
        .with(flood(Severity::Extreme))
        .page(Language::English);
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    for expected in [
        "Red alert in Modena",
        "What to do",
        "Go to upper floors",
        "Source: Municipality of Modena, today at 15:30",
        "hreflang=\"it\" lang=\"it\">Italiano</a>",
        "Call 112",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
    assert!(!page.contains("Cosa fare"));
}

#[test]
fn words_that_are_not_in_the_pages_language_say_which_they_are() {
    let mut alert = flood(Severity::Extreme);
    alert.texts.truncate(1);
    let page = Held::quiet().with(alert).page(Language::English);
    assert_eq!(count(&page, "<div class=\"todo\" lang=\"it\">"), 1);
}

#[test]
fn safety_rule_10_an_old_or_missing_head_is_not_known_and_never_no_alerts() {
    let mut held = Held::quiet();
    assert!(held.page(Language::Italian).contains("Nessuna allerta a Modena"));
    held.head = Some(fixtures::Town::live().head(7, now() - TimeDelta::hours(3)));
    let old = [held.page(Language::Italian), held.page(Language::English)];
    held.head = None;
    let missing = [held.page(Language::Italian), held.page(Language::English)];
    for page in old.iter().chain(&missing) {
        assert!(
            page.contains("Situazione non nota a Modena") || page.contains("Situation not known in Modena")
        );
        for never in ["nessuna allerta", "no alert"] {
            assert!(!page.to_lowercase().contains(never), "{never}");
        }
    }
    insta::assert_snapshot!("not_known", without_version(&old[0]));
}

#[test]
fn safety_rule_10_what_is_held_is_still_shown_under_an_old_head() {
    let mut held = Held::with_levels(&[Level::Arancione, Level::Verde]).with(flood(Severity::Extreme));
    held.head = None;
    let page = held.page(Language::Italian);
    assert!(page.contains("Ultime allerte note"));
    assert!(page.contains("Allerta rossa: piena del Secchia"));
    assert!(!page.contains("In vigore"));
}

#[test]
fn safety_rule_10_an_item_in_force_that_is_not_held_makes_the_situation_not_known() {
    let mut held = Held::quiet();
    let head = held.head.as_mut().unwrap();
    head.in_force.push(HeadEntry { id: "dpc-1".to_owned(), sequence: 1 });
    assert!(held.situation().is_known());
    let head = held.head.as_mut().unwrap();
    head.in_force.push(HeadEntry { id: "piena-1".to_owned(), sequence: 2 });
    let page = held.page(Language::Italian);
    assert!(page.contains("Situazione non nota a Modena"));
    assert!(
        page.contains("A questo server manca un&#39;allerta")
            || page.contains("A questo server manca un'allerta")
    );
    assert_eq!(held.with(flood(Severity::Extreme)).situation().standing, Standing::Now(Level::Rossa));
}

#[test]
fn safety_rule_1_a_day_without_a_bulletin_is_not_known_and_never_green() {
    let mut held = Held::quiet();
    held.bulletins.clear();
    assert_eq!(held.situation().standing, Standing::Quiet(Level::Unknown));
    let page = held.page(Language::Italian);
    assert!(page.contains("Livello non ancora noto a Modena"));
    assert!(page.contains("Nessun bollettino degli ultimi giorni"));
    assert!(!page.contains("Nessuna allerta a Modena"));
}

#[test]
fn safety_rule_2_a_fall_within_the_day_is_shown_as_lowered_to_be_confirmed() {
    let mut held = Held::with_levels(&[Level::Rossa, Level::Verde]);
    held.bulletins.push(fixtures::Town::live().bulletin(
        "dpc-2",
        BulletinEdition::Update,
        now() + TimeDelta::hours(2),
        today(),
        &[Level::Verde, Level::Verde],
    ));
    let at = now() + TimeDelta::minutes(90);
    let situation = Situation::of(held.posted(), Language::Italian, at);
    assert_eq!(situation.standing, Standing::Lowered { from: Level::Rossa });
    let page = held.page_at(Language::Italian, at);
    assert!(page.contains("<span>Abbassata da allerta rossa, da confermare</span></h1>"));
    assert!(!page.contains("Nessuna allerta a Modena"));
    assert!(page.contains("<p class=\"label\">Abbassata da allerta rossa, da confermare</p>"));
    assert!(page.contains("Aggiornamento. Fonte: Dipartimento della Protezione Civile"));
}

#[test]
fn safety_rule_5_an_exercise_stands_apart_in_words_frame_and_place_and_changes_no_heading() {
    let mut exercise = flood(Severity::Extreme);
    exercise.status = Status::Exercise;
    let held = Held::quiet().with(exercise);
    assert_eq!(held.situation().standing, Standing::Quiet(Level::Verde));
    let page = held.page(Language::Italian);
    insta::assert_snapshot!("exercise", without_version(&page));
    assert!(page.contains("<h2 id=\"esercitazioni\">Esercitazioni e prove</h2>"));
    assert!(page.contains("ESERCITAZIONE. Allerta rossa: piena del Secchia. ESERCITAZIONE"));
    assert_eq!(count(&page, "card exercise"), 1);
    assert!(!page.contains("Cosa fare"), "nobody is to act on an exercise");
    assert!(!page.contains("id=\"in-vigore\""));
}

#[test]
fn what_ended_is_shown_for_a_day_and_no_longer() {
    let alert = flood(Severity::Extreme);
    let held = Held::quiet().with(alert.clone()).with(later(&alert, MsgType::Cancel, Purpose::Ordinary));
    let page = held.page_at(Language::Italian, now() + TimeDelta::minutes(30));
    insta::assert_snapshot!("over", without_version(&page));
    assert!(page.contains("<h2 id=\"cessate\">Cessate</h2>"));
    assert!(page.contains("Cessata: piena del Secchia"));
    assert!(page.contains("Puoi tornare a casa. Non entrare nelle cantine allagate."));
    assert!(!page.contains("Cosa fare"));
    let a_day_later = held.page_at(Language::Italian, now() + TimeDelta::hours(25));
    assert!(!a_day_later.contains("Cessata"));
}

#[test]
fn a_false_alarm_and_an_expired_alert_say_that_they_are_over() {
    let alert = flood(Severity::Extreme);
    let held = Held::quiet().with(alert.clone()).with(later(&alert, MsgType::Cancel, Purpose::FalseAlarm));
    assert!(held.page(Language::Italian).contains("Falso allarme: piena del Secchia"));
    let held = Held::quiet().with(alert);
    let page = held.page_at(Language::Italian, now() + TimeDelta::hours(7));
    assert!(page.contains("Scaduta oggi alle 21:30"));
    assert!(!page.contains("Sali ai piani alti"), "advice of what no longer holds");
}

#[test]
fn an_alert_that_is_being_checked_keeps_holding() {
    let alert = flood(Severity::Extreme);
    let held = Held::quiet().with(alert.clone()).with(later(&alert, MsgType::Update, Purpose::UnderReview));
    let page = held.page(Language::Italian);
    assert!(page.contains("<li>In verifica</li>"));
    assert_eq!(held.situation().standing, Standing::Now(Level::Rossa));
}

#[test]
fn the_heading_says_the_worst_of_now_and_then_what_is_worse_tomorrow() {
    let standing = |levels: &[Level]| {
        let situation = Held::with_levels(levels).situation();
        (situation.heading("Modena"), situation.worse_tomorrow)
    };
    assert_eq!(
        standing(&[Level::Gialla, Level::Rossa]),
        ("Allerta gialla a Modena".into(), Some(Level::Rossa))
    );
    assert_eq!(standing(&[Level::Rossa, Level::Gialla]), ("Allerta rossa a Modena".into(), None));
    assert_eq!(
        standing(&[Level::Verde, Level::Arancione]),
        ("Allerta arancione domani a Modena".into(), None)
    );
    assert_eq!(standing(&[Level::Verde, Level::Verde]), ("Nessuna allerta a Modena".into(), None));
    assert_eq!(standing(&[Level::Unknown]), ("Livello non ancora noto a Modena".into(), None));
    let notice = Held::quiet().with(flood(Severity::Unknown)).situation();
    assert_eq!(notice.heading("Modena"), "Avviso in vigore a Modena");
}

#[test]
fn zones_are_named_and_the_towns_own_come_first() {
    let mut held = Held::with_levels(&[Level::Rossa, Level::Gialla]);
    let other = campanile_core::notice::ZoneRow {
        zone: "Emil-A1".parse().unwrap(),
        idraulico: Level::Verde,
        temporali: Level::Gialla,
        idrogeologico: Level::Arancione,
    };
    held.bulletins[0].days[0].rows.insert(0, other);
    let zones = held.situation().zones;
    assert_eq!(zones.own.iter().map(|line| line.name.as_str()).collect::<Vec<_>>(), ["Pianura modenese"]);
    assert_eq!(zones.own[0].today.level, Level::Rossa);
    assert_eq!(zones.own[0].today.risks, ["rischio idraulico"]);
    assert_eq!(zones.other.len(), 1);
    let today = &zones.other[0].today;
    assert_eq!(today.level, Level::Arancione);
    assert_eq!(today.risks, ["rischio idrogeologico", "Allerta gialla per rischio temporali"]);
    assert_eq!(zones.other[0].tomorrow.level, Level::Unknown, "no row is unknown");
    assert_eq!(zones.region, Some("Emilia-Romagna"));
}

#[test]
fn the_official_site_is_the_regions_own_or_the_departments() {
    let mut held = Held::quiet();
    assert!(held.page(Language::Italian).contains("https://allertameteo.regione.emilia-romagna.it/"));
    held.town.comuni = vec![fixtures::elsewhere().comune];
    assert!(held.page(Language::Italian).contains("https://www.protezionecivile.gov.it/"));
}

#[test]
fn a_demonstration_says_that_nothing_of_it_is_real() {
    let mut held = Held::quiet();
    assert!(!held.page(Language::Italian).contains("Dimostrazione"));
    held.town.anchor = fixtures::Town::demo().anchor();
    assert!(held.page(Language::Italian).contains("<p class=\"demo\">Dimostrazione:"));
}

#[test]
fn words_of_an_alert_never_become_markup_and_the_page_has_no_script_or_inline_style() {
    let mut alert = flood(Severity::Extreme);
    let text = &mut alert.texts[0];
    for field in [
        &mut text.event,
        &mut text.description,
        &mut text.instruction,
        &mut text.area_desc,
        &mut text.sender_name,
    ] {
        "<script>alert(1)</script>\" onload=\"x".clone_into(field);
    }
    let page = Held::quiet().with(alert).page(Language::Italian);
    for never in ["<script", "\" onload", " style=\"", "javascript:"] {
        assert!(!page.contains(never), "{never}");
    }
}
