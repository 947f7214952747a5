//! The trust list: persons, offices and feeds, their keys, roles and scope.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::{KeyId, PublicKey};
use crate::{
    area::AreaKey,
    notice::{Environment, codec::instant},
};

/// What an app release carries for a town: the keys that everything else hangs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustAnchor {
    /// Id of the town.
    pub town: String,
    /// Live or demo.
    pub environment: Environment,
    /// The root keys, all offline.
    pub roots: Vec<PublicKey>,
    /// How many of them must sign a trust list.
    pub threshold: u8,
}

/// What kind of holder keys belong to. Thresholds count persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum HolderKind {
    /// One officer, with any number of keys.
    #[n(0)]
    Person,
    /// An office of the town.
    #[n(1)]
    Office,
    /// The machine that fetches official feeds.
    #[n(2)]
    Feed,
}

/// What a holder may sign.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode, Serialize, Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Alerts and their ends.
    #[n(0)]
    Alerts,
    /// Bulletins of official feeds.
    #[n(1)]
    Bulletins,
    /// The head.
    #[n(2)]
    Heads,
    /// Map layers.
    #[n(3)]
    Layers,
    /// Useful numbers.
    #[n(4)]
    Numbers,
    /// Dated rules.
    #[n(5)]
    Rules,
}

/// A key and its days.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct HolderKey {
    /// The key.
    #[n(0)]
    pub public: PublicKey,
    /// First instant at which it may sign.
    #[cbor(n(1), with = "instant")]
    pub valid_from: DateTime<Utc>,
    /// First instant at which it may not any more.
    #[cbor(n(2), with = "instant")]
    pub valid_to: DateTime<Utc>,
}

/// Somebody who may sign. Known by a short id, never by a person's name.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Holder {
    /// Such as `ufficiale-2`; the same person has one id.
    #[n(0)]
    pub id: String,
    /// Person, office or feed.
    #[n(1)]
    pub kind: HolderKind,
    /// What they may sign.
    #[n(2)]
    pub roles: Vec<Role>,
    /// The comuni and zones that they may address.
    #[n(3)]
    pub scope: Vec<AreaKey>,
    /// Their keys.
    #[n(4)]
    pub keys: Vec<HolderKey>,
}

/// The payload of an item of kind [`super::ItemKind::TrustList`].
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct TrustList {
    /// Only ever grows.
    #[n(0)]
    pub version: u32,
    /// Id of the town.
    #[n(1)]
    pub town: String,
    /// Live or demo.
    #[n(2)]
    pub environment: Environment,
    /// When it was signed.
    #[cbor(n(3), with = "instant")]
    pub issued: DateTime<Utc>,
    /// After this, alerts still show, labelled and not full-screen.
    #[cbor(n(4), with = "instant")]
    pub expires: DateTime<Utc>,
    /// The roots from now on; a change is signed by the old ones and the new ones.
    #[n(5)]
    pub roots: Vec<PublicKey>,
    /// How many roots must sign.
    #[n(6)]
    pub root_threshold: u8,
    /// Everybody who may sign.
    #[n(7)]
    pub holders: Vec<Holder>,
    /// Keys that may not sign any more.
    #[n(8)]
    pub revoked: Vec<KeyId>,
}

impl TrustList {
    /// The holder of a key, and the key.
    pub fn holder_of(&self, id: KeyId) -> Option<(&Holder, &HolderKey)> {
        self.holders
            .iter()
            .find_map(|holder| holder.keys.iter().find(|key| key.public.id() == id).map(|key| (holder, key)))
    }

    /// The revoked keys.
    pub fn revoked_keys(&self) -> BTreeSet<KeyId> {
        self.revoked.iter().copied().collect()
    }
}

/// A removal of keys by two officers: the payload of an item of kind [`super::ItemKind::Revocation`].
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Revocation {
    /// Id of the town.
    #[n(0)]
    pub town: String,
    /// Live or demo.
    #[n(1)]
    pub environment: Environment,
    /// When it was signed.
    #[cbor(n(2), with = "instant")]
    pub sent: DateTime<Utc>,
    /// The keys that may not sign any more.
    #[n(3)]
    pub revoked: Vec<KeyId>,
}
