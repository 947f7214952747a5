//! The area `sync()`: registration, catch-up, the live stream.

use std::sync::{Arc, atomic::AtomicBool};

use crate::{CampanileError, UtcInstant, campanile::Shared};

/// Where the push service reaches this phone.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum PushEndpoint {
    /// No push service: the app listens to the server's live stream.
    Stream,
    /// Firebase Cloud Messaging.
    Fcm {
        /// The registration token.
        token: String,
    },
}

/// How a synchronisation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum SyncOutcome {
    /// Everything was fetched.
    Complete,
    /// Stopped by the token; what was fetched is kept.
    Cancelled,
}

/// What a synchronisation did.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SyncReceipt {
    /// How it ended.
    pub outcome: SyncOutcome,
    /// Items verified and kept for the first time.
    pub accepted: u32,
    /// Items refused.
    pub refused: u32,
}

/// Where the synchronisation stands.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SyncStatus {
    /// Whether the phone is registered at every town of its places.
    pub is_registered: bool,
    /// Whether the live stream is connected at every town.
    pub is_listening: bool,
    /// The last complete synchronisation.
    pub last_complete: Option<UtcInstant>,
}

/// Stops a call that takes long. A cancelled token stays cancelled.
#[derive(Debug, uniffi::Object)]
pub struct CancelToken {
    sender: tokio::sync::watch::Sender<bool>,
}

#[uniffi::export]
impl CancelToken {
    /// A token that has not been cancelled.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::new(Self { sender: tokio::sync::watch::Sender::new(false) })
    }

    /// Stops whatever waits on this token. The call returns what it did so far with the outcome `Cancelled`.
    pub fn cancel(&self) {
        self.sender.send_replace(true);
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        *self.sender.borrow()
    }
}

/// The area of the network.
#[derive(uniffi::Object)]
pub struct Sync {
    pub(crate) shared: Arc<Shared>,
    pub(crate) is_listening: Arc<AtomicBool>,
}

#[uniffi::export]
impl Sync {
    /// Registers the phone at the towns of its places with unlinked random ids, or renews what is registered.
    pub async fn register(
        &self,
        endpoint: PushEndpoint,
        cancel: Option<Arc<CancelToken>>,
    ) -> Result<SyncReceipt, CampanileError> {
        let _ = (endpoint, cancel);
        Err(CampanileError::internal("not_built"))
    }

    /// Fetches trust lists, revocations, items and heads of all towns. Idempotent; at most 60 seconds.
    pub async fn refresh(&self, cancel: Option<Arc<CancelToken>>) -> Result<SyncReceipt, CampanileError> {
        let _ = cancel;
        Err(CampanileError::internal("not_built"))
    }

    /// Keeps the live stream of every town open until the token is cancelled or the core is paused.
    pub async fn listen(&self, cancel: Arc<CancelToken>) -> Result<SyncReceipt, CampanileError> {
        let _ = cancel;
        Err(CampanileError::internal("not_built"))
    }

    /// Where the synchronisation stands.
    pub fn status(&self) -> Result<SyncStatus, CampanileError> {
        self.shared.sync_status(self.is_listening.load(std::sync::atomic::Ordering::SeqCst))
    }
}
