//! The hourly signed list of what is in force, by which a phone notices that something is withheld.

use chrono::{DateTime, Utc};
use minicbor::{Decode, Encode};

use super::{Environment, codec::instant};

/// One item named by the head.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct HeadEntry {
    /// The item's id.
    #[n(0)]
    pub id: String,
    /// Its place in the server's order, as in the catch-up cursor.
    #[n(1)]
    pub sequence: u64,
}

/// The payload of an item of kind [`crate::trust::ItemKind::Head`].
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Head {
    /// Wire version, [`super::VERSION`].
    #[n(0)]
    pub version: u8,
    /// Id of the town.
    #[n(1)]
    pub town: String,
    /// Live or demo.
    #[n(2)]
    pub environment: Environment,
    /// Only ever grows.
    #[n(3)]
    pub number: u64,
    /// When it was signed.
    #[cbor(n(4), with = "instant")]
    pub time: DateTime<Utc>,
    /// The version of the newest trust list.
    #[n(5)]
    pub trust_list: u32,
    /// Items in force.
    #[n(6)]
    pub in_force: Vec<HeadEntry>,
    /// Items that ended within the last seven days.
    #[n(7)]
    pub ended: Vec<HeadEntry>,
}
