//! The HTML of the page.

use std::sync::OnceLock;

use askama::Template;
use campanile_core::{
    alerts::{Card, CardKind, Level, Phase},
    assets::Town,
    calendar::local_date,
    notice::{Environment, Status},
    trust::sha256,
    words::{Language, Words},
};

use super::{Listed, Posted, Situation, ZoneLine, other};

/// The page's one style sheet. System fonts: in an emergency nobody should wait for letters.
pub const STYLE: &str = include_str!("../../templates/allerte/style.css");

/// A bell tower, for the browser's tab.
pub const ICON: &str = include_str!("../../templates/allerte/icon.svg");

/// No script, no frame, nothing from elsewhere; the shapes are inline SVG.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Changes with the style sheet and the icon, so that a browser may keep them for long.
pub fn version() -> &'static str {
    static VERSION: OnceLock<String> = OnceLock::new();
    VERSION.get_or_init(|| hex::encode(sha256([STYLE, ICON].concat().as_bytes())).chars().take(12).collect())
}

/// The page for what is posted, at `now`, in `language`.
///
/// Errors: only if the template cannot be written, which no content causes.
pub fn page(
    posted: Posted<'_>,
    language: Language,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<String, askama::Error> {
    let situation = Situation::of(posted, language, now);
    Page::new(&situation, posted.town).render()
}

#[derive(Template)]
#[template(path = "allerte/page.html")]
struct Page<'a> {
    words: &'static Words,
    situation: &'a Situation,
    town: &'a str,
    other: Language,
    is_demo: bool,
    today: String,
    tomorrow: String,
    sections: Vec<Section<'a>>,
    over: Vec<CardView<'a>>,
    official: Official,
}

/// Cards under one heading.
struct Section<'a> {
    id: &'static str,
    heading: String,
    cards: Vec<CardView<'a>>,
}

struct CardView<'a> {
    card: &'a Card,
    /// The level whose colour and shape it has: of what is over, the green circle.
    level: Level,
    /// `actual`, `exercise` or `over`.
    frame: &'static str,
    labels: Vec<String>,
    words_in: Option<&'a str>,
}

impl CardView<'_> {
    /// Whether what to do is the first thing to read.
    fn is_to_act_on(&self) -> bool {
        self.frame == "actual" && !self.card.instruction.is_empty()
    }

    /// Whether the instruction is read as plain words: that of an exercise begins with "you need do nothing", that of a
    /// false alarm says so, that of an end says what is safe again; that of an expired alert is void.
    fn is_to_read(&self) -> bool {
        self.frame != "actual" && self.card.phase != Phase::Expired && !self.card.instruction.is_empty()
    }
}

impl<'a> Page<'a> {
    fn new(situation: &'a Situation, town: &'a Town) -> Self {
        let words = Words::of(situation.language);
        let today = local_date(situation.now);
        let tomorrow = today.succ_opt().unwrap_or(today);
        let in_force = if situation.is_known() { "page-in-force" } else { "page-last-known" };
        let section = |id, heading, listed: &'a [Listed]| Section {
            id,
            heading: words.say(heading, &[]),
            cards: listed.iter().map(|listed| card_view(listed, situation, words)).collect(),
        };
        let sections = [
            section("in-vigore", in_force, &situation.in_force),
            section("esercitazioni", "page-exercises", &situation.exercises),
        ];
        Self {
            words,
            situation,
            town: &town.name,
            other: other(situation.language),
            is_demo: town.anchor.environment == Environment::Demo,
            today: words.say("page-today", &[("date", &words.date(today))]),
            tomorrow: words.say("page-tomorrow", &[("date", &words.date(tomorrow))]),
            sections: sections.into_iter().filter(|section| !section.cards.is_empty()).collect(),
            over: situation.over.iter().map(|listed| card_view(listed, situation, words)).collect(),
            official: official(situation.zones.region),
        }
    }

    fn say(&self, id: &str) -> String {
        say(self.words, id)
    }

    fn as_of(&self) -> String {
        let date = self.words.date(local_date(self.situation.now));
        self.words.say("page-as-of", &[("time", &Words::time(self.situation.now)), ("date", &date)])
    }

    fn in_town(&self, id: &str) -> String {
        self.words.say(id, &[("town", self.town)])
    }

    /// The lines under the heading.
    fn remarks(&self) -> Vec<String> {
        use super::Standing::{NotKnown, Quiet};
        let mut remarks = Vec::new();
        match self.situation.standing {
            NotKnown => {
                if self.situation.is_incomplete {
                    remarks.push(self.say("page-incomplete"));
                }
                remarks.push(self.say("page-not-known"));
            }
            Quiet(Level::Unknown) => remarks.push(self.say("page-day-not-known")),
            _ => {}
        }
        if let Some(level) = self.situation.worse_tomorrow {
            let level = self.words.level(level).to_lowercase();
            remarks.push(self.words.say("page-then-tomorrow", &[("level", &level)]));
        }
        remarks
    }

    fn has_notices(&self) -> bool {
        self.situation.in_force.iter().any(|listed| listed.card.kind == CardKind::Alert)
    }

    fn tables(&self) -> [(String, &'a [ZoneLine]); 2] {
        let zones = &self.situation.zones;
        [(self.in_town("page-zones-own"), &zones.own), (self.say("page-zones-other-caption"), &zones.other)]
    }

    fn meaning(&self, level: Level) -> String {
        self.say(&format!("page-meaning-{level}"))
    }

    /// The levels to explain. While nobody can vouch for green, the page does not say its words at all.
    fn legend(&self) -> Vec<Level> {
        let all = [Level::Verde, Level::Gialla, Level::Arancione, Level::Rossa, Level::Unknown];
        all.into_iter().filter(|level| *level != Level::Verde || self.situation.is_known()).collect()
    }
}

