//! The compact signed payload: what a push carries and a phone verifies.
//!
//! Read [`AlertNotice`] and [`BulletinNotice`] first. Order: fit into the budget, preview the fitted result,
//! sign exactly those bytes ([`crate::trust`]). CBOR (RFC 8949) maps with small integer keys; unknown keys are skipped.
//! The wire is described in docs/protocol.md and docs/campanile.cddl.
//! Not here: who signed ([`crate::trust`]), what is shown ([`crate::push`]).

mod alert;
mod bulletin;
pub(crate) mod codec;
mod fit;
mod full_cap;
mod head;

pub use alert::{
    AlertNotice, Area, Certainty, Circle, MsgType, Purpose, Reference, Severity, Status, Text, Urgency,
};
pub use bulletin::{BulletinDayRows, BulletinEdition, BulletinNotice, ZoneRow};
pub use codec::{decode, encode};
pub use fit::{FitError, Fitted, Step, fit};
pub use full_cap::to_cap;
pub use head::{Head, HeadEntry};

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// The version of the wire that this build writes.
pub const VERSION: u8 = 1;

/// Whether an item, a phone or a server is for real. A live phone refuses demo items by name (safety rule 10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    /// For real.
    #[n(0)]
    Live,
    /// A demonstration with throw-away keys.
    #[n(1)]
    Demo,
}
