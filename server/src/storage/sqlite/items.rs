//! Rows of signed items, and the jobs that are written with them.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::{
    super::{CapSlot, NewItem, SequencedItem, StorageError, Stored},
    to_ms,
};
use crate::channels::ChannelKind;

pub(super) fn add(
    transaction: &Transaction<'_>,
    item: &NewItem,
    channels: &[ChannelKind],
) -> Result<Stored, StorageError> {
    if let Some(sequence) = find(transaction, &item.payload_sha256)? {
        return Ok(Stored { sequence, is_new: false });
    }
    let inserted = transaction
        .prepare_cached(
            "INSERT INTO items (id, kind, payload_sha256, cose, sent, expires, cap_sha256)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO NOTHING",
        )?
        .execute(params![
            item.id,
            kind(item.is_alert),
            item.payload_sha256,
            item.cose.as_ref(),
            to_ms(item.sent),
            to_ms(item.expires),
            item.cap_sha256,
        ])?;
    if inserted == 0 {
        return Err(StorageError::IdTaken);
    }
    let number = transaction.last_insert_rowid();
    let mut area =
        transaction.prepare_cached("INSERT OR IGNORE INTO item_areas (item, comune) VALUES (?1, ?2)")?;
    for comune in &item.comuni {
        area.execute(params![number, comune.number()])?;
    }
    let mut inherited = transaction.prepare_cached(
        "INSERT OR IGNORE INTO item_areas (item, comune)
         SELECT ?1, comune FROM item_areas WHERE item = (SELECT sequence FROM items WHERE id = ?2)",
    )?;
    for reference in &item.references {
        inherited.execute(params![number, reference])?;
    }
    let mut job = transaction.prepare_cached(
        "INSERT INTO jobs (item, channel, lane, expires, collapse_key) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for channel in channels {
        job.execute(params![number, channel.as_str(), item.lane, to_ms(item.expires), item.collapse_key])?;
    }
    Ok(Stored { sequence: number.cast_unsigned(), is_new: true })
}

pub(super) fn find(connection: &Connection, payload_sha256: &[u8; 32]) -> Result<Option<u64>, StorageError> {
    Ok(connection
        .prepare_cached("SELECT sequence FROM items WHERE payload_sha256 = ?1")?
        .query_row([payload_sha256], |row| row.get(0))
        .optional()?)
}

pub(super) fn after(
    connection: &Connection,
    sequence: u64,
    limit: u32,
    held_at: DateTime<Utc>,
) -> Result<Vec<SequencedItem>, StorageError> {
    let Ok(sequence) = i64::try_from(sequence) else { return Ok(Vec::new()) };
    let mut statement = connection.prepare_cached(
        "SELECT sequence, cose FROM items WHERE sequence > ?1 AND expires > ?3 ORDER BY sequence LIMIT ?2",
    )?;
    let rows = statement.query_map(params![sequence, limit, to_ms(held_at)], sequenced)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn last_sequence(connection: &Connection) -> Result<u64, StorageError> {
    Ok(connection
        .prepare_cached("SELECT coalesce(max(sequence), 0) FROM items")?
        .query_row([], |row| row.get(0))?)
}

pub(super) fn since(
    connection: &Connection,
    is_alert: bool,
    since: DateTime<Utc>,
) -> Result<Vec<SequencedItem>, StorageError> {
    let mut statement = connection.prepare_cached(
        "SELECT sequence, cose FROM items WHERE kind = ?1 AND sent >= ?2 ORDER BY sequence",
    )?;
    let rows = statement.query_map(params![kind(is_alert), to_ms(since)], sequenced)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn one(connection: &Connection, sequence: u64) -> Result<Option<Bytes>, StorageError> {
    let cose: Option<Vec<u8>> = connection
        .prepare_cached("SELECT cose FROM items WHERE sequence = ?1")?
        .query_row([sequence], |row| row.get(0))
        .optional()?;
    Ok(cose.map(Bytes::from))
}

pub(super) fn cap(connection: &Connection, id: &str) -> Result<Option<CapSlot>, StorageError> {
    Ok(connection
        .prepare_cached("SELECT cap_sha256, cap FROM items WHERE id = ?1")?
        .query_row([id], |row| {
            Ok(CapSlot { sha256: row.get(0)?, cap: row.get::<_, Option<Vec<u8>>>(1)?.map(Bytes::from) })
        })
        .optional()?)
}

pub(super) fn put_cap(transaction: &Transaction<'_>, id: &str, cap: &[u8]) -> Result<(), StorageError> {
    transaction.prepare_cached("UPDATE items SET cap = ?2 WHERE id = ?1")?.execute(params![id, cap])?;
    Ok(())
}

fn kind(is_alert: bool) -> &'static str {
    if is_alert { "alert" } else { "bulletin" }
}

fn sequenced(row: &Row<'_>) -> rusqlite::Result<SequencedItem> {
    Ok(SequencedItem { sequence: row.get(0)?, cose: Bytes::from(row.get::<_, Vec<u8>>(1)?) })
}
