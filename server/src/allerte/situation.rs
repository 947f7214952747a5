//! What may be said of the town's alerts now, from what the server holds.

use std::collections::{BTreeMap, BTreeSet};

use campanile_core::{
    alerts::{
        Announced, Card, CardKind, Chain, Label, Level, Phase, Place, PlaceSettings, alert_card,
        bulletin_cards, chains, sort_cards,
    },
    area::{IstatCode, ZoneCode},
    assets::{self, Town},
    calendar::local_date,
    notice::{AlertNotice, BulletinNotice, Head, Status},
    push::{HeadState, HeadView},
    words::{Language, Words},
};
use chrono::{DateTime, TimeDelta, Utc};

use super::Zones;

/// How long what ended stays on the page.
const SHOWN_AFTER_END: TimeDelta = TimeDelta::hours(24);

/// What the server holds of a town: items that it judged when they came.
#[derive(Debug, Clone, Copy)]
pub struct Posted<'a> {
    /// The town.
    pub town: &'a Town,
    /// Officers' alerts, in any order.
    pub alerts: &'a [AlertNotice],
    /// Bulletins of the last days, in any order.
    pub bulletins: &'a [BulletinNotice],
    /// The newest head.
    pub head: Option<&'a Head>,
}

/// The one thing that a reader must take away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The head is old, missing, or names an item that is not held: never "no alerts" (safety rule 10).
    NotKnown,
    /// The worst that holds now.
    Now(Level),
    /// Nothing holds now; the worst that is announced for tomorrow.
    Tomorrow(Level),
    /// Nothing else is announced than a level that fell and is not confirmed (safety rule 2).
    Lowered {
        /// What held before.
        from: Level,
    },
    /// Nothing is in force. Verde, or unknown while today's bulletin is (safety rule 1).
    Quiet(Level),
}

/// A card on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// What the phone shows, too.
    pub card: Card,
    /// RFC 5646 tag of the sender's words, where it is not the page's language.
    pub words_in: Option<String>,
}

/// Everything that the page says, in one language.
#[derive(Debug, Clone)]
pub struct Situation {
    /// When it was looked at.
    pub now: DateTime<Utc>,
    /// The language of its words.
    pub language: Language,
    /// The one thing to take away.
    pub standing: Standing,
    /// The worst level announced for tomorrow, where it is worse than what holds now.
    pub worse_tomorrow: Option<Level>,
    /// When the town's feeds machine last vouched for what is in force.
    pub checked: HeadView,
    /// The head names an item in force that is not held.
    pub is_incomplete: bool,
    /// Actual alerts and the town's bulletin days that hold, the worst first.
    pub in_force: Vec<Listed>,
    /// Exercises and tests that hold.
    pub exercises: Vec<Listed>,
    /// What ended within a day, the newest first.
    pub over: Vec<Listed>,
    /// Levels of today and tomorrow by zone.
    pub zones: Zones,
}

impl Situation {
    /// What may be said at `now`.
    pub fn of(posted: Posted<'_>, language: Language, now: DateTime<Utc>) -> Self {
        let held: BTreeSet<&str> = (posted.alerts.iter().map(|alert| alert.id.as_str()))
            .chain(posted.bulletins.iter().map(|bulletin| bulletin.id.as_str()))
            .collect();
        let head_state = posted.head.map(|head| HeadState { number: head.number, time: head.time });
        let checked = HeadView::of(head_state, language, now);
        let is_incomplete = posted
            .head
            .is_some_and(|head| head.in_force.iter().any(|entry| !held.contains(entry.id.as_str())));
        let is_known = checked.is_known && !is_incomplete;

        let announced = Announced::of(posted.bulletins);
        let comuni = comuni(posted.town, now);
        let groups = grouped(&comuni, Words::of(language));
        let newest = posted.bulletins.iter().max_by_key(|bulletin| (bulletin.published, bulletin.sent));
        let chains = chains(posted.alerts);
        let mut cards: Vec<Card> = newest
            .iter()
            .flat_map(|newest| {
                groups.iter().flat_map(|place| bulletin_cards(&announced, newest, place, language, now))
            })
            // Its title is the green one, which nobody can vouch for now; the table still says what fell.
            .filter(|card| is_known || card.level != Level::Verde)
            .collect();
        cards.extend(
            chains
                .iter()
                .filter(|chain| ended_at(chain, now).is_none_or(|end| now - end < SHOWN_AFTER_END))
                .map(|chain| alert_card(chain, &comuni, language, now)),
        );
        sort_cards(&mut cards);
        let (in_force, over): (Vec<_>, Vec<_>) =
            cards.into_iter().partition(|card| card.phase == Phase::InForce);
        let (in_force, exercises): (Vec<_>, Vec<_>) =
            in_force.into_iter().partition(|card| card.status == Status::Actual);
        let zones = Zones::of(&announced, posted.bulletins, &comuni, is_known, language, now);
        let listed = |cards: Vec<Card>| {
            cards.into_iter().map(|card| listed(card, &chains, language)).collect::<Vec<_>>()
        };
        let mut over = listed(over);
        over.sort_by(|a, b| b.card.sent.cmp(&a.card.sent).then(a.card.id.cmp(&b.card.id)));
        let (standing, worse_tomorrow) = standing(&in_force, is_known, zones.own_today, now);
        Self {
            now,
            language,
            standing,
            worse_tomorrow,
            checked,
            is_incomplete,
            in_force: listed(in_force),
            exercises: listed(exercises),
            over,
            zones,
        }
    }

