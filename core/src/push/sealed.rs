//! The saved places, sealed for the file that the notification extension reads.

use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    rand::{SecureRandom, SystemRandom},
};

use crate::alerts::Place;

const AAD: &[u8] = b"campanile/places/1";

/// Why the places cannot be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Another key sealed them, or the file is damaged.
    #[error("the saved places cannot be opened with this key")]
    WrongKey,
    /// What was sealed is not a list of places.
    #[error("the saved places cannot be read")]
    Unreadable,
    /// No randomness was to be had.
    #[error("the saved places could not be sealed")]
    NotSealed,
}

fn cipher(key: &[u8; 32]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).expect("32 bytes are a key of AES-256"))
}

/// `places` encrypted with AES-256-GCM: nonce, then ciphertext and tag.
pub fn seal_places(key: &[u8; 32], places: &[Place]) -> Result<Vec<u8>, SealError> {
    let mut nonce = [0; NONCE_LEN];
    SystemRandom::new().fill(&mut nonce).map_err(|_unspecified| SealError::NotSealed)?;
    let mut sealed = serde_json::to_vec(places).map_err(|_json| SealError::NotSealed)?;
    cipher(key)
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(AAD), &mut sealed)
        .map_err(|_unspecified| SealError::NotSealed)?;
    Ok([&nonce[..], &sealed].concat())
}

/// The places that [`seal_places`] sealed.
pub fn open_places(key: &[u8; 32], sealed: &[u8]) -> Result<Vec<Place>, SealError> {
    let (nonce, rest) = sealed.split_at_checked(NONCE_LEN).ok_or(SealError::WrongKey)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_unspecified| SealError::WrongKey)?;
    let mut rest = rest.to_vec();
    let plain = cipher(key)
        .open_in_place(nonce, Aad::from(AAD), &mut rest)
        .map_err(|_unspecified| SealError::WrongKey)?;
    serde_json::from_slice(plain).map_err(|_json| SealError::Unreadable)
}
