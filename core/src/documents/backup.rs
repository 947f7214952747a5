//! A backup of documents in one file, sealed under a passphrase.
//!
//! Read [`seal`] and [`open`] first. The operating system's own backup leaves documents out; this file is how they
//! change phones. Not here: where the file is put, and who types the passphrase.

use argon2::{Algorithm, Argon2, Params, Version};
use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    rand::SecureRandom,
};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::Document;

/// The shortest passphrase accepted, characters.
pub const SHORTEST_PASSPHRASE: usize = 10;

/// The largest backup that is opened: far more than a household has.
pub const MOST_BYTES: usize = 16 * 1024 * 1024;

const MAGIC: &[u8; 5] = b"CMPB\x01";
const SALT_LEN: usize = 16;
const HEADER_LEN: usize = MAGIC.len() + 8 + SALT_LEN + NONCE_LEN;

/// Memory and passes of new backups: 64 MiB, three times.
const COST: Cost = Cost { memory_kib: 65_536, passes: 3 };

/// A file may not ask a phone for more than this.
const MOST_COST: Cost = Cost { memory_kib: 262_144, passes: 10 };

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cost {
    memory_kib: u32,
    passes: u32,
}

/// Why a backup cannot be made or opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BackupError {
    /// Too short to protect anything.
    #[error("the passphrase has {found} characters, at least {SHORTEST_PASSPHRASE} are needed")]
    TooShort {
        /// Its length.
        found: usize,
    },
    /// Not such a file, or cut off.
    #[error("this is not a backup of Campanile: {what}")]
    NotABackup {
        /// What is wrong.
        what: &'static str,
    },
    /// Another passphrase sealed it, or the file was changed.
    #[error("the passphrase does not open this backup, or the file was changed")]
    WrongPassphrase,
    /// Opened, but of a form that this build does not read.
    #[error("the backup opens, but its contents cannot be read: made by a newer Campanile?")]
    Contents,
    /// No randomness, or no memory for the derivation.
    #[error("the backup could not be sealed or opened on this phone: not enough memory")]
    Machine,
}

#[derive(Serialize, Deserialize)]
struct Contents {
    version: u32,
    documents: Vec<Document>,
}

/// A backup of `documents`, sealed under `passphrase` (Argon2id, then AES-256-GCM over all of it).
///
/// `random` is the machine's; two backups of the same documents differ.
pub fn seal(
    documents: &[Document],
    passphrase: &str,
    random: &dyn SecureRandom,
) -> Result<Vec<u8>, BackupError> {
    seal_at(documents, passphrase, random, COST)
}

fn seal_at(
    documents: &[Document],
    passphrase: &str,
    random: &dyn SecureRandom,
    cost: Cost,
) -> Result<Vec<u8>, BackupError> {
    let found = passphrase.chars().count();
    if found < SHORTEST_PASSPHRASE {
        return Err(BackupError::TooShort { found });
    }
    let mut fresh = [0; SALT_LEN + NONCE_LEN];
    random.fill(&mut fresh).map_err(|_unspecified| BackupError::Machine)?;
    let mut file = Vec::with_capacity(HEADER_LEN);
    file.extend_from_slice(MAGIC);
    file.extend_from_slice(&cost.memory_kib.to_be_bytes());
    file.extend_from_slice(&cost.passes.to_be_bytes());
    file.extend_from_slice(&fresh);
    let contents = Contents { version: 1, documents: documents.to_vec() };
    let mut sealed =
        Zeroizing::new(serde_json::to_vec(&contents).map_err(|_unwritable| BackupError::Contents)?);
    let (key, nonce) = key_of(passphrase, &fresh, cost)?;
    key.seal_in_place_append_tag(nonce, Aad::from(&file[..]), &mut *sealed)
        .map_err(|_unspecified| BackupError::Machine)?;
    file.extend_from_slice(&sealed);
    Ok(file)
}

/// The documents of a backup.
///
/// Errors: not a backup, more than [`MOST_BYTES`] or with a cost that no phone should pay; another passphrase;
/// contents of a newer form.
pub fn open(file: &[u8], passphrase: &str) -> Result<Vec<Document>, BackupError> {
    let not = |what| BackupError::NotABackup { what };
    if file.len() > MOST_BYTES {
        return Err(not("it is too large"));
    }
    let rest = file.strip_prefix(MAGIC).ok_or_else(|| not("it does not begin like one"))?;
    let (memory, rest) = rest.split_first_chunk().ok_or_else(|| not("it is cut off"))?;
    let (passes, rest) = rest.split_first_chunk().ok_or_else(|| not("it is cut off"))?;
    let (fresh, sealed) = rest.split_first_chunk().ok_or_else(|| not("it is cut off"))?;
    let cost = Cost { memory_kib: u32::from_be_bytes(*memory), passes: u32::from_be_bytes(*passes) };
    if cost.memory_kib > MOST_COST.memory_kib || cost.passes > MOST_COST.passes {
        return Err(not("it asks for more memory or time than a backup does"));
    }
    let (key, nonce) = key_of(passphrase, fresh, cost)?;
    let mut plain = Zeroizing::new(sealed.to_vec());
    let header = file.get(..HEADER_LEN).unwrap_or_default();
    let opened = key
        .open_in_place(nonce, Aad::from(header), &mut plain)
        .map_err(|_unspecified| BackupError::WrongPassphrase)?;
    let contents: Contents = serde_json::from_slice(opened).map_err(|_unreadable| BackupError::Contents)?;
    if contents.version == 1 { Ok(contents.documents) } else { Err(BackupError::Contents) }
}

