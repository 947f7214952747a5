//! What a screen shows of an alert or of a bulletin's day: one card.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Announced, Chain, Level, Phase, Place, Risk, chain::severity_rank, concerns};
use crate::{
    advice::advice,
    calendar::{day_span, local_date},
    notice::{AlertNotice, BulletinNotice, Status},
    words::{Language, Words},
};

/// What a card speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardKind {
    /// An officer's alert.
    Alert,
    /// A day of the national bulletin.
    Bulletin,
}

/// A remark shown beside a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// An officer says that it is being checked.
    UnderReview,
    /// Fell within the day and is not confirmed (safety rule 2).
    Lowered {
        /// What held before.
        from: Level,
    },
    /// The phone's clock may be wrong (safety rule 6).
    ClockInDoubt,
    /// The trust list is past its day.
    TrustExpired,
    /// Shown without knowing the person's places.
    NotTargeted,
}

impl Label {
    /// The remark in words.
    pub fn say(self, words: &Words) -> String {
        match self {
            Self::UnderReview => words.say("label-under-review", &[]),
            Self::Lowered { from } => {
                words.say("label-lowered-from", &[("level", &words.level(from).to_lowercase())])
            }
            Self::ClockInDoubt => words.say("label-clock-in-doubt", &[]),
            Self::TrustExpired => words.say("label-trust-expired", &[]),
            Self::NotTargeted => words.say("label-not-targeted", &[]),
        }
    }
}

/// One card, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Stable: the chain's id, or `bollettino/<day>/<place id>`. Notifications use it as their tag.
    pub id: String,
    /// What it speaks of.
    pub kind: CardKind,
    /// Its level now.
    pub level: Level,
    /// Actual, Exercise or Test.
    pub status: Status,
    /// Where it stands.
    pub phase: Phase,
    /// The saved places that it concerns, by name; empty when it is elsewhere.
    pub place_names: Vec<String>,
    /// Begins with the level: "Allerta rossa: piena del Secchia".
    pub title: String,
    /// What it is.
    pub description: String,
    /// What to do.
    pub instruction: String,
    /// Where, in words.
    pub area_desc: String,
    /// "fino alle 18:00".
    pub until: String,
    /// Who says it and when.
    pub source: String,
    /// Everything above in the order in which it should be read aloud; begins with the level.
    pub spoken: String,
    /// Remarks.
    pub labels: Vec<Label>,
    /// When it was released.
    pub sent: DateTime<Utc>,
    /// When it stops holding by itself.
    pub expires: DateTime<Utc>,
}

impl Card {
    /// Whether it concerns a saved place.
    pub fn concerns_me(&self) -> bool {
        !self.place_names.is_empty()
    }
}

/// A title and the first words under it, framed so that an exercise or test can be told apart by its words and a false
/// alarm is understood before anything else is read (safety rule 5).
fn framed(words: &Words, status: Status, phase: Phase, title: &str, first: &str) -> (String, String) {
    let first = match phase {
        Phase::FalseAlarm => words.say("false-alarm-body", &[("body", first)]),
        Phase::InForce | Phase::Ended | Phase::Expired => first.to_owned(),
    };
    let (title_id, body_id) = match status {
        Status::Actual => return (title.to_owned(), first.trim().to_owned()),
        Status::Exercise => ("exercise-title", "exercise-body"),
        Status::Test => ("test-title", "test-body"),
    };
    let first = words.say(body_id, &[("body", &first)]);
    (words.say(title_id, &[("title", title)]), first.trim().to_owned())
}

