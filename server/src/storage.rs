//! What the push role keeps, as operations of the domain.
//!
//! Read [`Storage`] first. Whatever returns `Ok` from a writing operation is on disk.
//! Not here: whether an item may be stored ([`crate::alerts`]), whom a job reaches ([`crate::fanout`]).

#[cfg(test)]
mod contract;
pub mod sqlite;

use std::{future::Future, pin::Pin};

use bytes::Bytes;
use campanile_core::area::IstatCode;
use chrono::{DateTime, NaiveDate, Utc};

use crate::channels::ChannelKind;

/// What an operation answers, later.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, StorageError>> + Send + 'a>>;

/// Why an operation failed. Carries no row.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The database answered with an error: full disk, damaged file.
    #[error("the database failed: {0}")]
    Database(String),
    /// The storage was closed.
    #[error("the storage is closed")]
    Closed,
    /// Another item has the same id and says something else.
    #[error("another item has this id")]
    IdTaken,
}

/// What a phone registers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// How it is reached.
    pub channel: ChannelKind,
    /// The push service's token; empty for the stream.
    pub endpoint: String,
    /// Where its places are, sorted, at least one.
    pub comuni: Vec<IstatCode>,
    /// RFC 5646 tags, best first.
    pub languages: Vec<String>,
    /// The day of the registration.
    pub day: NaiveDate,
}

/// A verified item, about to be stored.
#[derive(Debug, Clone)]
pub struct NewItem {
    /// Its signed id.
    pub id: String,
    /// Whether it is an officer's alert; else a bulletin.
    pub is_alert: bool,
    /// SHA-256 of the payload.
    pub payload_sha256: [u8; 32],
    /// The whole `COSE_Sign`.
    pub cose: Bytes,
    /// When it was released.
    pub sent: DateTime<Utc>,
    /// Pushed no later.
    pub expires: DateTime<Utc>,
    /// SHA-256 of its full CAP, as signed.
    pub cap_sha256: Option<[u8; 32]>,
    /// Whom it concerns, sorted.
    pub comuni: Vec<IstatCode>,
    /// The items that it changes: who got them gets this one too.
    pub references: Vec<String>,
    /// 0 goes first.
    pub lane: u8,
    /// One per chain.
    pub collapse_key: String,
}

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// Its place in the town's order.
    pub sequence: u64,
    /// False when it was there already.
    pub is_new: bool,
}

/// An item in the town's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SequencedItem {
    /// Its place.
    pub sequence: u64,
    /// The whole `COSE_Sign`.
    pub cose: Bytes,
}

/// The full CAP of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapSlot {
    /// What was signed; none if the item has no CAP.
    pub sha256: Option<[u8; 32]>,
    /// The CAP, if it came.
    pub cap: Option<Bytes>,
}

/// An item on its way through one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The item's sequence.
    pub item: u64,
    /// Which channel.
    pub channel: ChannelKind,
    /// Number of the last device that was tried once.
    pub cursor: u64,
    /// Pushed no later.
    pub expires: DateTime<Utc>,
    /// One per chain.
    pub collapse_key: String,
}

/// A device as a channel needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its number, the cursor of a job.
    pub device: u64,
    /// The push service's token.
    pub endpoint: String,
    /// How often this item was tried for it.
    pub attempt: u32,
}

/// A device that is to be tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    /// Its number.
    pub device: u64,
    /// The next attempt, from 1.
    pub attempt: u32,
    /// Not before.
    pub due: DateTime<Utc>,
}

/// What came of a batch of one job; written in one transaction.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// The job's new cursor; none for a batch of retries.
    pub cursor: Option<u64>,
    /// Every device was tried once.
    pub planned: bool,
    /// Devices whose push service took the message.
    pub accepted: Vec<u64>,
    /// Devices whose push service refused the message for good.
    pub rejected: Vec<u64>,
    /// Devices given up because the item's time ran out.
    pub expired: Vec<u64>,
    /// Devices to try again.
    pub retries: Vec<Retry>,
    /// Dead endpoints: number and token. Dropped unless the phone has registered another since.
    pub dead: Vec<(u64, String)>,
}

/// The counts of a job.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct JobCounts {
    /// Whether every device was tried once.
    pub planned: bool,
    /// Devices whose push service took the message.
    pub accepted: u64,
    /// Devices whose push service refused it.
    pub rejected: u64,
    /// Devices given up at the item's expiry.
    pub expired: u64,
    /// Devices still to be tried again.
    pub waiting: u64,
}

