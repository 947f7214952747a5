//! Small settings by name.

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::StoreError;

/// The value of a setting.
pub fn get(connection: &Connection, name: &str) -> Result<Option<String>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT value FROM settings WHERE name = ?1")?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}

/// Keeps a setting.
pub fn set(transaction: &Transaction<'_>, name: &str, value: &str) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2",
        [name, value],
    )?;
    Ok(())
}