/// The card of an officer's alert for the given places.
pub fn alert_card(chain: &Chain, places: &[Place], language: Language, now: DateTime<Utc>) -> Card {
    let words = Words::of(language);
    let notice: &AlertNotice = &chain.latest;
    let phase = chain.phase(now);
    let level = notice.severity.level();
    let empty = String::new();
    let text = notice.text(language.tag());
    let field = |pick: fn(&crate::notice::Text) -> &String| text.map_or(&empty, pick).as_str();
    let event = field(|text| &text.event);

    let title = match phase {
        Phase::Ended => words.say("ended-title", &[("event", event)]),
        Phase::FalseAlarm => words.say("false-alarm-title", &[("event", event)]),
        Phase::InForce | Phase::Expired if level == Level::Unknown => {
            words.say("alert-title-unknown", &[("event", event)])
        }
        Phase::InForce | Phase::Expired => {
            words.say("alert-title", &[("level", &words.level(level)), ("event", event)])
        }
    };
    let mut description = field(|text| &text.description).to_owned();
    if !chain.opening_received {
        description = words.say("not-received-body", &[("body", &description)]);
    }
    // An alert that does not say what to do, while it holds, takes the general advice.
    let mut instruction = field(|text| &text.instruction).to_owned();
    if instruction.is_empty() && phase == Phase::InForce && notice.status == Status::Actual {
        instruction = advice(&notice.hazard, language).map(|advice| advice.short.clone()).unwrap_or_default();
    }
    let (title, instruction) = framed(words, notice.status, phase, &title, &instruction);

    let place_names: Vec<_> =
        places.iter().filter(|place| concerns(&notice.area, place)).map(|place| place.name.clone()).collect();
    let labels = if chain.under_review { vec![Label::UnderReview] } else { Vec::new() };
    let until = if phase == Phase::InForce { words.until(notice.expires, now) } else { String::new() };
    let source = source_line(words, field(|text| &text.sender_name), notice.sent, now);
    let mut card = Card {
        id: chain.id.clone(),
        kind: CardKind::Alert,
        level,
        status: notice.status,
        phase,
        place_names,
        title,
        description: description.trim().to_owned(),
        instruction,
        area_desc: field(|text| &text.area_desc).to_owned(),
        until,
        source,
        spoken: String::new(),
        labels,
        sent: notice.sent,
        expires: notice.expires,
    };
    card.spoken = spoken(&card, words);
    card
}

/// The cards of the bulletins for one place: today and tomorrow, where coloured or lowered.
pub fn bulletin_cards(
    announced: &Announced,
    newest: &BulletinNotice,
    place: &Place,
    language: Language,
    now: DateTime<Utc>,
) -> Vec<Card> {
    let today = local_date(now);
    let days = [Some(today), today.succ_opt()];
    days.into_iter()
        .flatten()
        .filter_map(|day| bulletin_card(announced, newest, place, day, language, now))
        .collect()
}

/// The id of the card of a place's day.
fn bulletin_card_id(day: NaiveDate, place: &Place) -> String {
    format!("bollettino/{day}/{}", place.id)
}

pub(crate) fn bulletin_card(
    announced: &Announced,
    newest: &BulletinNotice,
    place: &Place,
    day: NaiveDate,
    language: Language,
    now: DateTime<Utc>,
) -> Option<Card> {
    let words = Words::of(language);
    let holds = Risk::ALL.map(|risk| (risk, announced.level(place, risk, day)));
    let level = Level::highest(holds.iter().map(|(_, held)| held.level));
    let fall = holds.iter().filter_map(|(_, held)| held.fall).max_by_key(|fall| fall.from.rank());
    if !level.is_coloured() && fall.is_none() {
        return None;
    }
    let today = local_date(now);
    let at_top: Vec<_> =
        holds.iter().filter(|(_, held)| held.level == level).map(|(risk, _)| *risk).collect();
    let day_word = words.day(day, today);
    let title = words.say(
        "bulletin-title",
        &[
            ("level", &words.level(level)),
            ("day", &day_word),
            ("place", &place.comune_name),
            ("risks", &words.risks(&at_top)),
        ],
    );
    let lower = holds.iter().filter(|(_, held)| held.level != level && held.level.is_coloured());
    let mut description: Vec<_> = lower
        .map(|(risk, held)| {
            let level = words.level(held.level);
            words.say(
                "bulletin-line",
                &[("day", &day_word), ("level", &level), ("risks", &words.risks(&[*risk]))],
            )
        })
        .collect();
    description.push(words.say("bulletin-note", &[]));
    let instruction = at_top
        .iter()
        .filter(|_| level.is_coloured())
        .filter_map(|risk| advice(risk.as_str(), language))
        .map(|advice| advice.short.as_str())
        .collect::<Vec<_>>()
        .join(" ");
    let expires = day_span(day).to;
    let mut card = Card {
        id: bulletin_card_id(day, place),
        kind: CardKind::Bulletin,
        level,
        status: Status::Actual,
        phase: if now < expires { Phase::InForce } else { Phase::Expired },
        place_names: vec![place.name.clone()],
        title,
        description: description.join(" "),
        instruction,
        area_desc: place.comune_name.clone(),
        until: words.say("all-day", &[]),
        source: source_line(words, &newest.source, newest.published, now),
        spoken: String::new(),
        labels: fall.map(|fall| Label::Lowered { from: fall.from }).into_iter().collect(),
        sent: newest.published,
        expires,
    };
    card.spoken = spoken(&card, words);
    Some(card)
}