fn say(words: &Words, id: &str) -> String {
    words.say(id, &[])
}

fn card_view<'a>(listed: &'a Listed, situation: &Situation, words: &Words) -> CardView<'a> {
    let card = &listed.card;
    let holds = card.phase == Phase::InForce;
    let mut labels: Vec<_> = card.labels.iter().map(|label| label.say(words)).collect();
    if card.phase == Phase::Expired {
        let day = words.day(local_date(card.expires), local_date(situation.now));
        let time = Words::time(card.expires);
        labels.push(words.say("page-expired", &[("day", &day), ("time", &time)]));
    }
    CardView {
        card,
        level: if holds { card.level } else { Level::Verde },
        frame: match card.status {
            Status::Exercise | Status::Test => "exercise",
            Status::Actual if holds => "actual",
            Status::Actual => "over",
        },
        labels,
        words_in: listed.words_in.as_deref(),
    }
}

/// The shape that stands for a level: a circle with a tick, a triangle, a diamond, an octagon, a question mark.
///
/// The word always stands beside it, so it is hidden from screen readers.
fn shape(level: Level) -> &'static str {
    match level {
        Level::Verde => concat!(
            r#"<svg class="shape" viewBox="0 0 24 24" aria-hidden="true" focusable="false">"#,
            r#"<circle class="face" cx="12" cy="12" r="10"/><path class="mark" d="m7 12.5 3.5 3.5L17 9"/></svg>"#
        ),
        Level::Gialla => concat!(
            r#"<svg class="shape" viewBox="0 0 24 24" aria-hidden="true" focusable="false">"#,
            r#"<path class="face" d="M12 2 23 21.5H1z"/><path class="mark" d="M12 9v5.5m0 3v.01"/></svg>"#
        ),
        Level::Arancione => concat!(
            r#"<svg class="shape" viewBox="0 0 24 24" aria-hidden="true" focusable="false">"#,
            r#"<path class="face" d="M12 1 23 12 12 23 1 12z"/><path class="mark" d="M12 6.5V13m0 3.5v.01"/></svg>"#
        ),
        Level::Rossa => concat!(
            r#"<svg class="shape" viewBox="0 0 24 24" aria-hidden="true" focusable="false">"#,
            r#"<path class="face" d="M8 1.5h8L22.5 8v8L16 22.5H8L1.5 16V8z"/>"#,
            r#"<path class="mark" d="M12 6v7m0 4v.01"/></svg>"#
        ),
        Level::Unknown => concat!(
            r#"<svg class="shape" viewBox="0 0 24 24" aria-hidden="true" focusable="false">"#,
            r#"<rect class="face" x="2" y="2" width="20" height="20" rx="4"/>"#,
            r#"<path class="mark" d="M9 9.5c0-4.5 6-4.5 6-.5 0 2.5-3 2.5-3 5m0 3.5v.01"/></svg>"#
        ),
    }
}

/// The site on which the authority itself publishes.
struct Official {
    name: &'static str,
    url: &'static str,
}

/// Source: the regions' own pages, seen in November 2026; the department's where we know of none.
fn official(region: Option<&str>) -> Official {
    match region {
        Some("Emilia-Romagna") => Official {
            name: "Allerta Meteo Emilia-Romagna",
            url: "https://allertameteo.regione.emilia-romagna.it/",
        },
        _ => Official {
            name: "Dipartimento della Protezione Civile",
            url: "https://www.protezionecivile.gov.it/",
        },
    }
}
