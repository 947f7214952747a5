//! Why items were refused: reasons and times, never content.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Transaction, params};

use super::{StoreError, items::instant};

/// How many refusals are kept.
const MOST: u32 = 200;

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusalRow {
    /// When it arrived.
    pub received: DateTime<Utc>,
    /// The stable name of the reason, [`crate::trust::Refusal::code`].
    pub reason: String,
}

/// Notes a refusal; the oldest beyond 200 go.
pub fn note(transaction: &Transaction<'_>, reason: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO refusals (received, reason) VALUES (?1, ?2)",
        params![now.timestamp_millis(), reason],
    )?;
    transaction.execute("DELETE FROM refusals WHERE id <= (SELECT max(id) FROM refusals) - ?1", [MOST])?;
    Ok(())
}

/// The newest refusals, newest first, at most `limit`.
pub fn newest(connection: &Connection, limit: u32) -> Result<Vec<RefusalRow>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT received, reason FROM refusals ORDER BY id DESC LIMIT ?1")?;
    let rows = statement
        .query_map([limit], |row| Ok(RefusalRow { received: instant(row, 0)?, reason: row.get(1)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
