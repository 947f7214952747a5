//! An officer's key in a file, encrypted under a passphrase.

use argon2::{Algorithm, Argon2, Params, Version};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use campanile_core::trust::{KeyError, SigningKey};
use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    rand::{SecureRandom, SystemRandom},
};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

const FORMAT: &str = "campanile-key-1";
const SALT_BYTES: usize = 16;
/// The shortest passphrase accepted, characters.
pub const SHORTEST_PASSPHRASE: usize = 12;

/// Why a key file cannot be made or opened.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// Not a key file.
    #[error("this is not a key file of campanile-sign: {what}")]
    NotAKeyFile {
        /// The part that is wrong.
        what: String,
    },
    /// Another passphrase sealed it, or it was changed.
    #[error("the passphrase does not open this key")]
    WrongPassphrase,
    /// Too short.
    #[error("the passphrase has {found} characters, at least {SHORTEST_PASSPHRASE} are needed")]
    TooShort {
        /// Its length.
        found: usize,
    },
    /// No randomness, or no memory for the derivation.
    #[error("the key could not be sealed on this machine")]
    NotSealed,
    /// The key itself is unusable.
    #[error(transparent)]
    Key(#[from] KeyError),
}

#[derive(Serialize, Deserialize)]
struct KeyFile {
    format: String,
    /// Public half, hexadecimal: what is compared in person and goes into the trust list.
    public: String,
    memory_kib: u32,
    passes: u32,
    salt: String,
    /// Nonce, then AES-256-GCM of the seed.
    sealed: String,
}

fn derive(
    passphrase: &str,
    salt: &[u8],
    memory_kib: u32,
    passes: u32,
) -> Result<Zeroizing<[u8; 32]>, KeyFileError> {
    let params = Params::new(memory_kib, passes, 1, Some(32))
        .map_err(|error| KeyFileError::NotAKeyFile { what: error.to_string() })?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, key.as_mut())
        .map_err(|_no_memory| KeyFileError::NotSealed)?;
    Ok(key)
}

fn cipher(key: &[u8; 32]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).expect("32 bytes are a key of AES-256"))
}

/// The text of a key file: `key` sealed under `passphrase` (Argon2id with 64 MiB and 3 passes, AES-256-GCM).
pub fn seal(key: &SigningKey, passphrase: &str) -> Result<String, KeyFileError> {
    let found = passphrase.chars().count();
    if found < SHORTEST_PASSPHRASE {
        return Err(KeyFileError::TooShort { found });
    }
    let (memory_kib, passes) = (64 * 1024, 3);
    let mut salt = [0; SALT_BYTES];
    let mut nonce = [0; NONCE_LEN];
    let random = SystemRandom::new();
    random.fill(&mut salt).map_err(|_unspecified| KeyFileError::NotSealed)?;
    random.fill(&mut nonce).map_err(|_unspecified| KeyFileError::NotSealed)?;
    let public = key.public().to_string();
    let mut sealed = key.seed().to_vec();
    let derived = derive(passphrase, &salt, memory_kib, passes)?;
    cipher(&derived)
        .seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(public.as_bytes()),
            &mut sealed,
        )
        .map_err(|_unspecified| KeyFileError::NotSealed)?;
    let file = KeyFile {
        format: FORMAT.to_owned(),
        memory_kib,
        passes,
        salt: BASE64.encode(salt),
        sealed: BASE64.encode([&nonce[..], &sealed].concat()),
        public,
    };
    let text = serde_json::to_string_pretty(&file).map_err(|_json| KeyFileError::NotSealed)?;
    Ok(text + "\n")
}

/// The key in the text of a key file.
pub fn open(text: &str, passphrase: &str) -> Result<SigningKey, KeyFileError> {
    let wrong = |what: &str| KeyFileError::NotAKeyFile { what: what.to_owned() };
    let file: KeyFile = serde_json::from_str(text).map_err(|error| wrong(&error.to_string()))?;
    if file.format != FORMAT {
        return Err(wrong("'format' is not campanile-key-1"));
    }
    // A file from elsewhere may not make this machine spend all its memory.
    if file.memory_kib > 1024 * 1024 || file.passes > 16 {
        return Err(wrong("'memory_kib' or 'passes' is too large"));
    }
    let salt = BASE64.decode(&file.salt).map_err(|_base64| wrong("'salt' is not base64"))?;
    let sealed = BASE64.decode(&file.sealed).map_err(|_base64| wrong("'sealed' is not base64"))?;
    let (nonce, rest) = sealed.split_at_checked(NONCE_LEN).ok_or_else(|| wrong("'sealed' is too short"))?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_length| wrong("'sealed' is too short"))?;
    let derived = derive(passphrase, &salt, file.memory_kib, file.passes)?;
    let mut rest = rest.to_vec();
    let plain = cipher(&derived)
        .open_in_place(nonce, Aad::from(file.public.as_bytes()), &mut rest)
        .map_err(|_unspecified| KeyFileError::WrongPassphrase)?;
    let seed: Result<[u8; 32], _> = (&*plain).try_into();
    let seed = seed.map(Zeroizing::new).map_err(|_length| wrong("'sealed' holds no key"))?;
    rest.zeroize();
    let key = SigningKey::from_seed(&seed)?;
    if key.public().to_string() == file.public { Ok(key) } else { Err(wrong("'public' is another key")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSPHRASE: &str = "cavallo batteria graffetta";

    #[test]
    fn a_key_opens_with_its_passphrase_only() {
        let key = SigningKey::generate().unwrap();
        let text = seal(&key, PASSPHRASE).unwrap();
        assert_eq!(open(&text, PASSPHRASE).unwrap().public(), key.public());
        assert!(matches!(open(&text, "cavallo batteria"), Err(KeyFileError::WrongPassphrase)));
    }

    #[test]
    fn a_changed_file_is_refused_by_name() {
        let text = seal(&SigningKey::generate().unwrap(), PASSPHRASE).unwrap();
        let other = seal(&SigningKey::generate().unwrap(), PASSPHRASE).unwrap();
        let public = |text: &str| text.lines().find(|line| line.contains("public")).unwrap().to_owned();
        let swapped = text.replace(&public(&text), &public(&other));
        assert!(matches!(open(&swapped, PASSPHRASE), Err(KeyFileError::WrongPassphrase)));
        assert!(matches!(open("{}", PASSPHRASE), Err(KeyFileError::NotAKeyFile { .. })));
        let greedy = text.replace("65536", "4000000000");
        assert!(open(&greedy, PASSPHRASE).unwrap_err().to_string().contains("too large"));
    }

    #[test]
    fn a_short_passphrase_is_refused() {
        let key = SigningKey::generate().unwrap();
        assert!(matches!(seal(&key, "corta"), Err(KeyFileError::TooShort { found: 5 })));
    }
}
