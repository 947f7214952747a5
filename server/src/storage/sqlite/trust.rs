//! Rows of trust lists, revocations and the head.

use bytes::Bytes;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::super::StorageError;

pub(super) fn lists(connection: &Connection) -> Result<Vec<Bytes>, StorageError> {
    blobs(connection, "SELECT cose FROM trust_lists ORDER BY version")
}

pub(super) fn add_list(transaction: &Transaction<'_>, version: u32, cose: &[u8]) -> Result<(), StorageError> {
    transaction
        .prepare_cached("INSERT OR IGNORE INTO trust_lists (version, cose) VALUES (?1, ?2)")?
        .execute(params![version, cose])?;
    Ok(())
}

pub(super) fn revocations(connection: &Connection) -> Result<Vec<Bytes>, StorageError> {
    blobs(connection, "SELECT cose FROM revocations ORDER BY number")
}

pub(super) fn add_revocation(
    transaction: &Transaction<'_>,
    payload_sha256: &[u8; 32],
    cose: &[u8],
) -> Result<(), StorageError> {
    transaction
        .prepare_cached("INSERT OR IGNORE INTO revocations (payload_sha256, cose) VALUES (?1, ?2)")?
        .execute(params![payload_sha256, cose])?;
    Ok(())
}

pub(super) fn head(connection: &Connection) -> Result<Option<(u64, Bytes)>, StorageError> {
    Ok(connection
        .prepare_cached("SELECT number, cose FROM head")?
        .query_row([], |row| Ok((row.get(0)?, Bytes::from(row.get::<_, Vec<u8>>(1)?))))
        .optional()?)
}

pub(super) fn put_head(
    transaction: &Transaction<'_>,
    number: u64,
    cose: &[u8],
) -> Result<bool, StorageError> {
    let changed = transaction
        .prepare_cached(
            "INSERT INTO head (one, number, cose) VALUES (1, ?1, ?2)
             ON CONFLICT (one) DO UPDATE SET number = excluded.number, cose = excluded.cose
             WHERE excluded.number > head.number",
        )?
        .execute(params![number, cose])?;
    Ok(changed > 0)
}

fn blobs(connection: &Connection, sql: &str) -> Result<Vec<Bytes>, StorageError> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| Ok(Bytes::from(row.get::<_, Vec<u8>>(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
