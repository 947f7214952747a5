//! The national criticality bulletin ("bollettino di criticità"): three risks, two days, every alert zone of Italy.
//!
//! Read [`Bulletin`] first, then [`read()`], which takes each form in which it is published:
//! the official zip (DBF by zone code, with its CAP), a CAP message alone, the index JSON (prose),
//! a TopoJSON of one day, or a table of one day as CSV. [`diff()`] says what changed between two editions.
//! What is not published, not understood or not covered is [`Level::Unknown`], never green (safety rule 1).
//! Not here: who is told ([`crate::alerts`]), fetching (the server), which comune lies in which zone ([`crate::assets`]).
//!
//! Source: Dipartimento della Protezione Civile, repository DPC-Bollettini-Criticita-Idrogeologica-Idraulica (CC BY 4.0).

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Serialize;

use crate::{
    alerts::{Level, Risk},
    area::ZoneCode,
};

mod archive;
mod cover;
mod dates;
mod diff;
mod dpc_cap;
mod index;
pub mod inspect;
mod levels;
mod prose;
mod read;
mod tables;
mod topology;

pub use dates::{newest_edition, published_in_name};
pub use diff::{Change, Turn, diff};
pub use levels::{level_of, risks_of};
pub use prose::{NamedZones, zones_of_line};
pub use read::{MOST_BYTES, ReadError, read};

/// An edition of the bulletin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bulletin {
    /// Which edition it says to be.
    pub edition: Edition,
    /// When it was published, from its name: its other times are not to be trusted. Offset of Europe/Rome.
    pub published: Option<DateTime<FixedOffset>>,
    /// The days it speaks of, today first.
    pub days: Vec<BulletinDay>,
    /// Names and codes of zones that are not in the list of that day, as they were written; each once.
    pub unresolved: Vec<String>,
    /// In which form it came.
    pub source: Source,
}

/// Which edition a bulletin is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Edition {
    /// The first of its day.
    First,
    /// An "aggiornamento".
    Update,
    /// A correction.
    ErrataCorrige,
    /// The form does not say.
    Unknown,
}

/// The form in which a bulletin was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The official zip.
    Zip,
    /// A CAP message.
    Cap,
    /// The index JSON with prose.
    Index,
    /// TopoJSON of one day.
    TopoJson,
    /// A table of one day.
    Csv,
}

/// One day of a bulletin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulletinDay {
    /// Whether the bulletin calls it today or tomorrow.
    pub which: Which,
    /// The civil day, from the text or the CAP, never from the file name (safety rule 3). `None` if neither says it.
    pub day: Option<NaiveDate>,
    /// Levels of every zone of the list in force, and of zones outside it, which are unknown.
    pub zones: BTreeMap<ZoneCode, ZoneLevels>,
}

/// Which of its days a bulletin speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// "Oggi".
    Today,
    /// "Domani".
    Tomorrow,
    /// It does not say.
    Unsaid,
}

/// Levels of one zone on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ZoneLevels {
    /// Rivers.
    pub idraulico: Level,
    /// Thunderstorms.
    pub temporali: Level,
    /// Landslides and small streams.
    pub idrogeologico: Level,
}

impl ZoneLevels {
    /// The same level for all three risks.
    pub fn all(level: Level) -> Self {
        Self { idraulico: level, temporali: level, idrogeologico: level }
    }

    /// The highest of the three; unknown if none is coloured and one is unknown.
    pub fn level(&self) -> Level {
        Level::highest([self.idraulico, self.temporali, self.idrogeologico])
    }

    /// The level of one risk.
    pub fn get(&self, risk: Risk) -> Level {
        match risk {
            Risk::Idraulico => self.idraulico,
            Risk::Temporali => self.temporali,
            Risk::Idrogeologico => self.idrogeologico,
        }
    }

    fn get_mut(&mut self, risk: Risk) -> &mut Level {
        match risk {
            Risk::Idraulico => &mut self.idraulico,
            Risk::Temporali => &mut self.temporali,
            Risk::Idrogeologico => &mut self.idrogeologico,
        }
    }

    /// Raises `risk` to `level`, never lowers it; anything said is more than green, also an unknown level.
    pub fn raise(&mut self, risk: Risk, level: Level) {
        let now = self.get_mut(risk);
        *now = if *now == Level::Verde { level } else { Level::highest([*now, level]) };
    }
}

#[cfg(test)]
mod tests;
