//! The SQLite back end: one writer thread, readers beside it, each commit on disk before it is answered.

mod devices;
mod items;
mod jobs;
mod trust;

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
};

use bytes::Bytes;
use campanile_core::sqlite::{Database, SqliteError};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::oneshot;

use super::{
    Answer, CapSlot, Job, JobCounts, NewItem, Progress, Registration, SequencedItem, Storage, StorageError,
    Stored, Target,
};
use crate::channels::ChannelKind;

const MIGRATIONS: &[&str] = &[include_str!("sqlite/001_push.sql")];

/// How many writes may wait for the writer.
const WRITES_WAITING: usize = 1024;

type Write = Box<dyn FnOnce(&mut Connection) + Send>;

impl From<rusqlite::Error> for StorageError {
    fn from(error: rusqlite::Error) -> Self {
        // The code says enough; SQLite's text may carry a value.
        Self::Database(error.sqlite_error().map_or_else(|| error.to_string(), ToString::to_string))
    }
}

/// The push role's database file.
pub struct SqliteStorage {
    database: Arc<Database>,
    writer: mpsc::SyncSender<Write>,
    idle_readers: Arc<Mutex<Vec<Connection>>>,
}

impl SqliteStorage {
    /// Opens the file, makes it if it is missing, and starts the writer. Blocks on disk.
    pub fn open(path: &Path) -> Result<Self, SqliteError> {
        let database = Database::plain(path, MIGRATIONS);
        let mut connection = database.open()?;
        let (writer, writes) = mpsc::sync_channel::<Write>(WRITES_WAITING);
        thread::Builder::new()
            .name("storage-writer".to_owned())
            .spawn(move || {
                for write in writes {
                    write(&mut connection);
                }
            })
            .map_err(|error| SqliteError::Sqlite(rusqlite::Error::ToSqlConversionFailure(Box::new(error))))?;
        Ok(Self { database: Arc::new(database), writer, idle_readers: Arc::default() })
    }

    fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StorageError> + Send + 'static,
    ) -> Answer<'_, T> {
        let (answer, answered) = oneshot::channel();
        let write: Write = Box::new(move |connection| {
            let written = (|| {
                let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                let value = work(&transaction)?;
                transaction.commit()?;
                Ok(value)
            })();
            // Whoever asked may have gone; what is written stays written.
            let _gone = answer.send(written);
        });
        let writer = self.writer.clone();
        Box::pin(async move {
            match writer.try_send(write) {
                Ok(()) => {}
                Err(mpsc::TrySendError::Disconnected(_)) => return Err(StorageError::Closed),
                Err(mpsc::TrySendError::Full(write)) => {
                    tokio::task::spawn_blocking(move || writer.send(write))
                        .await
                        .map_err(|_panicked| StorageError::Closed)?
                        .map_err(|_closed| StorageError::Closed)?;
                }
            }
            answered.await.map_err(|_dropped| StorageError::Closed)?
        })
    }

    fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StorageError> + Send + 'static,
    ) -> Answer<'_, T> {
        let database = Arc::clone(&self.database);
        let idle = Arc::clone(&self.idle_readers);
        Box::pin(async move {
            tokio::task::spawn_blocking(move || {
                let rested = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
                let connection = match rested {
                    Some(connection) => connection,
                    None => {
                        database.open_reader().map_err(|error| StorageError::Database(error.to_string()))?
                    }
                };
                let value = work(&connection);
                idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
                value
            })
            .await
            .map_err(|_panicked| StorageError::Closed)?
        })
    }
}

pub(super) fn to_ms(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}

pub(super) fn from_ms(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}

