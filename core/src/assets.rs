//! The dated reference data that the build carries.
//!
//! The files lie in `assets/` of the project, each folder with a SOURCE.md; they are read once, at first use.
//! A test reads every file, so that a build with a broken one never leaves the workshop.
//! Read [`comuni()`] and [`zones_on`] first. Not here: what is done with the data ([`crate::area`]).

mod birthplaces;
mod comuni;
#[cfg(feature = "demo")]
pub mod demo;
mod towns;
mod zones;

use std::{str::FromStr, sync::OnceLock};

use chrono::NaiveDate;

use crate::area::{Comuni, IstatCode, Outlines, Point, ZoneCode, ZoneList};

pub use birthplaces::{Birthplace, birthplace};
pub use towns::Town;

/// Why a reference file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, {place}: {problem}")]
struct AssetError {
    file: &'static str,
    place: String,
    problem: String,
}

/// All comuni of Italy.
#[expect(clippy::missing_panics_doc, reason = "a build whose files cannot be read fails its tests")]
pub fn comuni() -> &'static Comuni {
    static COMUNI: OnceLock<Comuni> = OnceLock::new();
    COMUNI.get_or_init(|| comuni::read().expect("assets/comuni is read whole by a test"))
}

/// The simplified outlines of all comuni.
#[expect(clippy::missing_panics_doc, reason = "a build whose files cannot be read fails its tests")]
pub fn outlines() -> &'static Outlines {
    static OUTLINES: OnceLock<Outlines> = OnceLock::new();
    OUTLINES.get_or_init(|| {
        let file = include_bytes!("../../assets/comuni/outlines.bin");
        Outlines::read(file).expect("assets/comuni/outlines.bin is read whole by a test")
    })
}

/// The comune in which `point` lies, or the nearest within 100 m of its border; `None` at sea and abroad.
///
/// Outlines are simplified by some tens of metres, so on a border the neighbour may be given.
pub fn comune_at(point: Point) -> Option<IstatCode> {
    outlines().comune_at(point)
}

fn zone_days() -> &'static zones::ZoneDays {
    static ZONES: OnceLock<zones::ZoneDays> = OnceLock::new();
    ZONES.get_or_init(|| zones::read().expect("assets/zones is read whole by a test"))
}

/// The towns for which this build is made and which are open, that is, have root keys.
///
/// A demo town is among them only in a build with the feature `demo`.
#[expect(clippy::missing_panics_doc, reason = "a build whose files cannot be read fails its tests")]
pub fn towns() -> &'static [Town] {
    static TOWNS: OnceLock<Vec<Town>> = OnceLock::new();
    TOWNS.get_or_init(|| towns::read().expect("assets/towns is read whole by a test"))
}

/// The alert zones in force on `date` (civil date, Europe/Rome).
///
/// Empty before 30 March 2020, from when on the list is known: an edition of before is shown as unknown.
pub fn zones_on(date: NaiveDate) -> &'static ZoneList {
    zone_days().list_on(date)
}

/// The alert zones in which the comune lies on `date`: several where a watershed divides it, none if it is unknown.
///
/// The code of a comune merged since counts as that of the new one.
pub fn zones_of(comune: IstatCode, date: NaiveDate) -> &'static [ZoneCode] {
    zone_days().zones_of(comune, date)
}

/// The comuni that lie in the zone on `date`, wholly or in part; sorted by code, empty if the zone is not in force.
pub fn comuni_of(zone: &ZoneCode, date: NaiveDate) -> &'static [IstatCode] {
    zone_days().comuni_of(zone, date)
}

/// One row of a reference table, with the place to name when a field is wrong.
struct Row {
    file: &'static str,
    line: u64,
    fields: csv::StringRecord,
}

impl Row {
    fn problem(&self, problem: impl Into<String>) -> AssetError {
        AssetError { file: self.file, place: format!("line {}", self.line), problem: problem.into() }
    }

    fn text(&self, column: usize) -> Result<&str, AssetError> {
        self.fields.get(column).ok_or_else(|| self.problem(format!("column {} is missing", column + 1)))
    }

    fn value<T: FromStr<Err: std::fmt::Display>>(&self, column: usize) -> Result<T, AssetError> {
        let text = self.text(column)?;
        text.parse().map_err(|error| self.problem(format!("'{text}': {error}")))
    }

    /// `None` for an empty field.
    fn optional<T: FromStr<Err: std::fmt::Display>>(&self, column: usize) -> Result<Option<T>, AssetError> {
        if self.text(column)?.is_empty() { Ok(None) } else { self.value(column).map(Some) }
    }
}

/// Reads a table: a header equal to `header`, then one `T` per row.
fn table<T>(
    file: &'static str,
    text: &str,
    header: &[&str],
    mut read: impl FnMut(&Row) -> Result<T, AssetError>,
) -> Result<Vec<T>, AssetError> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for (number, record) in reader.records().enumerate() {
        let line = number as u64 + 1;
        let broken =
            |error: csv::Error| AssetError { file, place: format!("row {line}"), problem: error.to_string() };
        let fields = record.map_err(broken)?;
        let row = Row { file, line: fields.position().map_or(0, csv::Position::line), fields };
        if number > 0 {
            rows.push(read(&row)?);
        } else if row.fields != *header {
            return Err(row.problem(format!("expected the columns {}", header.join(","))));
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests;
