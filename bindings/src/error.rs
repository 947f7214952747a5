//! The one error of the edge, by what a shell can do about it.

use campanile_core::{phone::PhoneError, store::StoreError, sync::SyncError};

use crate::PlatformError;

/// Why a call failed, by what the shell can do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum CampanileError {
    /// No answer from the network in time: keep showing what is held, try again later.
    #[error("offline")]
    Offline,
    /// The server answered with an error: try again later, report it if it stays.
    #[error("the server answered {status} ({code})")]
    Server {
        /// HTTP status.
        status: u16,
        /// Stable code from the server's answer, as listed in docs/errors.md; empty when it gave none.
        code: String,
    },
    /// What was asked for is not there: go back to the list.
    #[error("{what} is not there")]
    NotFound {
        /// What was looked for, such as `alert` or `place`.
        what: String,
    },
    /// An argument is wrong: show why at the field.
    #[error("{field}: {why}")]
    Invalid {
        /// The argument, such as `comune`.
        field: String,
        /// What is wrong with it and what would be right, in English for developers.
        why: String,
    },
    /// The device is locked: try again after it is unlocked.
    #[error("the device is locked")]
    Locked,
    /// The core is paused or closed: call `resume`, or open it again.
    #[error("closed")]
    Closed,
    /// The store was damaged and has been rebuilt; synchronise and read again.
    #[error("the store was damaged and rebuilt")]
    StoreDamaged,
    /// A fault of ours or of the shell's services: report the code.
    #[error("internal: {code}")]
    Internal {
        /// Stable name of the fault, without any content.
        code: String,
    },
}

impl CampanileError {
    pub(crate) fn internal(code: &str) -> Self {
        Self::Internal { code: code.to_owned() }
    }

    /// An internal fault, logged here and nowhere else.
    fn reported(code: &str, error: &dyn std::fmt::Display) -> Self {
        tracing::error!(code, %error, "a fault of the core reached the shell");
        Self::internal(code)
    }

    pub(crate) fn invalid(field: &str, why: impl std::fmt::Display) -> Self {
        Self::Invalid { field: field.to_owned(), why: why.to_string() }
    }

    pub(crate) fn not_found(what: &str) -> Self {
        Self::NotFound { what: what.to_owned() }
    }
}

// Whatever text a shell threw stops here.
impl From<uniffi::UnexpectedUniFFICallbackError> for CampanileError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::internal("shell_threw")
    }
}

impl From<PlatformError> for CampanileError {
    fn from(error: PlatformError) -> Self {
        match error {
            PlatformError::Locked => Self::Locked,
            PlatformError::Unavailable => Self::internal("platform_unavailable"),
            PlatformError::Failed => Self::internal("platform_failed"),
        }
    }
}

impl From<StoreError> for CampanileError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::WrongKey => Self::invalid("database_key", "the key does not open the store"),
            StoreError::Closed => Self::Closed,
            StoreError::Damaged => Self::StoreDamaged,
            StoreError::NotFound => Self::not_found("row"),
            StoreError::Folder { .. } => Self::invalid("data_dir", error),
            StoreError::Newer { .. } => Self::reported("store_newer", &error),
            StoreError::NoCipher => Self::reported("no_cipher", &error),
            StoreError::Full => Self::reported("disk_full", &error),
            StoreError::Sqlite { code } => Self::reported(&format!("sqlite_{code}"), &error),
        }
    }
}

impl From<PhoneError> for CampanileError {
    fn from(error: PhoneError) -> Self {
        match error {
            PhoneError::Store(error) => error.into(),
            PhoneError::Invalid { field, why } => Self::invalid(field, why),
            PhoneError::NotFound { what } => Self::not_found(what),
            PhoneError::Seal(_) => Self::reported("places_not_sealed", &error),
            PhoneError::NoRandomness => Self::reported("no_randomness", &error),
        }
    }
}

impl From<SyncError> for CampanileError {
    fn from(error: SyncError) -> Self {
        match error {
            SyncError::Offline => Self::Offline,
            SyncError::Server { status, code } => Self::Server { status, code },
            SyncError::BadAnswer { what } => {
                Self::Server { status: 200, code: format!("bad_answer_{}", what.replace(' ', "_")) }
            }
            SyncError::NotSecure { .. } => Self::invalid("server_url", error),
            SyncError::NoClient => Self::reported("no_http_client", &error),
            SyncError::Phone(error) => error.into(),
        }
    }
}
