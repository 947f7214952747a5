//! Firebase Cloud Messaging, HTTP v1: data messages only, so that the app itself decides what is shown.
//!
//! Source: Firebase documentation, REST resource `projects.messages`, and its error codes.

mod client;
mod error;
mod message;
mod pool;
mod settings;

pub use client::FcmClient;
pub use error::FcmError;
pub use message::data_message;
pub use settings::FcmSettings;
