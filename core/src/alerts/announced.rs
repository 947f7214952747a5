//! What the bulletins announced for each zone, risk and day, and what of a new edition is news for a place.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::{Level, Place, Risk};
use crate::{
    area::ZoneCode,
    calendar::local_date,
    notice::{BulletinEdition, BulletinNotice},
};

/// A level that fell within its own day and is not confirmed yet (safety rule 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fall {
    /// What was announced before.
    pub from: Level,
}

/// What holds for a zone and risk on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayLevel {
    /// The level that holds.
    pub level: Level,
    /// Shown as "abbassata, da confermare" while set.
    pub fall: Option<Fall>,
}

impl DayLevel {
    const UNKNOWN: Self = Self { level: Level::Unknown, fall: None };
}

/// One risk of one day that an edition announced higher than any edition before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct News {
    /// The day.
    pub day: NaiveDate,
    /// The risk.
    pub risk: Risk,
    /// Its new level, coloured.
    pub level: Level,
    /// Whether it rings.
    pub rings: bool,
    /// Whether it only continues what was announced for the day before ("continua domani").
    pub continues: bool,
}

/// What an edition means for one place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlaceNews {
    /// Everything that is news, by day and risk.
    pub news: Vec<News>,
}

impl PlaceNews {
    /// Whether the edition rings here. One ring per edition and place, at the highest level.
    pub fn rings(&self) -> bool {
        self.news.iter().any(|news| news.rings)
    }

    /// The highest level among the news, or verde when there is none.
    pub fn level(&self) -> Level {
        self.news.iter().map(|news| news.level).max_by_key(|level| level.rank()).unwrap_or(Level::Verde)
    }
}

type Key = (NaiveDate, Risk);

/// What all bulletins so far announced. Built by applying editions in the order of their publication.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Announced {
    zones: BTreeMap<ZoneCode, BTreeMap<Key, ZoneDay>>,
    newest: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ZoneDay {
    holds: DayLevel,
    /// The highest level that any edition announced.
    highest: Level,
}

impl Announced {
    /// What `bulletins` announced, in whatever order they are given.
    pub fn of<'a>(bulletins: impl IntoIterator<Item = &'a BulletinNotice>) -> Self {
        let mut sorted: Vec<_> = bulletins.into_iter().collect();
        sorted.sort_by(|a, b| (a.published, a.sent, &a.id).cmp(&(b.published, b.sent, &b.id)));
        sorted.dedup_by(|a, b| a.id == b.id);
        let mut announced = Self::default();
        for bulletin in sorted {
            announced.apply(bulletin);
        }
        announced
    }

    /// When the newest edition was published.
    pub fn newest(&self) -> Option<DateTime<Utc>> {
        self.newest
    }

    /// What holds for a place, risk and day: the highest of its zones; unknown when nothing was announced.
    pub fn level(&self, place: &Place, risk: Risk, day: NaiveDate) -> DayLevel {
        self.level_in(&place.zones, risk, day)
    }

    /// What holds for zones, as for a place that lies in them.
    pub fn level_in(&self, zones: &[ZoneCode], risk: Risk, day: NaiveDate) -> DayLevel {
        let mut best: Option<DayLevel> = None;
        let mut unknown = zones.is_empty();
        for zone in zones {
            match self.zone_day(zone, risk, day).map(|found| found.holds) {
                Some(holds) if holds.level != Level::Unknown => {
                    if best.is_none_or(|top| holds.level.rank() > top.level.rank()) {
                        best = Some(holds);
                    }
                }
                _ => unknown = true,
            }
        }
        match best {
            Some(holds) if holds.level.is_coloured() || holds.fall.is_some() || !unknown => holds,
            _ => DayLevel::UNKNOWN,
        }
    }

    /// What `bulletin` is news of for `place`, told apart from what was announced before; `self` is not changed.
    ///
    /// A level is news when it is above everything announced for that risk and day. News rings when it reaches
    /// the person's threshold and is rossa, or above what was announced for the same risk on the day before.
    pub fn news(&self, bulletin: &BulletinNotice, place: &Place) -> PlaceNews {
        let mut after = self.clone();
        after.apply(bulletin);
        let threshold = place.settings.rings_from.rank().unwrap_or(2);
        let mut days: Vec<_> = bulletin.days.iter().map(|rows| rows.day).collect();
        days.sort_unstable();
        days.dedup();
        let mut news = Vec::new();
        for day in days {
            for risk in Risk::ALL {
                let level = after.highest(place, risk, day);
                if !level.is_coloured() || level.rank() <= self.highest(place, risk, day).rank().or(Some(0)) {
                    continue;
                }
                let before = day.pred_opt().map_or(Level::Unknown, |day| after.highest(place, risk, day));
                let continues = level.rank() <= before.rank().or(Some(0));
                let reaches = level.rank() >= Some(threshold);
                let is_quiet_kind = place.settings.quiet_kinds.iter().any(|kind| kind == risk.as_str());
                let rings = level == Level::Rossa || (reaches && !continues && !is_quiet_kind);
                news.push(News { day, risk, level, rings, continues });
            }
        }
        PlaceNews { news }
    }

    /// The highest level that any edition announced for a place, risk and day.
    fn highest(&self, place: &Place, risk: Risk, day: NaiveDate) -> Level {
        let levels = place
            .zones
            .iter()
            .map(|zone| self.zone_day(zone, risk, day).map_or(Level::Unknown, |found| found.highest));
        Level::highest(levels)
    }

    fn zone_day(&self, zone: &ZoneCode, risk: Risk, day: NaiveDate) -> Option<&ZoneDay> {
        self.zones.get(zone)?.get(&(day, risk))
    }

    fn apply(&mut self, bulletin: &BulletinNotice) {
        self.newest = self.newest.max(Some(bulletin.published));
        for rows in &bulletin.days {
            for row in &rows.rows {
                let days = self.zones.entry(row.zone.clone()).or_default();
                for risk in Risk::ALL {
                    let before = days.get(&(rows.day, risk)).copied();
                    let after = next(before, row.level(risk), rows.day, bulletin);
                    days.insert((rows.day, risk), after);
                }
            }
        }
    }
}

/// What holds for a zone, risk and day after an edition said `said` of it. Safety rules 1 and 2.
fn next(before: Option<ZoneDay>, said: Level, day: NaiveDate, bulletin: &BulletinNotice) -> ZoneDay {
    let Some(before) = before else {
        return ZoneDay { holds: DayLevel { level: said, fall: None }, highest: said };
    };
    let highest = Level::highest([before.highest, said]);
    let (Some(held), Some(new)) = (before.holds.level.rank(), said.rank()) else {
        // Unknown clears nothing; anything is better than unknown.
        let holds = if said == Level::Unknown { before.holds } else { DayLevel { level: said, fall: None } };
        return ZoneDay { holds, highest };
    };
    let corrects = matches!(bulletin.edition, BulletinEdition::Update | BulletinEdition::ErrataCorrige);
    let within_the_day = local_date(bulletin.published) >= day;
    let holds = if new > held {
        DayLevel { level: said, fall: None }
    } else if new == held {
        // The next edition says the same: a fall is confirmed.
        DayLevel { level: said, fall: None }
    } else if said == Level::Verde && !corrects {
        // A green that is no update of that day's bulletin does not silence it.
        before.holds
    } else {
        let steep = held == 3 || held - new >= 2;
        let fall = (within_the_day && steep).then_some(Fall { from: before.holds.level });
        DayLevel { level: said, fall }
    };
    ZoneDay { holds, highest }
}

#[cfg(test)]
mod tests;
