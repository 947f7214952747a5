//! What is known of a document.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A date from which a validity may be counted, or that a rule asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// Birth of the holder.
    Birth,
    /// Day of issue.
    Issued,
    /// Day of the request; the day of issue if not known.
    Requested,
    /// Day of the medical visit for a driving licence.
    Visit,
    /// First registration of a vehicle.
    FirstRegistration,
    /// Last inspection of a vehicle.
    LastDone,
    /// Any day of the month in which the paid period of a vehicle tax ends.
    ExpiredMonth,
    /// Day of the declaration for ISEE.
    DsuDate,
    /// The date printed on the document.
    Printed,
}

/// Whether fingerprints could be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fingerprints {
    /// Taken, or not asked of a child under twelve.
    Taken,
    /// Not possible for the time being.
    TemporarilyImpossible,
}

/// Everything that may be known of a document; all civil dates, all optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Birth of the holder.
    pub birth: Option<NaiveDate>,
    /// Day of issue.
    pub issued: Option<NaiveDate>,
    /// Day of the request.
    pub requested: Option<NaiveDate>,
    /// Day of the medical visit.
    pub visit: Option<NaiveDate>,
    /// When the licence before this one ran out.
    pub previous_expiry: Option<NaiveDate>,
    /// The date printed on the document: it always wins.
    pub printed: Option<NaiveDate>,
    /// Fingerprints of an identity card.
    pub fingerprints: Option<Fingerprints>,
    /// First registration of the vehicle.
    pub first_registration: Option<NaiveDate>,
    /// Last inspection of the vehicle.
    pub last_done: Option<NaiveDate>,
    /// Whether the vehicle is inspected each year (taxi, ambulance, above 3.5 t).
    pub annual: bool,
    /// Any day of the month in which the paid period of the vehicle tax ends.
    pub expired_month: Option<NaiveDate>,
    /// Day of the declaration for ISEE.
    pub dsu_date: Option<NaiveDate>,
    /// Stamps on the voter's card.
    pub stamps: Option<u8>,
    /// Whether the town aligns this kind to the birthday.
    pub to_birthday: bool,
}

impl Facts {
    /// The date of `fact`, if it is known.
    pub fn date(&self, fact: Fact) -> Option<NaiveDate> {
        match fact {
            Fact::Birth => self.birth,
            Fact::Issued => self.issued,
            Fact::Requested => self.requested.or(self.issued),
            Fact::Visit => self.visit,
            Fact::FirstRegistration => self.first_registration,
            Fact::LastDone => self.last_done,
            Fact::ExpiredMonth => self.expired_month,
            Fact::DsuDate => self.dsu_date,
            Fact::Printed => self.printed,
        }
    }
}
