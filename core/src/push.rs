//! From bytes that arrive to what the phone shows: pure, opens no store.
//!
//! [`present()`] is the whole decision: verify, dedupe, target, choose loudness and words. It is the same for a push,
//! for the live stream and for the catch-up, on Android, iOS and in the terminal. Read [`Presentation`] and
//! [`Snapshot`] first. Not here: how the shell rings, or how the store keeps what was received ([`crate::store`]).

mod decide;
mod present;
mod sealed;
mod snapshot;

pub use decide::Loudness;
pub use present::{Notification, Outcome, Presentation, present};
pub use sealed::{SealError, open_places, seal_places};
pub use snapshot::{HeadState, HeadView, Held, Snapshot, TownSnapshot};

#[cfg(test)]
mod tests;
