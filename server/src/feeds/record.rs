//! The feeds machine's own record: what it signed, what it handed over, the number of its last head.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use campanile_core::sqlite::{Database, SqliteError};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, params};

const MIGRATIONS: &[&str] = &[include_str!("001_record.sql")];

/// The record's file. Each call blocks on disk for a moment; there are a few in an hour.
pub(super) struct Record(Mutex<Connection>);

impl Record {
    pub(super) fn open(path: &Path) -> Result<Self, SqliteError> {
        Database::plain(path, MIGRATIONS).open().map(Mutex::new).map(Self)
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn has_signed(&self, id: &str) -> Result<bool, SqliteError> {
        let found =
            self.connection().query_row("SELECT 1 FROM signed WHERE id = ?1", [id], |_| Ok(())).optional()?;
        Ok(found.is_some())
    }

    pub(super) fn note_signed(&self, id: &str) -> Result<(), SqliteError> {
        self.connection().execute("INSERT OR IGNORE INTO signed (id) VALUES (?1)", [id])?;
        Ok(())
    }

    /// The sequence on this machine up to which everything was handed over or refused.
    pub(super) fn handed_over_to(&self) -> Result<u64, SqliteError> {
        Ok(self
            .connection()
            .query_row("SELECT coalesce(max(item), 0) FROM handed_over", [], |row| row.get(0))?)
    }

    pub(super) fn note_handed_over(&self, item: u64, push_sequence: Option<u64>) -> Result<(), SqliteError> {
        self.connection().execute(
            "INSERT OR REPLACE INTO handed_over (item, push_sequence) VALUES (?1, ?2)",
            params![item, push_sequence],
        )?;
        Ok(())
    }

    /// The push server's sequences by those of this machine.
    pub(super) fn handed_over(&self) -> Result<BTreeMap<u64, u64>, SqliteError> {
        let connection = self.connection();
        let mut statement = connection
            .prepare("SELECT item, push_sequence FROM handed_over WHERE push_sequence IS NOT NULL")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The number of the next head. Grows with each call and never falls behind the seconds of the clock,
    /// so that phones still accept heads after this record was lost.
    pub(super) fn next_head_number(&self, now: DateTime<Utc>) -> Result<u64, SqliteError> {
        let seconds = now.timestamp().max(0);
        Ok(self.connection().query_row(
            "INSERT INTO head_number (one, number) VALUES (1, ?1)
             ON CONFLICT (one) DO UPDATE SET number = max(number + 1, excluded.number)
             RETURNING number",
            [seconds],
            |row| row.get(0),
        )?)
    }
}

#[cfg(test)]
mod tests {
    use campanile_core::fixtures::now;
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn the_number_of_heads_grows_over_restarts_and_when_the_clock_goes_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("record.db");
        let mut last = 0;
        for at in [now(), now(), now() - TimeDelta::days(400), now() + TimeDelta::hours(1)] {
            let number = Record::open(&path).unwrap().next_head_number(at).unwrap();
            assert!(number > last);
            last = number;
        }
        let lost = Record::open(&folder.path().join("new.db")).unwrap();
        assert!(lost.next_head_number(now() + TimeDelta::hours(2)).unwrap() > last);
    }
}
