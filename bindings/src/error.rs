//! The one error of the edge, by what a shell can do about it.

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

    pub(crate) fn invalid(field: &str, why: impl std::fmt::Display) -> Self {
        Self::Invalid { field: field.to_owned(), why: why.to_string() }
    }

    pub(crate) fn not_found(what: &str) -> Self {
        Self::NotFound { what: what.to_owned() }
    }
}

// Scaffolding faults (a panic in a callback's conversion) may carry text: it stops here.
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
