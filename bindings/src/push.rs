//! Bytes of a push service -> what to show. Needs no store: it runs in a notification extension.

use campanile_core::{
    push::{Notification, Outcome, Snapshot, open_places, present},
    store::Key,
    words::Words,
};
use zeroize::Zeroizing;

use crate::{CampanileError, Level, Status, UtcInstant};

/// How loud a notification is.
pub type Loudness = campanile_core::push::Loudness;

/// How loud the shell is to be, from nothing to everything.
#[uniffi::remote(Enum)]
pub enum Loudness {
    /// In the app only.
    None,
    /// Listed without sound or light: elsewhere, or an exercise.
    Passive,
    /// A notice without sound.
    Quiet,
    /// Rings.
    Ring,
    /// Rings through quiet hours and fills the screen, where the system allows it.
    FullScreen,
}

/// A notification to post.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct PushNotification {
    /// Posting under the same tag replaces the earlier notification; equals the row's id.
    pub tag: String,
    /// One line that begins with the level.
    pub title: String,
    /// What to do, what it is, where and until when.
    pub body: String,
    /// The whole as it should be read aloud; begins with the level.
    pub spoken: String,
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
}

/// What the bytes were.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum PushOutcome {
    /// Verified; the notification is to be posted.
    Shown,
    /// Verified, and nothing has to be said.
    Kept,
    /// Held already; nothing has to be said.
    Duplicate,
    /// Not verified: post nothing, and remove what a push service posted by itself.
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
    /// The snapshot to write, atomically, before anything is posted; none when nothing changed.
    pub snapshot: Option<Vec<u8>>,
}

/// The saved places as they lie on the disk, with their key.
#[derive(Clone, uniffi::Record)]
pub struct SealedPlaces {
    /// What `Campanile.sealed_places` gave.
    pub sealed: Vec<u8>,
    /// The same as `KeyStore.places_key`.
    pub key: Vec<u8>,
}

/// Decides what a phone shows of pushed bytes. Pure: opens no file, asks no network, reads no clock.
///
/// `snapshot` is what `Campanile.push_snapshot` or the last call gave. `places` are the saved
/// places with their key; none before the first unlock, when an alert is verified and shown without targeting.
/// Throws `Invalid` when the snapshot or the places cannot be read.
#[uniffi::export]
pub fn present_push(
    bytes: Vec<u8>,
    snapshot: Vec<u8>,
    places: Option<SealedPlaces>,
    now: UtcInstant,
) -> Result<PushPresentation, CampanileError> {
    let snapshot = Snapshot::from_bytes(&snapshot)
        .map_err(|refusal| CampanileError::invalid("snapshot", refusal.code()))?;
    let places = match places {
        Some(sealed) => {
            let key = key_of(&Zeroizing::new(sealed.key))
                .ok_or_else(|| CampanileError::invalid("places.key", "expected 32 bytes"))?;
            let places = open_places(&key, &sealed.sealed);
            Some(places.map_err(|error| CampanileError::invalid("places.sealed", error))?)
        }
        None => None,
    };
    let words = Words::of(snapshot.language());
    let shown = present(&bytes, &snapshot, places.as_deref(), now);
    Ok(PushPresentation {
        outcome: match shown.outcome {
            Outcome::Shown => PushOutcome::Shown,
            Outcome::Kept => PushOutcome::Kept,
            Outcome::Duplicate => PushOutcome::Duplicate,
            Outcome::Refused(refusal) => PushOutcome::Refused { reason: refusal.code().to_owned() },
        },
        notification: shown.notification.map(|notification| push_notification(notification, words)),
        removes: shown.removes,
        snapshot: shown.snapshot.map(|next| next.to_bytes()),
    })
}

pub(crate) fn push_notification(notification: Notification, words: &Words) -> PushNotification {
    PushNotification {
        shape: words.shape(notification.level),
        tag: notification.tag,
        title: notification.title,
        body: notification.body,
        spoken: notification.spoken,
        loudness: notification.loudness,
        level: notification.level,
        status: notification.status,
        labels: notification.labels,
    }
}

/// The raw key in `bytes`, if they are 32.
pub(crate) fn key_of(bytes: &[u8]) -> Option<Key> {
    let mut key = Key::default();
    (bytes.len() == key.len()).then(|| {
        key.copy_from_slice(bytes);
        key
    })
}