/// The push role's memory. Object-safe; every back end passes the same contract (`storage/contract.rs`).
pub trait Storage: Send + Sync {
    /// Adds a device under its random id. Another device with the same token is dropped: the phone moved on.
    fn add_device(&self, id: String, secret_sha256: [u8; 32], registration: Registration) -> Answer<'_, ()>;
    /// Puts a new registration in place of the old one; false if there is no such device.
    fn change_device(&self, id: String, registration: Registration) -> Answer<'_, bool>;
    /// Forgets a device; false if there is none.
    fn remove_device(&self, id: String) -> Answer<'_, bool>;
    /// SHA-256 of a device's secret.
    fn device_secret(&self, id: String) -> Answer<'_, Option<[u8; 32]>>;
    /// How many devices each channel has.
    fn count_devices(&self) -> Answer<'_, Vec<(ChannelKind, u64)>>;

    /// Stores an item and one job per channel in one transaction.
    ///
    /// The same payload again is not new and keeps its sequence.
    /// Errors: [`StorageError::IdTaken`] if another payload has the id.
    fn add_item(&self, item: NewItem, channels: Vec<ChannelKind>) -> Answer<'_, Stored>;
    /// The item of a payload, if it is stored.
    fn find_item(&self, payload_sha256: [u8; 32]) -> Answer<'_, Option<u64>>;
    /// Up to `limit` items after `sequence` that held at `held_at` or later, in order.
    fn items_after(
        &self,
        sequence: u64,
        limit: u32,
        held_at: DateTime<Utc>,
    ) -> Answer<'_, Vec<SequencedItem>>;
    /// The highest sequence, 0 if there is no item.
    fn last_sequence(&self) -> Answer<'_, u64>;
    /// The officers' alerts (or else the bulletins) sent since an instant, in the town's order.
    fn items_since(&self, is_alert: bool, since: DateTime<Utc>) -> Answer<'_, Vec<SequencedItem>>;
    /// The full CAP of the item with a signed id.
    fn cap(&self, id: String) -> Answer<'_, Option<CapSlot>>;
    /// Keeps the full CAP of an item.
    fn put_cap(&self, id: String, cap: Bytes) -> Answer<'_, ()>;

    /// Every trust list, by version.
    fn trust_lists(&self) -> Answer<'_, Vec<Bytes>>;
    /// Keeps a trust list.
    fn add_trust_list(&self, version: u32, cose: Bytes) -> Answer<'_, ()>;
    /// Every revocation, in the order in which they came.
    fn revocations(&self) -> Answer<'_, Vec<Bytes>>;
    /// Keeps a revocation, once.
    fn add_revocation(&self, payload_sha256: [u8; 32], cose: Bytes) -> Answer<'_, ()>;
    /// The newest head with its number.
    fn head(&self) -> Answer<'_, Option<(u64, Bytes)>>;
    /// Puts a head in place of one with a lower number; false if the one held is not lower.
    fn put_head(&self, number: u64, cose: Bytes) -> Answer<'_, bool>;

    /// The most urgent job whose devices were not all tried once.
    fn next_job(&self, channel: ChannelKind) -> Answer<'_, Option<Job>>;
    /// A job with its counts.
    fn job_counts(&self, item: u64, channel: ChannelKind) -> Answer<'_, Option<JobCounts>>;
    /// The next devices of a job after its cursor, by number.
    fn job_targets(&self, job: Job, limit: u32) -> Answer<'_, Vec<Target>>;
    /// The retries of one job that are due, the most urgent job first.
    fn due_retries(
        &self,
        channel: ChannelKind,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Answer<'_, Option<(Job, Vec<Target>)>>;
    /// When the next retry is due.
    fn next_retry_at(&self, channel: ChannelKind) -> Answer<'_, Option<DateTime<Utc>>>;
    /// The bytes of an item.
    fn item(&self, sequence: u64) -> Answer<'_, Option<Bytes>>;
    /// Writes down what came of a batch.
    fn record(&self, item: u64, channel: ChannelKind, progress: Progress) -> Answer<'_, ()>;
    /// Whether the database can be read and written.
    fn check(&self) -> Answer<'_, ()>;
}
