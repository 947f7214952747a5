//! Bytes of a push service -> what to show. Needs no store: it runs in a notification extension.

use crate::{CampanileError, Level, Status, UtcInstant};

/// How loud a notification is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Loudness {
    /// Takes the whole screen and sounds over silence, where the system allows it.
    FullScreen,
    /// Sounds.
    Ring,
    /// Shown without sound.
    Quiet,
}

/// A notification to post.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct PushNotification {
    /// Posting under the same tag replaces the earlier notification; equals the row's id.
    pub tag: String,
    /// One line that begins with the level.
    pub title: String,
    /// The words below it.
    pub body: String,
    /// How loud.
    pub loudness: Loudness,
    /// The level that colours it.
    pub level: Level,
    /// The name of the shape that stands for the level.
    pub shape: String,
    /// Actual, Exercise or Test.
    pub status: Status,
    /// Remarks in words.
    pub labels: Vec<String>,
    /// After this instant it should be removed.
    pub expires: UtcInstant,
}

/// What the bytes were.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum PushOutcome {
    /// Verified; the notification, if any, is to be posted.
    Shown,
    /// Verified, and nothing has to be said: a duplicate, or no news.
    Silent,
    /// Not verified: post nothing and remove what a push service posted by itself.
    Refused {
        /// The stable name of the reason.
        reason: String,
    },
}

/// What to do with bytes that a push service delivered.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct PushPresentation {
    /// What they were.
    pub outcome: PushOutcome,
    /// What to post.
    pub notification: Option<PushNotification>,
    /// Tags of posted notifications to remove.
    pub removes: Vec<String>,
    /// The snapshot to write, atomically, before anything is posted.
    pub snapshot: Vec<u8>,
}

/// Decides what a phone shows of pushed bytes. Pure: opens no file, asks no network, reads no clock.
///
/// `snapshot` is what `Campanile.push_snapshot` or the last call gave. `places` are the bytes of
/// `Campanile.sealed_places`; none before the first unlock, when an alert is verified and shown without targeting.
/// Throws `Invalid` when the snapshot or the places cannot be read.
#[uniffi::export]
pub fn present_push(
    bytes: Vec<u8>,
    snapshot: Vec<u8>,
    places: Option<Vec<u8>>,
    now: UtcInstant,
) -> Result<PushPresentation, CampanileError> {
    let _ = (bytes, snapshot, places, now);
    Err(CampanileError::internal("not_built"))
}
