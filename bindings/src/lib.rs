//! The uniffi edge of Campanile: one object, its records, one error.
//!
//! Read [`Campanile`] first, then [`AlertRow`] (what a list shows) and [`CampanileError`] (what a shell can do about a
//! failure). Reads of the store are synchronous and take milliseconds; what touches the network is async.
//! Not here: any decision. What an alert means, who signed it and what is said of it is core's.

uniffi::setup_scaffolding!();

mod alerts;
mod campanile;
mod error;
mod instant;
mod logs;
mod observers;
mod places;
mod platform;
mod push;
mod runtime;
mod settings;
mod sync;
mod towns;
mod values;

pub use alerts::{AlertDetail, AlertList, AlertRow, Alerts, HeadState, ReceiveReceipt, RefusedRow};
pub use campanile::{Campanile, CampanileConfig, Opening, core_version};
pub use error::CampanileError;
pub use instant::UtcInstant;
pub use observers::{AlertsObserver, Subscription};
pub use places::{ComuneRow, Corner, DayRow, PlaceDraft, PlaceRow, Places};
pub use platform::{Clock, KeyStore, LocationSource, LogLevel, LogSink, Platform, PlatformError, Position};
pub use push::{Loudness, PushNotification, PushOutcome, PushPresentation, SealedPlaces, present_push};
pub use settings::{Preferences, Settings};
pub use sync::{CancelToken, PushEndpoint, Sync, SyncOutcome, SyncReceipt, SyncStatus};
pub use towns::{Town, built_in_towns};
pub use values::{AlertKind, Environment, Level, Phase, Status};
