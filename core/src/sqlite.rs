//! Opening, pragmas and migrations of SQLite files: the one way in, for phone and server.
//!
//! Read [`Database`] first. A file carries the number of its last migration in `user_version`;
//! migrations are numbered SQL files, never edited after release, and each runs in a transaction of its own.
//! Every connection has `foreign_keys` on, WAL, and `synchronous = FULL`: a commit is on disk when it returns.
//! Not here: what is stored ([`crate::store`], the server's `storage`).

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};
use zeroize::Zeroizing;

/// How long a connection waits for another one's write before it gives up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// Why a database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SqliteError {
    /// The key does not open the file, or the file is no database.
    #[error("the key does not open the database, or the file is not one")]
    WrongKey,
    /// A key was given and this build has no SQLCipher: refused, or everything would lie open on disk.
    #[error("this build cannot encrypt a database")]
    NoCipher,
    /// Written by a newer build; it is left as it is.
    #[error("the database is of version {found}, this build knows versions up to {known}")]
    Newer {
        /// The file's version.
        found: u32,
        /// The highest version that this build knows.
        known: u32,
    },
    /// A migration failed and was rolled back.
    #[error("migration {number} failed and was rolled back: {source}")]
    Migration {
        /// Its number, from 1.
        number: u32,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// Anything else that SQLite says: a full disk, a damaged or unreadable file.
    #[error(transparent)]
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for SqliteError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::WrongKey,
            _ => Self::Sqlite(error),
        }
    }
}

impl SqliteError {
    /// Whether the file itself is broken, so that only a new one helps.
    pub fn is_damage(&self) -> bool {
        let (Self::Sqlite(error) | Self::Migration { source: error, .. }) = self else { return false };
        error.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt)
    }
}

/// A database file with its schema and, if encrypted, its raw key.
pub struct Database {
    path: PathBuf,
    key: Option<Zeroizing<[u8; 32]>>,
    migrations: &'static [&'static str],
}

impl Database {
    /// The plain database at `path`. `migrations` are the texts of the numbered files, in order from 001.
    pub fn plain(path: impl Into<PathBuf>, migrations: &'static [&'static str]) -> Self {
        Self { path: path.into(), key: None, migrations }
    }

    /// The database at `path`, encrypted whole with SQLCipher under a raw 32-byte key.
    pub fn encrypted(
        path: impl Into<PathBuf>,
        key: Zeroizing<[u8; 32]>,
        migrations: &'static [&'static str],
    ) -> Self {
        Self { path: path.into(), key: Some(key), migrations }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A connection that may write, to a database made if it is missing and brought up to this build's schema.
    ///
    /// Errors: [`SqliteError::WrongKey`] for a wrong key or a file that is no database,
    /// [`SqliteError::Newer`] for a file of a later build. Blocks on disk.
    pub fn open(&self) -> Result<Connection, SqliteError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(&self.path, flags)?;
        self.prepare(&connection)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        migrate(&mut connection, self.migrations)?;
        Ok(connection)
    }

    /// A connection that can only read, beside the one that writes. The database must have been opened before.
    ///
    /// Errors: as [`Database::open`]; no migration is run.
    pub fn open_reader(&self) -> Result<Connection, SqliteError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        self.prepare(&connection)?;
        check_version(&connection, self.migrations)?;
        Ok(connection)
    }

    fn prepare(&self, connection: &Connection) -> Result<(), SqliteError> {
        if let Some(key) = &self.key {
            let digits = Zeroizing::new(hex::encode(key.as_slice()));
            let pragma = Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", digits.as_str()));
            connection.execute_batch(&pragma)?;
            let cipher = connection.query_row("PRAGMA cipher_version", [], |row| row.get::<_, String>(0));
            if cipher.is_err() {
                return Err(SqliteError::NoCipher);
            }
            // SQLCipher would print to standard error on a wrong key.
            connection.execute_batch("PRAGMA cipher_log_level = NONE")?;
        }
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        // The first read of the file: a wrong key shows here.
        version(connection)?;
        Ok(())
    }
}

/// A database in memory with the schema of `migrations`, for tests.
pub fn open_in_memory(migrations: &[&str]) -> Result<Connection, SqliteError> {
    let mut connection = Connection::open_in_memory()?;
    connection.pragma_update(None, "foreign_keys", true)?;
    migrate(&mut connection, migrations)?;
    Ok(connection)
}

/// Runs the migrations that `connection` has not seen, each in its own transaction.
///
/// Safe against another process that opens the same file at the same time.
pub fn migrate(connection: &mut Connection, migrations: &[&str]) -> Result<(), SqliteError> {
    while check_version(connection, migrations)? < count(migrations) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = version(&transaction)?;
        let Some(sql) = usize::try_from(done).ok().and_then(|index| migrations.get(index)) else { continue };
        let number = done + 1;
        let refused = |source| SqliteError::Migration { number, source };
        transaction.execute_batch(sql).map_err(refused)?;
        transaction.pragma_update(None, "user_version", number).map_err(refused)?;
        transaction.commit().map_err(refused)?;
    }
    Ok(())
}

/// The number of the last migration that the file has seen.
pub fn version(connection: &Connection) -> Result<u32, SqliteError> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

fn check_version(connection: &Connection, migrations: &[&str]) -> Result<u32, SqliteError> {
    let (found, known) = (version(connection)?, count(migrations));
    if found > known { Err(SqliteError::Newer { found, known }) } else { Ok(found) }
}

fn count(migrations: &[&str]) -> u32 {
    u32::try_from(migrations.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
