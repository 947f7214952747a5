//! Verified items of the public plane, as they came.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params, types::Type};

use super::StoreError;
use crate::{
    calendar::day_span,
    notice::{AlertNotice, BulletinNotice, Status},
};

/// What a row holds beside its bytes, read from a verified item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemKey {
    kind: &'static str,
    /// The item's own id.
    pub item_id: String,
    status: &'static str,
    sent: DateTime<Utc>,
    /// When it stops holding by itself.
    pub ends: DateTime<Utc>,
}

impl From<&AlertNotice> for ItemKey {
    fn from(notice: &AlertNotice) -> Self {
        let status = match notice.status {
            Status::Actual => "actual",
            Status::Exercise => "exercise",
            Status::Test => "test",
        };
        Self { kind: "alert", item_id: notice.id.clone(), status, sent: notice.sent, ends: notice.expires }
    }
}

impl From<&BulletinNotice> for ItemKey {
    fn from(bulletin: &BulletinNotice) -> Self {
        let ends = bulletin.days.iter().map(|day| day_span(day.day).to).max();
        Self {
            kind: "bulletin",
            item_id: bulletin.id.clone(),
            status: "actual",
            sent: bulletin.sent,
            ends: ends.unwrap_or(bulletin.sent),
        }
    }
}

/// Keeps a verified item and says whether it was new. `sequence` is its place in the server's order, if known.
pub fn keep(
    transaction: &Transaction<'_>,
    town: &str,
    key: &ItemKey,
    bytes: &[u8],
    sequence: Option<u64>,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let inserted = transaction
        .prepare_cached(
            "INSERT INTO items (town, kind, item_id, status, bytes, sequence, sent, ends, received)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (town, kind, status, item_id) DO NOTHING",
        )?
        .execute(params![
            town,
            key.kind,
            key.item_id,
            key.status,
            bytes,
            sequence,
            key.sent.timestamp_millis(),
            key.ends.timestamp_millis(),
            now.timestamp_millis(),
        ])?;
    if inserted == 0 && sequence.is_some() {
        transaction.execute(
            "UPDATE items SET sequence = ?5
             WHERE town = ?1 AND kind = ?2 AND status = ?3 AND item_id = ?4 AND sequence IS NULL",
            params![town, key.kind, key.status, key.item_id, sequence],
        )?;
    }
    Ok(inserted > 0)
}

/// The items of a town that end after `cut_off`, as they came, oldest first.
pub fn ending_after(
    connection: &Connection,
    town: &str,
    cut_off: DateTime<Utc>,
) -> Result<Vec<Vec<u8>>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT bytes FROM items WHERE town = ?1 AND ends > ?2 ORDER BY id")?;
    let rows = statement.query_map(params![town, cut_off.timestamp_millis()], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many items are held.
pub fn count(connection: &Connection) -> Result<u64, StoreError> {
    Ok(connection.query_row("SELECT count(*) FROM items", [], |row| row.get(0))?)
}

/// Whether a town's item of this id is held.
pub fn is_held(connection: &Connection, town: &str, item_id: &str) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM items WHERE town = ?1 AND item_id = ?2")?;
    Ok(statement.exists([town, item_id])?)
}

/// The newest signed time held, against which the clock is checked.
pub fn newest_signed(connection: &Connection) -> Result<Option<DateTime<Utc>>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT max(at) FROM (SELECT max(sent) AS at FROM items UNION ALL
         SELECT max(head_time) FROM towns UNION ALL SELECT max(trust_issued) FROM towns)",
    )?;
    let newest = statement.query_row([], |row| maybe_instant(row, 0)).optional()?;
    Ok(newest.flatten())
}

/// Reads a column of milliseconds.
pub(crate) fn instant(row: &Row<'_>, column: usize) -> rusqlite::Result<DateTime<Utc>> {
    DateTime::from_timestamp_millis(row.get(column)?)
        .ok_or_else(|| rusqlite::Error::InvalidColumnType(column, "instant".to_owned(), Type::Integer))
}

/// Reads a column of milliseconds that may be null.
pub(crate) fn maybe_instant(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<DateTime<Utc>>> {
    let millis: Option<i64> = row.get(column)?;
    Ok(millis.and_then(DateTime::from_timestamp_millis))
}
