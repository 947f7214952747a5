//! Who may sign what, and whether they did.
//!
//! Read [`Trust`] (what a phone holds) and [`Refusal`] (why something is not shown) first.
//! Signed items are `COSE_Sign` (RFC 9052) with Ed25519 signatures; officers count as persons, not as keys.
//! Not here: what a verified item means ([`crate::alerts`]) or shows ([`crate::push`]).

mod cose;
mod keys;
mod list;
mod refusal;
mod rules;
mod verify;

pub use cose::{ItemKind, SignatureBytes, SignedItem, assemble, sign, sign_payload};
pub use keys::{KeyError, KeyId, PublicKey, SigningKey, sha256};
pub use list::{Holder, HolderKey, HolderKind, Revocation, Role, TrustAnchor, TrustList};
pub use refusal::Refusal;
pub use rules::{MAX_ALERT_LIFETIME_DAYS, persons_needed};
pub use verify::{Trust, Verified};

#[cfg(test)]
mod tests;
