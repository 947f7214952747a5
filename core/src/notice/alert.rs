//! An officer's alert as it is signed and pushed.

use chrono::{DateTime, Utc};
use minicbor::{
    Decode, Encode,
    bytes::{ByteArray, ByteVec},
};
use serde::{Deserialize, Serialize};

use super::{
    Environment,
    codec::{instant, maybe_instant},
};
use crate::{
    alerts::Level,
    area::{self, AreaKey, Point},
};

/// CAP `status`: whether people should act. Source: CAP 1.2 §3.2.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
pub enum Status {
    /// For real.
    #[n(0)]
    Actual,
    /// An exercise; never rings like Actual (safety rule 5).
    #[n(1)]
    Exercise,
    /// A technical test; never rings like Actual (safety rule 5).
    #[n(2)]
    Test,
}

/// CAP `msgType`. Source: CAP 1.2 §3.2.1.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode, Serialize, Deserialize,
)]
#[cbor(index_only)]
pub enum MsgType {
    /// Opens a chain.
    #[n(0)]
    Alert,
    /// Replaces what a chain says.
    #[n(1)]
    Update,
    /// Ends a chain.
    #[n(2)]
    Cancel,
}

/// What an Update or Cancel is for, where CAP has no word of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
pub enum Purpose {
    /// As `msgType` says.
    #[default]
    #[n(0)]
    Ordinary,
    /// A Cancel of what should never have been sent ("falso allarme").
    #[n(1)]
    FalseAlarm,
    /// An Update by one officer that adds "in verifica" and changes nothing.
    #[n(2)]
    UnderReview,
}

/// CAP `severity`. Source: CAP 1.2 §3.2.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
pub enum Severity {
    /// Rossa.
    #[n(0)]
    Extreme,
    /// Arancione.
    #[n(1)]
    Severe,
    /// Gialla.
    #[n(2)]
    Moderate,
    /// Shown as gialla.
    #[n(3)]
    Minor,
    /// Not known; needs two persons like the highest.
    #[n(4)]
    Unknown,
}

impl Severity {
    /// The Italian colour: Minor and Moderate gialla, Severe arancione, Extreme rossa.
    pub fn level(self) -> Level {
        match self {
            Self::Extreme => Level::Rossa,
            Self::Severe => Level::Arancione,
            Self::Moderate | Self::Minor => Level::Gialla,
            Self::Unknown => Level::Unknown,
        }
    }
}

/// CAP `urgency`. Source: CAP 1.2 §3.2.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
pub enum Urgency {
    /// Act at once.
    #[n(0)]
    Immediate,
    /// Act within the hour.
    #[n(1)]
    Expected,
    /// Act in the near future.
    #[n(2)]
    Future,
    /// No longer required.
    #[n(3)]
    Past,
    /// Not known.
    #[n(4)]
    Unknown,
}

/// CAP `certainty`. Source: CAP 1.2 §3.2.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
pub enum Certainty {
    /// Has occurred or is going on.
    #[n(0)]
    Observed,
    /// More than half likely.
    #[n(1)]
    Likely,
    /// Possible.
    #[n(2)]
    Possible,
    /// Not expected.
    #[n(3)]
    Unlikely,
    /// Not known.
    #[n(4)]
    Unknown,
}

/// An earlier item of the chain: its id and the SHA-256 of its signed payload.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(map)]
pub struct Reference {
    /// The id of the item referred to.
    #[n(0)]
    pub id: String,
    /// SHA-256 of its payload bytes.
    #[n(1)]
    pub sha256: ByteArray<32>,
}

/// A circle: centre and radius.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Circle {
    /// Longitude of the centre, 1e-5 degrees WGS84.
    #[n(0)]
    pub lon_e5: i32,
    /// Latitude of the centre, 1e-5 degrees WGS84.
    #[n(1)]
    pub lat_e5: i32,
    /// Radius, metres.
    #[n(2)]
    pub radius_m: u32,
}

