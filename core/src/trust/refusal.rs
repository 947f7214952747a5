//! Why an item is not shown.

/// Why a signed item was not accepted. Safety rule 7: it is never shown as an alert.
///
/// Carries no content of the item; [`Refusal::code`] is the stable name that logs, metrics and tests use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The bytes are not the CBOR that the protocol describes.
    #[error("the item cannot be read: {what}")]
    Malformed {
        /// The part that cannot be read.
        what: String,
    },
    /// Longer than an item may be.
    #[error("the item has {size_bytes} bytes, at most {limit_bytes} are allowed")]
    TooLarge {
        /// Its length.
        size_bytes: usize,
        /// The limit.
        limit_bytes: usize,
    },
    /// A content type or version that this build does not know.
    #[error("the item is of a kind that this build does not know")]
    UnknownKind,
    /// Made for another town.
    #[error("the item is for another town")]
    WrongTown,
    /// A demo item on a live phone (safety rule 10).
    #[error("the item belongs to a demonstration and this is a live phone")]
    DemoItem,
    /// A live item on a demo phone.
    #[error("the item is live and this phone runs a demonstration")]
    LiveItem,
    /// No signature at all.
    #[error("the item is not signed")]
    NotSigned,
    /// A signature does not fit the bytes.
    #[error("a signature does not fit the bytes")]
    BadSignature,
    /// Signed by a key that the trust list does not name.
    #[error("signed by a key that the trust list does not name")]
    UnknownKey,
    /// Signed by a revoked key.
    #[error("signed by a revoked key")]
    RevokedKey,
    /// Signed by a key outside its days of validity.
    #[error("signed by a key outside its validity")]
    KeyNotValid,
    /// Signed by somebody who may not sign this kind of item.
    #[error("signed by somebody who may not sign this kind of item")]
    WrongRole,
    /// The area is not within what the signer may address.
    #[error("the area is outside what the signer may address")]
    OutOfScope,
    /// Two signatures of one person where two persons are needed.
    #[error("signed twice by the same person")]
    SamePerson,
    /// Signed by too few persons.
    #[error("signed by {found} of {needed} persons")]
    TooFewPersons {
        /// How many this item needs.
        needed: u8,
        /// How many signed validly.
        found: u8,
    },
    /// Ends or changes a chain, signed by fewer persons than the chain's highest severity needs.
    #[error("ends or changes an alert, signed by {found} of {needed} persons")]
    TooFewToEnd {
        /// How many the chain needs.
        needed: u8,
        /// How many signed validly.
        found: u8,
    },
    /// A trust list that is not newer than the one held.
    #[error("the trust list is version {found}, version {held} is held")]
    OldTrustList {
        /// The version offered.
        found: u32,
        /// The version held.
        held: u32,
    },
    /// A trust list without enough root signatures.
    #[error("the trust list is signed by {found} of {needed} roots")]
    TooFewRoots {
        /// How many are needed.
        needed: u8,
        /// How many signed validly.
        found: u8,
    },
    /// A head that is not newer than the one held.
    #[error("the head is number {found}, number {held} is held")]
    OldHead {
        /// The number offered.
        found: u64,
        /// The number held.
        held: u64,
    },
    /// Names no area (safety rule 8).
    #[error("the item names no area")]
    NoArea,
    /// Lasts longer than an alert may.
    #[error("the item lasts longer than {limit_days} days")]
    TooLong {
        /// The limit.
        limit_days: i64,
    },
    /// An update or cancel without a reference to what it changes.
    #[error("the item changes an alert and names none")]
    NoReference,
}

impl Refusal {
    /// The stable name of the reason, in snake case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "malformed",
            Self::TooLarge { .. } => "too_large",
            Self::UnknownKind => "unknown_kind",
            Self::WrongTown => "wrong_town",
            Self::DemoItem => "demo_item",
            Self::LiveItem => "live_item",
            Self::NotSigned => "not_signed",
            Self::BadSignature => "bad_signature",
            Self::UnknownKey => "unknown_key",
            Self::RevokedKey => "revoked_key",
            Self::KeyNotValid => "key_not_valid",
            Self::WrongRole => "wrong_role",
            Self::OutOfScope => "out_of_scope",
            Self::SamePerson => "same_person",
            Self::TooFewPersons { .. } => "too_few_persons",
            Self::TooFewToEnd { .. } => "too_few_to_end",
            Self::OldTrustList { .. } => "old_trust_list",
            Self::TooFewRoots { .. } => "too_few_roots",
            Self::OldHead { .. } => "old_head",
            Self::NoArea => "no_area",
            Self::TooLong { .. } => "too_long",
            Self::NoReference => "no_reference",
        }
    }

    pub(crate) fn malformed(what: impl std::fmt::Display) -> Self {
        Self::Malformed { what: what.to_string() }
    }
}
