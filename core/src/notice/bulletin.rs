//! A bulletin of an official feed as it is signed and pushed: a table, no free words.

use chrono::{DateTime, NaiveDate, Utc};
use minicbor::{Decode, Encode, bytes::ByteArray};
use serde::{Deserialize, Serialize};

use super::{
    Environment,
    codec::{day, instant},
};
use crate::{
    alerts::{Level, Risk},
    area::ZoneCode,
};

/// Which edition of the day's bulletin it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum BulletinEdition {
    /// The first of the day.
    #[n(0)]
    First,
    /// An update ("aggiornamento").
    #[n(1)]
    Update,
    /// A correction.
    #[n(2)]
    ErrataCorrige,
    /// The feed did not say.
    #[n(3)]
    Unknown,
}

/// The levels of one zone on one day.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct ZoneRow {
    /// The zone.
    #[n(0)]
    pub zone: ZoneCode,
    /// Level for rivers.
    #[n(1)]
    pub idraulico: Level,
    /// Level for thunderstorms.
    #[n(2)]
    pub temporali: Level,
    /// Level for landslides and small streams.
    #[n(3)]
    pub idrogeologico: Level,
}

impl ZoneRow {
    /// The level for one risk.
    pub fn level(&self, risk: Risk) -> Level {
        match risk {
            Risk::Idraulico => self.idraulico,
            Risk::Temporali => self.temporali,
            Risk::Idrogeologico => self.idrogeologico,
        }
    }

    /// The highest of the three.
    pub fn highest(&self) -> Level {
        Level::highest(Risk::ALL.map(|risk| self.level(risk)))
    }
}

/// The rows of one day. A zone without a row is unknown for that day (safety rule 1).
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct BulletinDayRows {
    /// The civil day, Europe/Rome.
    #[cbor(n(0), with = "day")]
    pub day: NaiveDate,
    /// One row per zone, sorted by zone.
    #[n(1)]
    pub rows: Vec<ZoneRow>,
}

/// A bulletin: the payload of an item of kind [`crate::trust::ItemKind::Bulletin`].
///
/// Carries the zones of the town's region only. The phone makes the words from the table ([`crate::words`]);
/// `headline` is what a push shows where the app cannot run.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct BulletinNotice {
    /// Wire version, [`super::VERSION`].
    #[n(0)]
    pub version: u8,
    /// Id of the town that relays it.
    #[n(1)]
    pub town: String,
    /// Live or demo.
    #[n(2)]
    pub environment: Environment,
    /// Unique in the town, such as `dpc-20230516-1522`.
    #[n(3)]
    pub id: String,
    /// Which edition.
    #[n(4)]
    pub edition: BulletinEdition,
    /// When the source published it.
    #[cbor(n(5), with = "instant")]
    pub published: DateTime<Utc>,
    /// When it was signed.
    #[cbor(n(6), with = "instant")]
    pub sent: DateTime<Utc>,
    /// The days it covers, in order; usually today and tomorrow.
    #[n(7)]
    pub days: Vec<BulletinDayRows>,
    /// Fixed words of the source, such as `Dipartimento della Protezione Civile`.
    #[n(8)]
    pub source: String,
    /// One line of fixed words for push services.
    #[n(9)]
    pub headline: String,
    /// SHA-256 of the source file.
    #[n(10)]
    pub source_sha256: Option<ByteArray<32>>,
}

impl BulletinNotice {
    /// The row of `zone` on `day`.
    pub fn row(&self, zone: &ZoneCode, day: NaiveDate) -> Option<&ZoneRow> {
        self.days.iter().find(|rows| rows.day == day)?.rows.iter().find(|row| row.zone == *zone)
    }

    /// Every zone that has a row, sorted, once.
    pub fn zones(&self) -> Vec<&ZoneCode> {
        let mut zones: Vec<_> = self.days.iter().flat_map(|day| &day.rows).map(|row| &row.zone).collect();
        zones.sort();
        zones.dedup();
        zones
    }
}
