//! What must be shown to the person, until the shell confirms that it was; and what the person opened.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Transaction, params};

use super::{StoreError, items::instant};
use crate::push::Notification;

/// Keeps a notification as not shown yet, in place of an earlier one of the same tag.
pub fn keep(
    transaction: &Transaction<'_>,
    notification: &Notification,
    ends: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let json = serde_json::to_string(notification).map_err(StoreError::unreadable)?;
    transaction.execute("DELETE FROM notices WHERE tag = ?1", [&notification.tag])?;
    transaction.execute(
        "INSERT INTO notices (tag, notification, made, ends) VALUES (?1, ?2, ?3, ?4)",
        params![notification.tag, json, now.timestamp_millis(), ends.timestamp_millis()],
    )?;
    Ok(())
}

/// Forgets a notification.
pub fn remove(transaction: &Transaction<'_>, tag: &str) -> Result<(), StoreError> {
    transaction.execute("DELETE FROM notices WHERE tag = ?1", [tag])?;
    Ok(())
}

/// The notifications that were not shown yet, oldest first; those that ended by `after` are left out.
pub fn unshown(connection: &Connection, after: DateTime<Utc>) -> Result<Vec<Notification>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT notification FROM notices WHERE shown IS NULL AND ends > ?1 ORDER BY id")?;
    let rows = statement.query_map([after.timestamp_millis()], |row| row.get::<_, String>(0))?;
    rows.map(|json| serde_json::from_str(&json?).map_err(StoreError::unreadable)).collect()
}

/// Notes that a notification was shown.
pub fn mark_shown(transaction: &Transaction<'_>, tag: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE notices SET shown = ?2 WHERE tag = ?1 AND shown IS NULL",
        params![tag, now.timestamp_millis()],
    )?;
    Ok(())
}

/// Notes that the person opened the row as it was released at `sent`.
pub fn mark_seen(transaction: &Transaction<'_>, row_id: &str, sent: DateTime<Utc>) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO seen (row_id, sent) VALUES (?1, ?2) ON CONFLICT (row_id) DO UPDATE SET sent = ?2",
        params![row_id, sent.timestamp_millis()],
    )?;
    Ok(())
}

/// Which rows were opened, with the release that was opened.
pub fn seen(connection: &Connection) -> Result<BTreeMap<String, DateTime<Utc>>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT row_id, sent FROM seen")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, instant(row, 1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
