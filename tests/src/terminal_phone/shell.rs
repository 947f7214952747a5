//! What a terminal lends to the core.

use std::{
    fs,
    io::Write as _,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use campanile::{Clock, KeyStore, LocationSource, LogLevel, LogSink, PlatformError, Position, UtcInstant};
use campanile_core::platform::{Clock as _, SystemClock};
use ring::rand::{SecureRandom, SystemRandom};

/// Keys in files that only the owner may read, made on first use. A machine has no keystore of a phone.
pub(super) struct FileKeyStore {
    folder: PathBuf,
}

impl FileKeyStore {
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    fn key(&self, name: &str) -> Result<Vec<u8>, PlatformError> {
        let path = self.folder.join(name);
        match fs::read(&path) {
            Ok(key) => return Ok(key),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(_) => return Err(PlatformError::Failed),
        }
        let mut key = vec![0; 32];
        SystemRandom::new().fill(&mut key).map_err(|_unspecified| PlatformError::Failed)?;
        let write = || {
            fs::create_dir_all(&self.folder)?;
            let fresh = path.with_extension("new");
            let mut file =
                fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
            file.write_all(&key)?;
            file.sync_all()?;
            fs::rename(&fresh, &path)
        };
        write().map_err(|_io: std::io::Error| PlatformError::Failed)?;
        Ok(key)
    }
}

impl KeyStore for FileKeyStore {
    fn database_key(&self) -> Result<Vec<u8>, PlatformError> {
        self.key("database.key")
    }

    fn places_key(&self) -> Result<Vec<u8>, PlatformError> {
        self.key("places.key")
    }
}

/// The machine's clock.
pub(super) struct MachineClock;

impl Clock for MachineClock {
    fn now(&self) -> Result<UtcInstant, PlatformError> {
        Ok(SystemClock.now())
    }
}

/// A terminal does not know where it is.
pub(super) struct NoLocation;

impl LocationSource for NoLocation {
    fn last_known(&self) -> Result<Option<Position>, PlatformError> {
        Ok(None)
    }
}

/// Log lines on standard error: all when asked to be verbose, else errors only.
pub(super) struct StderrLog {
    pub(super) is_verbose: bool,
}

impl LogSink for StderrLog {
    fn on_log(&self, level: LogLevel, target: String, message: String) -> Result<(), PlatformError> {
        if self.is_verbose || level == LogLevel::Error {
            #[expect(clippy::print_stderr, reason = "the terminal is this phone's log")]
            {
                eprintln!("{level:?} {target}: {message}");
            }
        }
        Ok(())
    }
}