/// Sorts as a list shows: what concerns me first, then the worst, then the newest.
pub fn sort_cards(cards: &mut [Card]) {
    let group = |card: &Card| {
        let asleep = card.phase != Phase::InForce;
        let exercise = card.status != Status::Actual;
        (asleep, !card.concerns_me(), exercise)
    };
    cards.sort_by(|a, b| {
        group(a)
            .cmp(&group(b))
            .then(level_order(b.level).cmp(&level_order(a.level)))
            .then(a.kind_order().cmp(&b.kind_order()))
            .then(b.sent.cmp(&a.sent))
            .then(a.id.cmp(&b.id))
    });
}

impl Card {
    /// The card with other advice.
    pub(crate) fn with_instruction(mut self, instruction: String, words: &Words) -> Self {
        self.instruction = instruction;
        self.spoken = spoken(&self, words);
        self
    }

    fn kind_order(&self) -> u8 {
        match self.kind {
            CardKind::Alert => 0,
            CardKind::Bulletin => 1,
        }
    }
}

// Unknown stands where an unknown severity stands: above arancione, below rossa.
fn level_order(level: Level) -> u8 {
    use crate::notice::Severity;
    severity_rank(match level {
        Level::Verde => return 0,
        Level::Gialla => Severity::Moderate,
        Level::Arancione => Severity::Severe,
        Level::Rossa => Severity::Extreme,
        Level::Unknown => Severity::Unknown,
    })
}

fn source_line(words: &Words, source: &str, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let day = words.day(local_date(at), local_date(now));
    words.say("source-line", &[("source", source), ("day", &day), ("time", &Words::time(at))])
}

/// "Modena, fino alle 18:00", or what there is of it.
pub(crate) fn place_and_end(card: &Card, words: &Words) -> String {
    match (card.area_desc.is_empty(), card.until.is_empty()) {
        (false, false) => {
            words.say("body-where-until", &[("place", &card.area_desc), ("until", &card.until)])
        }
        _ => format!("{}{}", card.area_desc, card.until),
    }
}

fn spoken(card: &Card, words: &Words) -> String {
    let places = if card.place_names.is_empty() {
        String::new()
    } else {
        words.say("your-places", &[("places", &words.list(&card.place_names))])
    };
    let labels: Vec<_> = card.labels.iter().map(|label| label.say(words)).collect();
    let parts = [
        card.title.as_str(),
        &labels.join(". "),
        &card.instruction,
        &card.description,
        &place_and_end(card, words),
        &places,
        &card.source,
    ];
    let sentences: Vec<_> = parts
        .into_iter()
        .map(|part| part.trim().trim_end_matches('.'))
        .filter(|part| !part.is_empty())
        .collect();
    format!("{}.", sentences.join(". "))
}