impl Storage for SqliteStorage {
    fn add_device(&self, id: String, secret_sha256: [u8; 32], registration: Registration) -> Answer<'_, ()> {
        self.write(move |transaction| devices::add(transaction, &id, &secret_sha256, &registration))
    }

    fn change_device(&self, id: String, registration: Registration) -> Answer<'_, bool> {
        self.write(move |transaction| devices::change(transaction, &id, &registration))
    }

    fn remove_device(&self, id: String) -> Answer<'_, bool> {
        self.write(move |transaction| devices::remove(transaction, &id))
    }

    fn device_secret(&self, id: String) -> Answer<'_, Option<[u8; 32]>> {
        self.read(move |connection| devices::secret(connection, &id))
    }

    fn count_devices(&self) -> Answer<'_, Vec<(ChannelKind, u64)>> {
        self.read(devices::count)
    }

    fn add_item(&self, item: NewItem, channels: Vec<ChannelKind>) -> Answer<'_, Stored> {
        self.write(move |transaction| items::add(transaction, &item, &channels))
    }

    fn find_item(&self, payload_sha256: [u8; 32]) -> Answer<'_, Option<u64>> {
        self.read(move |connection| items::find(connection, &payload_sha256))
    }

    fn items_after(
        &self,
        sequence: u64,
        limit: u32,
        held_at: DateTime<Utc>,
    ) -> Answer<'_, Vec<SequencedItem>> {
        self.read(move |connection| items::after(connection, sequence, limit, held_at))
    }

    fn last_sequence(&self) -> Answer<'_, u64> {
        self.read(items::last_sequence)
    }

    fn items_since(&self, is_alert: bool, since: DateTime<Utc>) -> Answer<'_, Vec<SequencedItem>> {
        self.read(move |connection| items::since(connection, is_alert, since))
    }

    fn cap(&self, id: String) -> Answer<'_, Option<CapSlot>> {
        self.read(move |connection| items::cap(connection, &id))
    }

    fn put_cap(&self, id: String, cap: Bytes) -> Answer<'_, ()> {
        self.write(move |transaction| items::put_cap(transaction, &id, &cap))
    }

    fn trust_lists(&self) -> Answer<'_, Vec<Bytes>> {
        self.read(trust::lists)
    }

    fn add_trust_list(&self, version: u32, cose: Bytes) -> Answer<'_, ()> {
        self.write(move |transaction| trust::add_list(transaction, version, &cose))
    }

    fn revocations(&self) -> Answer<'_, Vec<Bytes>> {
        self.read(trust::revocations)
    }

    fn add_revocation(&self, payload_sha256: [u8; 32], cose: Bytes) -> Answer<'_, ()> {
        self.write(move |transaction| trust::add_revocation(transaction, &payload_sha256, &cose))
    }

    fn head(&self) -> Answer<'_, Option<(u64, Bytes)>> {
        self.read(trust::head)
    }

    fn put_head(&self, number: u64, cose: Bytes) -> Answer<'_, bool> {
        self.write(move |transaction| trust::put_head(transaction, number, &cose))
    }

    fn next_job(&self, channel: ChannelKind) -> Answer<'_, Option<Job>> {
        self.read(move |connection| jobs::next(connection, channel))
    }

    fn job_counts(&self, item: u64, channel: ChannelKind) -> Answer<'_, Option<JobCounts>> {
        self.read(move |connection| jobs::counts(connection, item, channel))
    }

    fn job_targets(&self, job: Job, limit: u32) -> Answer<'_, Vec<Target>> {
        self.read(move |connection| jobs::targets(connection, &job, limit))
    }

    fn due_retries(
        &self,
        channel: ChannelKind,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Answer<'_, Option<(Job, Vec<Target>)>> {
        self.read(move |connection| jobs::due_retries(connection, channel, now, limit))
    }

    fn next_retry_at(&self, channel: ChannelKind) -> Answer<'_, Option<DateTime<Utc>>> {
        self.read(move |connection| jobs::next_retry_at(connection, channel))
    }

    fn item(&self, sequence: u64) -> Answer<'_, Option<Bytes>> {
        self.read(move |connection| items::one(connection, sequence))
    }

    fn record(&self, item: u64, channel: ChannelKind, progress: Progress) -> Answer<'_, ()> {
        self.write(move |transaction| jobs::record(transaction, item, channel, &progress))
    }

    fn check(&self) -> Answer<'_, ()> {
        self.write(|transaction| Ok(transaction.execute_batch("SELECT max(sequence) FROM items")?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::contract;

    #[tokio::test(flavor = "multi_thread")]
    async fn sqlite_keeps_the_contract() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("push.db");
        contract::devices(&SqliteStorage::open(&path).unwrap()).await;
        contract::items(&SqliteStorage::open(&path).unwrap()).await;
        contract::signed(&SqliteStorage::open(&path).unwrap()).await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn sqlite_keeps_the_contract_of_the_fan_out() {
        let folder = tempfile::tempdir().unwrap();
        contract::fanout(&SqliteStorage::open(&folder.path().join("push.db")).unwrap()).await;
    }
}
