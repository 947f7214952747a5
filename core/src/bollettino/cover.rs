//! From what an edition says to the level of every zone: what is not said, and what cannot be trusted.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, FixedOffset, NaiveDate, Timelike as _};

use super::{BulletinDay, Which, ZoneLevels};
use crate::{
    alerts::Level,
    area::{ZoneCode, ZoneList},
    assets,
};

/// What holds for a zone that an edition does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unnamed {
    /// Prose and CAP name coloured zones only.
    IsGreen,
    /// A table has a row for each zone, and a text that was not understood says nothing.
    IsUnknown,
}

/// One day as it was read.
#[derive(Debug, Clone)]
pub(super) struct DayRead {
    pub(super) which: Which,
    pub(super) day: Option<NaiveDate>,
    pub(super) said: BTreeMap<ZoneCode, ZoneLevels>,
    pub(super) unnamed: Unnamed,
}

/// An edition published before this hour may not have its tomorrow yet.
const TOMORROW_IS_KNOWN_FROM_HOUR: u32 = 12;

/// The zones in force for an edition: of its today, else of the day of its publication
/// (of the day before, if it came out in the night or morning), else the newest list.
pub(super) fn zone_list(
    today: Option<NaiveDate>,
    published: Option<DateTime<FixedOffset>>,
) -> &'static ZoneList {
    let by_publication = || {
        let published = published?.naive_local();
        let is_early = published.hour() < TOMORROW_IS_KNOWN_FROM_HOUR;
        if is_early { published.date().checked_sub_days(Days::new(1)) } else { Some(published.date()) }
    };
    assets::zones_on(today.or_else(by_publication).unwrap_or(NaiveDate::MAX))
}

/// Fills in days that follow from each other: tomorrow is the day after today.
pub(super) fn complete_days(days: &mut [DayRead]) {
    let of = |days: &[DayRead], which| days.iter().find(|day| day.which == which).and_then(|day| day.day);
    let (today, tomorrow) = (of(days, Which::Today), of(days, Which::Tomorrow));
    for day in days.iter_mut().filter(|day| day.day.is_none()) {
        day.day = match day.which {
            Which::Today => tomorrow.and_then(|tomorrow| tomorrow.pred_opt()),
            Which::Tomorrow => today.and_then(|today| today.succ_opt()),
            Which::Unsaid => None,
        };
    }
}

/// The level of every zone of the list, and of zones outside it.
pub(super) fn cover(day: DayRead, published: Option<DateTime<FixedOffset>>, list: &ZoneList) -> BulletinDay {
    let DayRead { which, day, said, unnamed } = day;
    let default = match unnamed {
        Unnamed::IsGreen => Level::Verde,
        Unnamed::IsUnknown => Level::Unknown,
    };
    let mut zones: BTreeMap<ZoneCode, ZoneLevels> =
        list.iter().map(|zone| (zone.code.clone(), ZoneLevels::all(default))).collect();
    for (code, levels) in said {
        let known = zones.contains_key(&code);
        zones.insert(code, if known { levels } else { ZoneLevels::all(Level::Unknown) });
    }
    let is_early = published.is_none_or(|published| published.hour() < TOMORROW_IS_KNOWN_FROM_HOUR);
    let is_colourless = !zones.values().any(|levels| levels.level().is_coloured());
    if which != Which::Today && is_early && is_colourless {
        for levels in zones.values_mut() {
            *levels = ZoneLevels::all(Level::Unknown);
        }
    }
    BulletinDay { which, day, zones }
}
