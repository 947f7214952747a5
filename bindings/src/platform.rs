//! What the shell lends to the core. All methods are synchronous and may be called from any thread.

use std::sync::Arc;

use campanile_core::platform::SystemClock;

use crate::UtcInstant;

/// Why the shell could not serve a call of the core. It carries no text: what a shell throws never reaches a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum PlatformError {
    /// The device is locked; the same call will do after it is unlocked.
    #[error("the device is locked")]
    Locked,
    /// The service is not there or not permitted.
    #[error("the service is not available")]
    Unavailable,
    /// The service failed, or threw something that is not this error.
    #[error("the service failed")]
    Failed,
}

// The reason carries whatever text the shell threw: it stops here.
impl From<uniffi::UnexpectedUniFFICallbackError> for PlatformError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed
    }
}

/// Keeps the key of the store where the operating system protects it.
#[uniffi::export(with_foreign)]
pub trait KeyStore: Send + Sync {
    /// The 32-byte key of the store: made at random on first use, the same ever after.
    ///
    /// When the keystore cannot be read because the device is locked, throw `Locked`;
    /// never make a new key then, it would orphan the store.
    fn database_key(&self) -> Result<Vec<u8>, PlatformError>;

    /// Another 32-byte key, for the file of saved places that the notification extension reads: made at random on
    /// first use, the same ever after, readable after the first unlock and shared with the extension alone.
    fn places_key(&self) -> Result<Vec<u8>, PlatformError>;
}

/// Tells the time; tests freeze it.
#[uniffi::export(with_foreign)]
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Result<UtcInstant, PlatformError>;
}

/// A position on the ground.
#[derive(Debug, Clone, Copy, PartialEq, uniffi::Record)]
pub struct Position {
    /// Longitude, degrees WGS84.
    pub lon: f64,
    /// Latitude, degrees WGS84.
    pub lat: f64,
    /// Radius within which the person is, metres.
    pub accuracy_m: f64,
    /// When it was measured.
    pub at: UtcInstant,
}

/// Tells where the phone was last. The core never sends a position anywhere.
#[uniffi::export(with_foreign)]
pub trait LocationSource: Send + Sync {
    /// The last known position, or nothing when there is none or the person did not permit it.
    fn last_known(&self) -> Result<Option<Position>, PlatformError>;
}

/// How grave a log line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, uniffi::Enum)]
pub enum LogLevel {
    /// A bug.
    Error,
    /// Something failed and was handled.
    Warn,
    /// What the core does.
    Info,
    /// Details for developers.
    Debug,
}

/// Takes the core's log lines. They carry no names, positions, tokens or texts of alerts.
#[uniffi::export(with_foreign)]
pub trait LogSink: Send + Sync {
    /// One line: how grave, which part of the core, and a sentence readable alone with its fields.
    fn on_log(&self, level: LogLevel, target: String, message: String) -> Result<(), PlatformError>;
}

/// Everything that the shell lends, handed over once when the core is opened.
#[derive(Clone, uniffi::Record)]
pub struct Platform {
    /// Keeps the key of the store.
    pub key_store: Arc<dyn KeyStore>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Tells where the phone was last.
    pub location_source: Arc<dyn LocationSource>,
    /// Takes log lines.
    pub log_sink: Arc<dyn LogSink>,
}

/// The shell's clock as the core reads it. When the shell's fails, the machine's own stands in: an alert must not wait
/// for a clock.
pub(crate) struct ShellClock(pub(crate) Arc<dyn Clock>);

impl campanile_core::platform::Clock for ShellClock {
    fn now(&self) -> UtcInstant {
        self.0.now().unwrap_or_else(|_failed| {
            tracing::warn!("the shell's clock failed");
            SystemClock.now()
        })
    }
}