    /// Whether an empty list means that nothing is in force.
    pub fn is_known(&self) -> bool {
        self.standing != Standing::NotKnown
    }

    /// The heading of the page.
    pub fn heading(&self, town: &str) -> String {
        let words = Words::of(self.language);
        let town = ("town", town);
        match self.standing {
            Standing::NotKnown => words.say("page-h1-not-known", &[town]),
            Standing::Now(Level::Unknown) => words.say("page-h1-notice", &[town]),
            Standing::Lowered { from } => Label::Lowered { from }.say(words),
            Standing::Now(level) | Standing::Quiet(level) => {
                words.say("page-h1", &[("level", &words.level(level)), town])
            }
            Standing::Tomorrow(level) => {
                let today = local_date(self.now);
                let tomorrow = words.day(today.succ_opt().unwrap_or(today), today);
                words.say("page-h1-day", &[("level", &words.level(level)), ("day", &tomorrow), town])
            }
        }
    }

    /// The level whose colour and shape stand beside the heading.
    pub fn level(&self) -> Level {
        match self.standing {
            Standing::NotKnown | Standing::Lowered { .. } => Level::Unknown,
            Standing::Now(level) | Standing::Tomorrow(level) | Standing::Quiet(level) => level,
        }
    }
}

fn standing(
    in_force: &[Card],
    is_known: bool,
    own_today: Level,
    now: DateTime<Utc>,
) -> (Standing, Option<Level>) {
    let today = local_date(now);
    let is_for_today = |card: &&Card| {
        card.kind == CardKind::Alert || local_date(card.expires - TimeDelta::seconds(1)) == today
    };
    // The cards are sorted: the first is the worst.
    let worst = |cards: &mut dyn Iterator<Item = &Card>| {
        cards.map(|card| card.level).find(|level| *level != Level::Verde)
    };
    let worst_now = worst(&mut in_force.iter().filter(is_for_today));
    let worst_tomorrow = worst(&mut in_force.iter().filter(|card| !is_for_today(card)));
    let lowered = in_force.iter().flat_map(|card| &card.labels).find_map(|label| match label {
        Label::Lowered { from } => Some(*from),
        _ => None,
    });
    let standing = match (worst_now, worst_tomorrow, lowered) {
        _ if !is_known => Standing::NotKnown,
        (Some(level), _, _) => Standing::Now(level),
        (None, _, Some(from)) => Standing::Lowered { from },
        (None, Some(level), None) => Standing::Tomorrow(level),
        (None, None, None) => Standing::Quiet(own_today),
    };
    let is_worse = |tomorrow: &Level| match standing {
        Standing::Now(level) => tomorrow.rank() > level.rank().or(Some(3)),
        Standing::Lowered { .. } => true,
        Standing::NotKnown | Standing::Tomorrow(_) | Standing::Quiet(_) => false,
    };
    (standing, worst_tomorrow.filter(is_worse))
}

/// When the chain stopped holding; none while it holds.
fn ended_at(chain: &Chain, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    match chain.phase(now) {
        Phase::InForce => None,
        Phase::Ended | Phase::FalseAlarm => Some(chain.latest.sent),
        Phase::Expired => Some(chain.latest.expires),
    }
}

fn listed(card: Card, chains: &[Chain], language: Language) -> Listed {
    let text = chains
        .iter()
        .find(|chain| {
            card.kind == CardKind::Alert && chain.id == card.id && chain.latest.status == card.status
        })
        .and_then(|chain| chain.latest.text(language.tag()));
    let words_in = text
        .map(|text| text.language.clone())
        .filter(|tag| !tag.split('-').next().unwrap_or_default().eq_ignore_ascii_case(language.tag()));
    Listed { card, words_in }
}

/// A place for each comune of the town: what alerts are matched with.
fn comuni(town: &Town, now: DateTime<Utc>) -> Vec<Place> {
    let today = local_date(now);
    let name =
        |code| assets::comuni().get(code).map_or_else(|| code.to_string(), |comune| comune.name.clone());
    let place = |code: &IstatCode| Place {
        id: code.to_string(),
        name: name(*code),
        comune: *code,
        comune_name: name(*code),
        zones: assets::zones_of(*code, today).to_vec(),
        point: None,
        drawn: None,
        settings: PlaceSettings::default(),
    };
    town.comuni.iter().map(place).collect()
}

/// One place for all comuni in the same alert zones, so that the bulletin's day is said once for them.
fn grouped(comuni: &[Place], words: &Words) -> Vec<Place> {
    let mut by_zones: BTreeMap<&[ZoneCode], Vec<&Place>> = BTreeMap::new();
    for place in comuni {
        by_zones.entry(&place.zones).or_default().push(place);
    }
    let group = |places: Vec<&Place>| {
        let names: Vec<_> = places.iter().map(|place| place.comune_name.clone()).collect();
        let first = places.first().copied().cloned()?;
        Some(Place { name: words.list(&names), comune_name: words.list(&names), ..first })
    };
    by_zones.into_values().filter_map(group).collect()
}
