//! Small values that mean the same on both sides.

use campanile_core::{alerts, notice};

/// The level of an allerta, a place or a day.
pub type Level = alerts::Level;

/// The level of an allerta. `UNKNOWN` is never shown as green.
#[uniffi::remote(Enum)]
pub enum Level {
    /// No allerta announced.
    Verde,
    /// Ordinary criticality.
    Gialla,
    /// Moderate criticality.
    Arancione,
    /// High criticality.
    Rossa,
    /// Not published yet or not known: draw it as a question mark, never as green.
    Unknown,
}

/// Whether a town, an item or a phone is for real.
pub type Environment = notice::Environment;

/// Whether a town is for real. A live phone refuses demo items by name.
#[uniffi::remote(Enum)]
pub enum Environment {
    /// For real.
    Live,
    /// A demonstration with throw-away keys.
    Demo,
}

/// CAP `status`.
pub type Status = notice::Status;

/// CAP `status`: whether people should act. Source: CAP 1.2 §3.2.1.
#[uniffi::remote(Enum)]
pub enum Status {
    /// For real.
    Actual,
    /// An exercise: draw it hatched, never in the plain colour of its level.
    Exercise,
    /// A technical test: draw it hatched, never in the plain colour of its level.
    Test,
}

/// What an alert row speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum AlertKind {
    /// An officer's alert of a comune.
    Alert,
    /// A day of the national bulletin for one place.
    Bulletin,
}

/// Where an alert stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Phase {
    /// It holds.
    InForce,
    /// Ended by the comune.
    Ended,
    /// Withdrawn as a false alarm.
    FalseAlarm,
    /// Past its own end.
    Expired,
}
