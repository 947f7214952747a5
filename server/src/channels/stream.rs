//! The live stream: server-sent events from this server itself.
//!
//! Readers pull: each has a cursor and takes what is next from a shared ring of encoded events, or from storage
//! when it fell behind the ring. A slow reader costs a cursor and one event, and misses nothing.

mod client;
mod error;
mod message;
mod settings;

pub use client::{Reader, Stream};
pub use error::StreamError;
pub use message::{head_event, item_event, trust_event};
pub use settings::StreamSettings;
