//! What the phone holds of each town: its trust, its head, how far the catch-up came, the registration.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::{StoreError, items::instant};
use crate::push::HeadState;

/// The public state of a town.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TownRow {
    /// The trust list held, as it came; none before the first.
    pub trust_list: Option<Vec<u8>>,
    /// When it was issued.
    pub trust_issued: Option<DateTime<Utc>>,
    /// The revocations that came since, as they came.
    pub revocations: Vec<Vec<u8>>,
    /// The newest head.
    pub head: Option<HeadState>,
    /// How far the catch-up came.
    pub cursor: u64,
    /// When it last came to the end.
    pub caught_up: Option<DateTime<Utc>>,
}

/// The registration of this phone at a town.
#[derive(Clone, PartialEq, Eq)]
pub struct Registration {
    /// The random id.
    pub device: String,
    /// The secret that proves it.
    pub secret: String,
    /// What was registered, as JSON.
    pub registered: String,
}

/// Makes the town's row if it is missing. A town whose roots changed with the app release starts anew:
/// what it signed under other roots says nothing any more.
pub fn ensure(transaction: &Transaction<'_>, town: &str, anchor_sha256: &[u8; 32]) -> Result<(), StoreError> {
    let held: Option<Vec<u8>> = transaction
        .query_row("SELECT anchor_sha256 FROM towns WHERE id = ?1", [town], |row| row.get(0))
        .optional()?;
    if held.as_deref() == Some(anchor_sha256) {
        return Ok(());
    }
    if held.is_some() {
        transaction.execute("DELETE FROM revocations WHERE town = ?1", [town])?;
        transaction.execute("DELETE FROM items WHERE town = ?1", [town])?;
        transaction.execute("DELETE FROM towns WHERE id = ?1", [town])?;
    }
    transaction
        .execute("INSERT INTO towns (id, anchor_sha256) VALUES (?1, ?2)", params![town, anchor_sha256])?;
    Ok(())
}

/// The public state of a town.
pub fn get(connection: &Connection, town: &str) -> Result<TownRow, StoreError> {
    let mut row = connection.query_row(
        "SELECT trust_list, trust_issued, head_number, head_time, cursor, caught_up FROM towns WHERE id = ?1",
        [town],
        |row| {
            let head = match row.get(2)? {
                Some(number) => Some(HeadState { number, time: instant(row, 3)? }),
                None => None,
            };
            Ok(TownRow {
                trust_list: row.get(0)?,
                trust_issued: super::items::maybe_instant(row, 1)?,
                revocations: Vec::new(),
                head,
                cursor: row.get(4)?,
                caught_up: super::items::maybe_instant(row, 5)?,
            })
        },
    )?;
    let mut statement =
        connection.prepare_cached("SELECT bytes FROM revocations WHERE town = ?1 ORDER BY id")?;
    row.revocations = statement.query_map([town], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(row)
}

/// Keeps a trust list. The revocations stay: a newer list may not know of them.
pub fn set_trust_list(
    transaction: &Transaction<'_>,
    town: &str,
    bytes: &[u8],
    version: u32,
    issued: DateTime<Utc>,
) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE towns SET trust_list = ?2, trust_version = ?3, trust_issued = ?4 WHERE id = ?1",
        params![town, bytes, version, issued.timestamp_millis()],
    )?;
    Ok(())
}

/// Keeps a revocation.
pub fn add_revocation(
    transaction: &Transaction<'_>,
    town: &str,
    bytes: &[u8],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO revocations (town, bytes, received) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        params![town, bytes, now.timestamp_millis()],
    )?;
    Ok(())
}

/// Keeps the newest head.
pub fn set_head(
    transaction: &Transaction<'_>,
    town: &str,
    head: HeadState,
    bytes: &[u8],
) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE towns SET head = ?2, head_number = ?3, head_time = ?4 WHERE id = ?1",
        params![town, bytes, head.number, head.time.timestamp_millis()],
    )?;
    Ok(())
}

/// Whether these bytes are the head of some town.
pub fn is_head_held(connection: &Connection, bytes: &[u8]) -> Result<bool, StoreError> {
    Ok(connection.prepare_cached("SELECT 1 FROM towns WHERE head = ?1")?.exists([bytes])?)
}

/// Notes how far the catch-up came.
pub fn set_cursor(transaction: &Transaction<'_>, town: &str, cursor: u64) -> Result<(), StoreError> {
    transaction.execute("UPDATE towns SET cursor = ?2 WHERE id = ?1", params![town, cursor])?;
    Ok(())
}

/// Notes that the catch-up came to the end.
pub fn set_caught_up(
    transaction: &Transaction<'_>,
    town: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    transaction
        .execute("UPDATE towns SET caught_up = ?2 WHERE id = ?1", params![town, now.timestamp_millis()])?;
    Ok(())
}

/// The registration at a town.
pub fn registration(connection: &Connection, town: &str) -> Result<Option<Registration>, StoreError> {
    let row: (Option<String>, Option<String>, Option<String>) = connection.query_row(
        "SELECT device, device_secret, registered FROM towns WHERE id = ?1",
        [town],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    Ok(match row {
        (Some(device), Some(secret), registered) => {
            Some(Registration { device, secret, registered: registered.unwrap_or_default() })
        }
        _ => None,
    })
}

/// Keeps or forgets the registration at a town.
pub fn set_registration(
    transaction: &Transaction<'_>,
    town: &str,
    registration: Option<&Registration>,
) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE towns SET device = ?2, device_secret = ?3, registered = ?4 WHERE id = ?1",
        params![
            town,
            registration.map(|held| &held.device),
            registration.map(|held| &held.secret),
            registration.map(|held| &held.registered),
        ],
    )?;
    Ok(())
}
