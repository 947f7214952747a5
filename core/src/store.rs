//! The phone's tables, in one SQLCipher file.
//!
//! Read [`Store`] and [`StoreError`] first. The key is raw, 32 bytes, and comes from the operating system
//! ([`crate::platform::KeyStore`]); without it the file is noise. A key that does not fit is told apart from a file
//! that is damaged by a check value beside it, so that neither is mistaken for the other and no data are lost.
//! Functions that write take a transaction, those that read a connection. Not here: what the rows mean
//! ([`crate::phone`]).

mod damage;
mod error;
mod file;
pub mod items;
pub mod notices;
pub mod places;
pub mod refusals;
pub mod settings;
pub mod towns;

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use zeroize::Zeroizing;

pub use error::StoreError;

/// The steps of the schema.
pub(crate) const MIGRATIONS: &[&str] = &[include_str!("store/migrations/001_first.sql")];

/// A raw key of the store.
pub type Key = Zeroizing<[u8; 32]>;

/// How the file was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// It was made.
    New,
    /// It was there.
    Existing,
    /// It was damaged: set aside, and rebuilt with what could still be read.
    Rebuilt,
}

/// The phone's encrypted store.
pub struct Store {
    folder: PathBuf,
    inner: Mutex<Inner>,
}

enum Inner {
    Open { connection: Connection, key: Key },
    Closed,
}

impl Store {
    /// Opens the store in `folder`, which is made if missing.
    ///
    /// Errors: [`StoreError::WrongKey`] when the key does not fit (nothing is changed), [`StoreError::Newer`] for a
    /// store of a newer build.
    pub fn open(folder: &Path, key: Key) -> Result<(Self, Opening), StoreError> {
        std::fs::create_dir_all(folder)?;
        let (connection, opening) = file::open(folder, &key)?;
        let inner = Mutex::new(Inner::Open { connection, key });
        Ok((Self { folder: folder.to_owned(), inner }, opening))
    }

    /// Closes the connection and forgets the key. Everything but [`Store::resume`] gives [`StoreError::Closed`] then.
    pub fn pause(&self) {
        *self.lock() = Inner::Closed;
    }

    /// Opens again after [`Store::pause`]; does nothing when it is open. Errors as [`Store::open`].
    pub fn resume(&self, key: Key) -> Result<Opening, StoreError> {
        let mut inner = self.lock();
        if matches!(*inner, Inner::Open { .. }) {
            return Ok(Opening::Existing);
        }
        let (connection, opening) = file::open(&self.folder, &key)?;
        *inner = Inner::Open { connection, key };
        Ok(opening)
    }

    /// Reads.
    ///
    /// Errors: those of `work`; [`StoreError::Damaged`] when the file turned out to be damaged: it has been rebuilt
    /// by then, and must be read again and synchronised.
    pub fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.with(|connection| work(connection))
    }

    /// Writes in one transaction, which is taken back when `work` fails. Errors as [`Store::read`].
    pub fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.with(|connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = work(&transaction)?;
            transaction.commit()?;
            Ok(value)
        })
    }

    fn with<T>(&self, work: impl FnOnce(&mut Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut inner = self.lock();
        let Inner::Open { connection, .. } = &mut *inner else { return Err(StoreError::Closed) };
        let result = work(connection);
        if matches!(result, Err(StoreError::Damaged)) {
            // The old connection must be gone before its file is moved.
            if let Inner::Open { connection, key } = std::mem::replace(&mut *inner, Inner::Closed) {
                drop(connection);
                let connection = damage::rebuild(&self.folder, &key)?;
                *inner = Inner::Open { connection, key };
            }
        }
        result
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // A panic in the middle of a transaction rolled it back: what is there is whole.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
