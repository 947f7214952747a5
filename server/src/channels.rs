//! The ways to a phone. One folder each, with the same file names: `client`, `message`, `error`, `settings`.

pub mod fcm;
pub mod stream;

use std::{future::Future, pin::Pin, time::Duration};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How a phone is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// The phone keeps a connection to this server open.
    Stream,
    /// Firebase Cloud Messaging, HTTP v1.
    Fcm,
}

impl ChannelKind {
    /// Every channel.
    pub const ALL: [Self; 2] = [Self::Stream, Self::Fcm];

    /// Its stable name, as in the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stream => "stream",
            Self::Fcm => "fcm",
        }
    }

    /// Whether phones are reached one by one through a push service.
    pub fn is_pushed(self) -> bool {
        self != Self::Stream
    }
}

/// What a push service is given for one phone, the same for all phones of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// The whole `COSE_Sign`.
    pub item: Bytes,
    /// Of several with the same key, a phone that was away needs the last only.
    pub collapse_key: String,
    /// After this the push service need not deliver it.
    pub expires: DateTime<Utc>,
}

/// Why a push service did not take a parcel, by what the fan-out does about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The phone is not there any more: forget its token.
    DeadEndpoint,
    /// Refused for good for this phone; `code` is the service's own name of the reason.
    Refused {
        /// Such as `INVALID_ARGUMENT`.
        code: String,
    },
    /// Try again, not before the time that the service asked for.
    Later {
        /// Such as `UNAVAILABLE`.
        code: String,
        /// What the service asked for.
        after: Option<Duration>,
    },
}

/// A parcel on its way.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<(), Failure>> + Send + 'a>>;

/// A push service, as the fan-out uses it.
pub trait PushChannel: Send + Sync {
    /// Which channel it is.
    fn kind(&self) -> ChannelKind;
    /// Sends one parcel to one phone; ends within the channel's own time-out.
    fn send<'a>(&'a self, endpoint: &'a str, parcel: &'a Parcel, now: DateTime<Utc>) -> Sending<'a>;
    /// How many parcels may be on their way at once.
    fn most_in_flight(&self) -> usize;
    /// The pause before the first repetition; doubles from there.
    fn first_retry(&self) -> Duration;
}
