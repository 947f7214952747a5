//! A damaged file: set aside, and a new one made with every row that can still be read.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, params_from_iter, types::Value};

use crate::sqlite;

use super::{Key, StoreError, file};

/// The tables worth reading row by row, those that others refer to first.
const TABLES: [&str; 8] =
    ["places", "settings", "towns", "revocations", "items", "notices", "seen", "refusals"];

/// Sets the file aside and makes a new one. What was set aside stays in the folder under `campanile.damaged-N.db`.
pub(super) fn rebuild(folder: &Path, key: &Key) -> Result<Connection, StoreError> {
    let aside = set_aside(folder)?;
    let mut connection = file::database(file::path(folder), key).open()?;
    let saved = file::database(aside, key).open_reader().map_or(0, |old| salvage(&old, &mut connection));
    tracing::error!(rows = saved, "the store was damaged and has been rebuilt");
    Ok(connection)
}

fn set_aside(folder: &Path) -> std::io::Result<PathBuf> {
    let path = file::path(folder);
    let free = (1_u32..).map(|number| folder.join(format!("campanile.damaged-{number}.db")));
    let aside =
        free.into_iter().find(|path| !path.exists()).unwrap_or_else(|| path.with_extension("damaged"));
    for suffix in ["-wal", "-shm", ""] {
        let with = |path: &Path| {
            let mut name = path.as_os_str().to_owned();
            name.push(suffix);
            PathBuf::from(name)
        };
        match fs::rename(with(&path), with(&aside)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(aside)
}

/// Copies every readable row and counts them. A page that cannot be read ends its table, not the others.
fn salvage(old: &Connection, new: &mut Connection) -> usize {
    // Another schema has other columns.
    let versions = (sqlite::version(old), sqlite::version(new));
    if !matches!(versions, (Ok(old), Ok(new)) if old == new) {
        return 0;
    }
    TABLES.iter().map(|table| copy(old, new, table).unwrap_or_default()).sum()
}

fn copy(old: &Connection, new: &mut Connection, table: &str) -> rusqlite::Result<usize> {
    let mut select = old.prepare(&format!("SELECT * FROM {table}"))?;
    let columns = select.column_count();
    let marks = vec!["?"; columns].join(", ");
    let insert = format!("INSERT OR IGNORE INTO {table} VALUES ({marks})");
    let transaction = new.transaction()?;
    let mut copied = 0;
    let mut rows = select.query([])?;
    while let Ok(Some(row)) = rows.next() {
        let values: rusqlite::Result<Vec<Value>> = (0..columns).map(|column| row.get(column)).collect();
        let Ok(values) = values else { continue };
        copied += transaction.execute(&insert, params_from_iter(values)).unwrap_or_default();
    }
    // Items that were lost are fetched again from the start.
    if table == "towns" {
        transaction.execute("UPDATE towns SET cursor = 0, caught_up = NULL", [])?;
    }
    transaction.commit()?;
    Ok(copied)
}
