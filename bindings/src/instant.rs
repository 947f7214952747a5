//! Instants at the edge.

use chrono::{DateTime, Utc};

/// An instant, as milliseconds since 1970-01-01T00:00:00Z on the wire of the edge;
/// `java.time.Instant` in Kotlin, `Date` in Swift, an aware `datetime` in Python.
pub type UtcInstant = DateTime<Utc>;

uniffi::custom_type!(UtcInstant, i64, {
    remote,
    lower: |instant| instant.timestamp_millis(),
    try_lift: |millis| DateTime::from_timestamp_millis(millis)
        .ok_or_else(|| uniffi::deps::anyhow::anyhow!("an instant out of range")),
});
