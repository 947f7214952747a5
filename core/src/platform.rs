//! What the shell or the machine lends to the core: the clock, the key of the store.
//!
//! Each is a small trait with a double for tests. Not here: the uniffi mirrors (package `campanile`).

use std::sync::Mutex;

use chrono::{DateTime, Utc};
use zeroize::Zeroizing;

/// Tells the time. The domain never reads a clock itself.
pub trait Clock: Send + Sync {
    /// The present instant, UTC.
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's clock.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the machine's clock")]
        Utc::now()
    }
}

/// A clock that stands where a test puts it.
#[derive(Debug)]
pub struct FixedClock(Mutex<DateTime<Utc>>);

impl FixedClock {
    /// A clock that stands at `now`.
    pub fn new(now: DateTime<Utc>) -> Self {
        Self(Mutex::new(now))
    }

    /// Puts the clock to `now`.
    pub fn set(&self, now: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = now;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Why the key of the store is not to be had now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The device is locked; try again after it is unlocked. Never a reason to make a new key.
    #[error("the device is locked")]
    Locked,
    /// The key store failed in a way that it did not name.
    #[error("the key store failed")]
    Failed,
}

/// Keeps the store's raw key where the operating system protects it.
pub trait KeyStore: Send + Sync {
    /// The 32-byte key of the store, made on first use and the same ever after.
    fn database_key(&self) -> Result<Zeroizing<[u8; 32]>, KeyError>;
}

/// A key store of one given key, for tests and the terminal phone.
#[derive(Debug, Clone)]
pub struct MemoryKeyStore(pub [u8; 32]);

impl KeyStore for MemoryKeyStore {
    fn database_key(&self) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        Ok(Zeroizing::new(self.0))
    }
}
