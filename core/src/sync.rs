//! A phone's dealings with its towns' servers: registration, trust, catch-up, head, live stream.
//!
//! Read [`Client`] and [`SyncError`] first. Everything may be repeated and stopped at any point: what was taken in is
//! kept with the cursor that says so, in one transaction each. What comes is believed only after
//! [`crate::phone::Phone::receive`] judged it; the server is not trusted with anything. Not here: push services,
//! whose tokens come from the shell.

mod api;
mod backoff;
mod catch_up;
mod error;
mod register;
mod sse;
mod stream;
mod tls;

pub use api::{Client, Endpoint};
pub use catch_up::Synced;
pub use error::SyncError;
