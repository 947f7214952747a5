//! Why the store failed.

use rusqlite::ErrorCode;

use crate::sqlite::SqliteError;

/// Why the store failed. Carries codes only: SQLite's texts may quote what is stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The key does not open the file. Nothing was changed.
    #[error("the key does not open the store")]
    WrongKey,
    /// Paused, or closed.
    #[error("the store is closed")]
    Closed,
    /// The file was damaged and has been rebuilt.
    #[error("the store was damaged")]
    Damaged,
    /// The file was written by a newer build.
    #[error("the store has schema {found}, this build knows up to {known}")]
    Newer {
        /// The schema found.
        found: u32,
        /// The newest known.
        known: u32,
    },
    /// This build cannot encrypt.
    #[error("this build has no SQLCipher")]
    NoCipher,
    /// No room on the disk.
    #[error("the disk is full")]
    Full,
    /// The folder or a file in it cannot be used.
    #[error("the folder of the store cannot be used ({kind})")]
    Folder {
        /// What the system said, in a word.
        kind: String,
    },
    /// What was asked for is not there.
    #[error("no such row")]
    NotFound,
    /// Any other failure, by SQLite's extended result code.
    #[error("SQLite code {code}")]
    Sqlite {
        /// The extended result code; 0 when the failure was not SQLite's own.
        code: i32,
    },
}

impl StoreError {
    /// A row that this build cannot have written.
    pub(crate) fn unreadable(_: impl std::fmt::Debug) -> Self {
        Self::Damaged
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull => Self::Full,
            kind => Self::Folder { kind: kind.to_string() },
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match &error {
            rusqlite::Error::QueryReturnedNoRows => Self::NotFound,
            rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged,
                ErrorCode::DiskFull => Self::Full,
                _ => Self::Sqlite { code: failure.extended_code },
            },
            _ => Self::Sqlite { code: 0 },
        }
    }
}

// Whether the key or the file is at fault is decided beside the check value, in `file`.
impl From<SqliteError> for StoreError {
    fn from(error: SqliteError) -> Self {
        match error {
            SqliteError::WrongKey => Self::Damaged,
            SqliteError::NoCipher => Self::NoCipher,
            SqliteError::Newer { found, known } => Self::Newer { found, known },
            SqliteError::Migration { source, .. } | SqliteError::Sqlite(source) => source.into(),
        }
    }
}
