//! What `inspect bulletin` prints: every day, zone and level as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Bulletin, BulletinDay, Edition, ReadError, ZoneLevels, read};
use crate::{alerts::Level, area::ZoneCode};

/// A bulletin shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inspection {
    /// Which edition it says to be.
    pub edition: Edition,
    /// RFC 3339, with the offset of Europe/Rome.
    pub published: Option<String>,
    /// The days, today first.
    pub days: Vec<DayRow>,
    /// Names and codes of zones that are not in the list.
    pub unresolved: Vec<String>,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayRow {
    /// ISO 8601 date.
    pub day: Option<String>,
    /// Zones by code.
    pub zones: BTreeMap<ZoneCode, ZoneRow>,
}

/// One zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ZoneRow {
    /// The highest of the three.
    pub level: Level,
    /// The three risks.
    #[serde(flatten)]
    pub risks: ZoneLevels,
}

/// Reads and shows a bulletin.
///
/// # Errors
/// As [`read()`].
pub fn inspect(file_name: &str, bytes: &[u8]) -> Result<Inspection, ReadError> {
    let Bulletin { edition, published, days, unresolved, source: _ } = read(file_name, bytes)?;
    let published = published.map(|published| published.to_rfc3339());
    Ok(Inspection { edition, published, days: days.into_iter().map(day_row).collect(), unresolved })
}

fn day_row(day: BulletinDay) -> DayRow {
    let row = |(zone, risks): (ZoneCode, ZoneLevels)| (zone, ZoneRow { level: risks.level(), risks });
    DayRow { day: day.day.map(|day| day.to_string()), zones: day.zones.into_iter().map(row).collect() }
}
