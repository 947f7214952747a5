//! Rows of phones.

use campanile_core::area::IstatCode;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::super::{Registration, StorageError};
use crate::channels::ChannelKind;

pub(super) fn add(
    transaction: &Transaction<'_>,
    id: &str,
    secret_sha256: &[u8; 32],
    registration: &Registration,
) -> Result<(), StorageError> {
    drop_same_endpoint(transaction, id, registration)?;
    transaction
        .prepare_cached(
            "INSERT INTO devices (id, secret_sha256, channel, endpoint, languages, last_day)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            id,
            secret_sha256,
            registration.channel.as_str(),
            registration.endpoint,
            registration.languages.join(" "),
            registration.day.to_string(),
        ])?;
    put_areas(transaction, transaction.last_insert_rowid(), &registration.comuni)
}

pub(super) fn change(
    transaction: &Transaction<'_>,
    id: &str,
    registration: &Registration,
) -> Result<bool, StorageError> {
    drop_same_endpoint(transaction, id, registration)?;
    let number: Option<i64> = transaction
        .prepare_cached(
            "UPDATE devices SET channel = ?2, endpoint = ?3, languages = ?4, last_day = ?5
             WHERE id = ?1 RETURNING number",
        )?
        .query_row(
            params![
                id,
                registration.channel.as_str(),
                registration.endpoint,
                registration.languages.join(" "),
                registration.day.to_string(),
            ],
            |row| row.get(0),
        )
        .optional()?;
    let Some(number) = number else { return Ok(false) };
    transaction.prepare_cached("DELETE FROM device_areas WHERE device = ?1")?.execute([number])?;
    put_areas(transaction, number, &registration.comuni)?;
    // What waited for the old channel can be caught up with; it must not be sent to a token of another service.
    transaction
        .prepare_cached("DELETE FROM retries WHERE device = ?1 AND channel <> ?2")?
        .execute(params![number, registration.channel.as_str()])?;
    Ok(true)
}

pub(super) fn remove(transaction: &Transaction<'_>, id: &str) -> Result<bool, StorageError> {
    Ok(transaction.prepare_cached("DELETE FROM devices WHERE id = ?1")?.execute([id])? > 0)
}

pub(super) fn secret(connection: &Connection, id: &str) -> Result<Option<[u8; 32]>, StorageError> {
    Ok(connection
        .prepare_cached("SELECT secret_sha256 FROM devices WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

pub(super) fn count(connection: &Connection) -> Result<Vec<(ChannelKind, u64)>, StorageError> {
    ChannelKind::ALL
        .into_iter()
        .map(|channel| {
            let rows: u64 = connection
                .prepare_cached("SELECT count(*) FROM devices WHERE channel = ?1")?
                .query_row([channel.as_str()], |row| row.get(0))?;
            Ok((channel, rows))
        })
        .collect()
}

fn drop_same_endpoint(
    transaction: &Transaction<'_>,
    id: &str,
    registration: &Registration,
) -> Result<(), StorageError> {
    if !registration.endpoint.is_empty() {
        transaction
            .prepare_cached("DELETE FROM devices WHERE channel = ?1 AND endpoint = ?2 AND id <> ?3")?
            .execute(params![registration.channel.as_str(), registration.endpoint, id])?;
    }
    Ok(())
}

fn put_areas(transaction: &Transaction<'_>, number: i64, comuni: &[IstatCode]) -> Result<(), StorageError> {
    let mut insert =
        transaction.prepare_cached("INSERT OR IGNORE INTO device_areas (device, comune) VALUES (?1, ?2)")?;
    for comune in comuni {
        insert.execute(params![number, comune.number()])?;
    }
    Ok(())
}
