//! The file itself: its key, its check value, its opening.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use ring::hmac;
use rusqlite::Connection;

use super::{Key, MIGRATIONS, Opening, StoreError, damage};
use crate::sqlite::Database;

const CHECKED: &[u8] = b"campanile store key check 1";

pub(super) fn path(folder: &Path) -> PathBuf {
    folder.join("campanile.db")
}

pub(super) fn database(path: PathBuf, key: &Key) -> Database {
    Database::encrypted(path, key.clone(), MIGRATIONS)
}

fn key_check(folder: &Path) -> PathBuf {
    folder.join("campanile.key-check")
}

/// Opens or makes the file, tells a wrong key from damage, and brings the schema up to date.
pub(super) fn open(folder: &Path, key: &Key) -> Result<(Connection, Opening), StoreError> {
    let path = path(folder);
    let is_new = !path.exists();
    let check = check_of(folder, key)?;
    if check == Check::Differs {
        return Err(StoreError::WrongKey);
    }
    match database(path, key).open().map_err(StoreError::from) {
        Ok(connection) => {
            if check == Check::Missing {
                write_check(folder, key)?;
            }
            Ok((connection, if is_new { Opening::New } else { Opening::Existing }))
        }
        // Without the check value nobody can say which of the two it is: then nothing is touched.
        Err(StoreError::Damaged) if check == Check::Missing => Err(StoreError::WrongKey),
        Err(StoreError::Damaged) => Ok((damage::rebuild(folder, key)?, Opening::Rebuilt)),
        Err(other) => Err(other),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Check {
    Fits,
    Differs,
    Missing,
}

fn check_of(folder: &Path, key: &Key) -> Result<Check, StoreError> {
    match fs::read(key_check(folder)) {
        Ok(held) => {
            let fits = hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, key.as_ref()), CHECKED, &held).is_ok();
            // A check value cut short by a power cut says nothing.
            Ok(if fits {
                Check::Fits
            } else if held.len() == 32 {
                Check::Differs
            } else {
                Check::Missing
            })
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Check::Missing),
        Err(error) => Err(error.into()),
    }
}

fn write_check(folder: &Path, key: &Key) -> Result<(), StoreError> {
    let value = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key.as_ref()), CHECKED);
    let path = key_check(folder);
    let fresh = path.with_extension("key-check-new");
    let mut file = fs::File::create(&fresh)?;
    file.write_all(value.as_ref())?;
    file.sync_all()?;
    fs::rename(&fresh, &path)?;
    Ok(())
}