impl Circle {
    /// The circle in degrees and kilometres; none when its centre is not on the globe.
    pub fn to_area(self) -> Option<area::Circle> {
        let centre = Point::new(f64::from(self.lon_e5) / 1e5, f64::from(self.lat_e5) / 1e5).ok()?;
        area::Circle::new(centre, f64::from(self.radius_m) / 1e3).ok()
    }
}

/// Where an alert holds: always whole comuni or zones, and within them polygons and circles if any is given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Area {
    /// The comuni and zones concerned; never empty in what is sent (safety rule 8).
    #[n(0)]
    pub keys: Vec<AreaKey>,
    /// Polygons as [`crate::area`]'s compact bytes; empty means the whole of `keys`.
    #[n(1)]
    pub polygons: Vec<ByteVec>,
    /// Circles; empty means none.
    #[n(2)]
    pub circles: Vec<Circle>,
}

/// Every word shown, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Text {
    /// RFC 5646 tag, such as `it` or `en`.
    #[n(0)]
    pub language: String,
    /// CAP `event`: what it is.
    #[n(1)]
    pub event: String,
    /// CAP `headline`: one line; pushed verbatim as the readable alert on iOS.
    #[n(2)]
    pub headline: String,
    /// CAP `description`.
    #[n(3)]
    pub description: String,
    /// CAP `instruction`: what to do.
    #[n(4)]
    pub instruction: String,
    /// CAP `areaDesc`: where, in words.
    #[n(5)]
    pub area_desc: String,
    /// CAP `senderName`: who says it.
    #[n(6)]
    pub sender_name: String,
}

/// An officer's alert: the payload of an item of kind [`crate::trust::ItemKind::Alert`].
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct AlertNotice {
    /// Wire version, [`super::VERSION`].
    #[n(0)]
    pub version: u8,
    /// Id of the town that says it.
    #[n(1)]
    pub town: String,
    /// Live or demo.
    #[n(2)]
    pub environment: Environment,
    /// CAP `identifier`, unique in the town; at most 64 characters of `A-Z a-z 0-9 - _ .`.
    #[n(3)]
    pub id: String,
    /// Whether people should act.
    #[n(4)]
    pub status: Status,
    /// Opens, changes or ends a chain.
    #[n(5)]
    pub msg_type: MsgType,
    /// What an Update or Cancel is for.
    #[n(6)]
    pub purpose: Purpose,
    /// The items that this one changes; empty for an Alert.
    #[n(7)]
    pub references: Vec<Reference>,
    /// When it was released.
    #[cbor(n(8), with = "instant")]
    pub sent: DateTime<Utc>,
    /// When the hazard begins, if not at once.
    #[cbor(n(9), with = "maybe_instant", has_nil)]
    pub onset: Option<DateTime<Utc>>,
    /// When it stops holding by itself; at most seven days after `sent`.
    #[cbor(n(10), with = "instant")]
    pub expires: DateTime<Utc>,
    /// How bad.
    #[n(11)]
    pub severity: Severity,
    /// How soon to act.
    #[n(12)]
    pub urgency: Urgency,
    /// How sure.
    #[n(13)]
    pub certainty: Certainty,
    /// The hazard's key in `assets/advice`, such as `alluvione`; empty when none fits.
    #[n(14)]
    pub hazard: String,
    /// Where.
    #[n(15)]
    pub area: Area,
    /// The words, Italian first; never empty.
    #[n(16)]
    pub texts: Vec<Text>,
    /// SHA-256 of the full CAP message, against which one fetched later is checked.
    #[n(17)]
    pub cap_sha256: Option<ByteArray<32>>,
}

impl AlertNotice {
    /// The words in `language`, or else the first.
    pub fn text(&self, language: &str) -> Option<&Text> {
        let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let wanted = primary(language);
        self.texts.iter().find(|text| primary(&text.language) == wanted).or(self.texts.first())
    }
}
