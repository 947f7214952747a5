//! The levels of the national bulletin by zone, for today and tomorrow.

use std::{collections::BTreeSet, slice::from_ref};

use campanile_core::{
    alerts::{Announced, DayLevel, Label, Level, Place, Risk},
    area::ZoneCode,
    assets,
    calendar::local_date,
    notice::{BulletinEdition, BulletinNotice},
    words::{Language, Words},
};
use chrono::{DateTime, NaiveDate, Utc};

/// One day of one zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCell {
    /// The highest of the three risks; verde is unknown while nobody can vouch for it (safety rule 10).
    pub level: Level,
    /// Which risks, in words, the worst first; empty for verde.
    pub risks: Vec<String>,
    /// "Abbassata da …, da confermare" (safety rule 2).
    pub labels: Vec<String>,
}

/// One zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneLine {
    /// Its code.
    pub code: ZoneCode,
    /// Its name, or its code if today's list does not have it.
    pub name: String,
    /// Today.
    pub today: DayCell,
    /// Tomorrow.
    pub tomorrow: DayCell,
}

/// The zones of the town and the others that its bulletins name, each by code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zones {
    /// Those in which the town lies.
    pub own: Vec<ZoneLine>,
    /// The others.
    pub other: Vec<ZoneLine>,
    /// The highest level of the town's zones today.
    pub own_today: Level,
    /// The region of the town's zones.
    pub region: Option<&'static str>,
    /// "Fonte: …, oggi alle 15:22"; none if no bulletin is held.
    pub source: Option<String>,
    /// "Aggiornamento" or "Rettifica", if the newest edition is one.
    pub edition: Option<String>,
}

impl Zones {
    pub(super) fn of(
        announced: &Announced,
        bulletins: &[BulletinNotice],
        comuni: &[Place],
        is_known: bool,
        language: Language,
        now: DateTime<Utc>,
    ) -> Self {
        let words = Words::of(language);
        let today = local_date(now);
        let tomorrow = today.succ_opt().unwrap_or(today);
        let list = assets::zones_on(today);
        let own: BTreeSet<&ZoneCode> = comuni.iter().flat_map(|place| &place.zones).collect();
        let other: BTreeSet<&ZoneCode> = bulletins
            .iter()
            .flat_map(|bulletin| &bulletin.days)
            .filter(|rows| rows.day == today || rows.day == tomorrow)
            .flat_map(|rows| rows.rows.iter().map(|row| &row.zone))
            .filter(|zone| !own.contains(zone))
            .collect();
        let line = |zone: &&ZoneCode| ZoneLine {
            code: (*zone).clone(),
            name: list.get(zone).map_or_else(|| zone.to_string(), |known| known.name.clone()),
            today: cell(announced, zone, today, is_known, words),
            tomorrow: cell(announced, zone, tomorrow, is_known, words),
        };
        let own_lines: Vec<_> = own.iter().map(line).collect();
        let newest = bulletins.iter().max_by_key(|bulletin| (bulletin.published, bulletin.sent));
        Self {
            own_today: Level::highest(own_lines.iter().map(|line| line.today.level)),
            own: own_lines,
            other: other.iter().map(line).collect(),
            region: own.iter().find_map(|zone| list.get(zone)).map(|zone| zone.region.as_str()),
            source: newest.map(|bulletin| source(bulletin, today, words)),
            edition: newest.and_then(|bulletin| edition(bulletin.edition, words)),
        }
    }
}

fn cell(announced: &Announced, zone: &ZoneCode, day: NaiveDate, is_known: bool, words: &Words) -> DayCell {
    let holds: Vec<(Risk, DayLevel)> =
        Risk::ALL.into_iter().map(|risk| (risk, announced.level_in(from_ref(zone), risk, day))).collect();
    let level = Level::highest(holds.iter().map(|(_, held)| held.level));
    let at = |level: Level| -> Vec<Risk> {
        holds.iter().filter(|(_, held)| held.level == level).map(|(risk, _)| *risk).collect()
    };
    let mut risks = Vec::new();
    let top = at(level);
    if level.is_coloured() || (level == Level::Unknown && top.len() < holds.len()) {
        risks.push(words.risks(&top));
    }
    for lower in [Level::Arancione, Level::Gialla, Level::Unknown] {
        let at_lower = at(lower);
        if level.is_coloured() && lower != level && !at_lower.is_empty() {
            let level = words.level(lower);
            risks.push(words.say("page-lower", &[("level", &level), ("risks", &words.risks(&at_lower))]));
        }
    }
    let fall = holds.iter().filter_map(|(_, held)| held.fall).max_by_key(|fall| fall.from.rank());
    DayCell {
        level: if level == Level::Verde && !is_known { Level::Unknown } else { level },
        risks,
        labels: fall.map(|fall| Label::Lowered { from: fall.from }.say(words)).into_iter().collect(),
    }
}

fn source(bulletin: &BulletinNotice, today: NaiveDate, words: &Words) -> String {
    let day = words.day(local_date(bulletin.published), today);
    let time = Words::time(bulletin.published);
    words.say("source-line", &[("source", &bulletin.source), ("day", &day), ("time", &time)])
}

fn edition(edition: BulletinEdition, words: &Words) -> Option<String> {
    match edition {
        BulletinEdition::Update => Some(words.say("edition-update", &[])),
        BulletinEdition::ErrataCorrige => Some(words.say("edition-errata-corrige", &[])),
        BulletinEdition::First | BulletinEdition::Unknown => None,
    }
}