fn key_of(
    passphrase: &str,
    fresh: &[u8; SALT_LEN + NONCE_LEN],
    cost: Cost,
) -> Result<(LessSafeKey, Nonce), BackupError> {
    let (salt, nonce) = fresh.split_at(SALT_LEN);
    let params = Params::new(cost.memory_kib, cost.passes, 1, Some(32))
        .map_err(|_out_of_range| BackupError::NotABackup { what: "its cost is no cost of Argon2id" })?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, key.as_mut())
        .map_err(|_no_memory| BackupError::Machine)?;
    let key = UnboundKey::new(&AES_256_GCM, key.as_ref()).map_err(|_unspecified| BackupError::Machine)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_unspecified| BackupError::Machine)?;
    Ok((LessSafeKey::new(key), nonce))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ring::rand::SystemRandom;

    use super::*;
    use crate::documents::{DocumentNumber, Facts, Holder, Origin, Series};

    const CHEAP: Cost = Cost { memory_kib: 64, passes: 1 };
    const PASSPHRASE: &str = "il campanile suona a mezzogiorno";

    fn documents() -> Vec<Document> {
        vec![Document {
            id: "d1".into(),
            kind: "cie".into(),
            holder: Holder::Other("Anna".into()),
            label: None,
            number: Some(DocumentNumber::new("CA12345AB")),
            facts: Facts { printed: "2035-06-20".parse().ok(), ..Facts::default() },
            origin: Origin::User,
            confirmed_at: None,
            dated_at: "2026-11-25T09:00:00Z".parse().unwrap(),
            series: Series::default(),
        }]
    }

    fn cheap() -> Vec<u8> {
        seal_at(&documents(), PASSPHRASE, &SystemRandom::new(), CHEAP).unwrap()
    }

    #[test]
    fn a_backup_opens_on_the_new_phone_with_its_passphrase_alone() {
        let file = seal(&documents(), PASSPHRASE, &SystemRandom::new()).unwrap();
        assert_eq!(open(&file, PASSPHRASE).unwrap(), documents());
        assert_eq!(open(&file, "il campanile suona a mezzanotte"), Err(BackupError::WrongPassphrase));
        assert!(!file.windows(4).any(|bytes| bytes == b"Anna" || bytes == b"CA12"));
    }

    #[test]
    fn two_backups_of_the_same_differ() {
        assert_ne!(cheap(), cheap());
    }

    #[test]
    fn a_changed_or_cut_file_does_not_open() {
        let file = cheap();
        for at in [MAGIC.len() + 8, HEADER_LEN, file.len() - 1] {
            let mut changed = file.clone();
            changed[at] ^= 1;
            assert_eq!(open(&changed, PASSPHRASE), Err(BackupError::WrongPassphrase));
        }
        assert!(matches!(open(&file[..20], PASSPHRASE), Err(BackupError::NotABackup { .. })));
        assert!(matches!(open(b"PK\x03\x04", PASSPHRASE), Err(BackupError::NotABackup { .. })));
    }

    #[test]
    fn a_file_cannot_ask_for_all_memory_of_the_phone() {
        let mut file = cheap();
        file[MAGIC.len()..MAGIC.len() + 4].copy_from_slice(&u32::MAX.to_be_bytes());
        assert!(matches!(open(&file, PASSPHRASE), Err(BackupError::NotABackup { .. })));
    }

    #[test]
    fn a_short_passphrase_is_refused_with_its_length() {
        let refused = seal(&documents(), "corta", &SystemRandom::new());
        assert_eq!(refused, Err(BackupError::TooShort { found: 5 }));
    }

    proptest! {
        #[test]
        fn no_file_panics(bytes in proptest::collection::vec(any::<u8>(), 0..80), with_magic in any::<bool>()) {
            let mut file = if with_magic { MAGIC.to_vec() } else { Vec::new() };
            if with_magic {
                file.extend_from_slice(&CHEAP.memory_kib.to_be_bytes());
                file.extend_from_slice(&CHEAP.passes.to_be_bytes());
            }
            file.extend_from_slice(&bytes);
            prop_assert!(open(&file, PASSPHRASE).is_err());
        }
    }
}
