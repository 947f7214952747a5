//! Why a call of the phone failed.

use crate::{push::SealError, store::StoreError};

/// Why a call of the phone failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An argument is wrong.
    #[error("{field}: {why}")]
    Invalid {
        /// Which.
        field: &'static str,
        /// What is wrong with it, and what would be right.
        why: String,
    },
    /// What was asked for is not there.
    #[error("{what} is not there")]
    NotFound {
        /// What was looked for.
        what: &'static str,
    },
    /// The places could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The system gave no randomness.
    #[error("no randomness")]
    NoRandomness,
}

impl PhoneError {
    pub(crate) fn invalid(field: &'static str, why: impl std::fmt::Display) -> Self {
        Self::Invalid { field, why: why.to_string() }
    }
}
