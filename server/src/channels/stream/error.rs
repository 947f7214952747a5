//! Why the stream ends a reader.

use crate::storage::StorageError;

/// Why a reader's connection is closed; the phone comes back with its `Last-Event-ID`.
#[derive(Debug, thiserror::Error)]
pub enum StreamError {
    /// What the reader missed cannot be read now.
    #[error("failed to read what a stream reader missed: {0}")]
    Storage(#[from] StorageError),
}
