//! The area `sync()`: registration, catch-up, the live stream.

use std::{
    collections::BTreeSet,
    future::Future,
    sync::{Arc, Mutex, PoisonError, atomic::Ordering},
    time::Duration,
};

use campanile_core::sync::{Endpoint, SyncError, Synced};
use tokio::task::JoinSet;

use crate::{CampanileError, UtcInstant, campanile::Shared, runtime};

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
    /// Stopped by the token, or by `pause` or `close`; what was fetched is kept.
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

impl CancelToken {
    async fn cancelled(&self) {
        let mut receiver = self.sender.subscribe();
        // The sender lives as long as this token.
        let _ = receiver.wait_for(|is_cancelled| *is_cancelled).await;
    }
}

/// The area of the network. A cancelled coroutine or task stops the call at its next step; Swift's cancellation does
/// not reach the core, so long calls take a token.
#[derive(uniffi::Object)]
pub struct Sync {
    pub(crate) shared: Arc<Shared>,
}

/// The longest that a call may take as a whole.
const WHOLE_CALL: Duration = Duration::from_secs(60);

#[uniffi::export]
impl Sync {
    /// Registers the phone at the towns of its places with unlinked random ids, or renews what changed. Idempotent;
    /// at most 60 seconds.
    ///
    /// Throws `Offline`, `Server`, `Closed`.
    #[uniffi::method(default(cancel = None))]
    pub async fn register(
        &self,
        endpoint: PushEndpoint,
        cancel: Option<Arc<CancelToken>>,
    ) -> Result<SyncReceipt, CampanileError> {
        let shared = Arc::clone(&self.shared);
        let endpoint = match endpoint {
            PushEndpoint::Stream => Endpoint::Stream,
            PushEndpoint::Fcm { token } => Endpoint::Fcm { token },
        };
        runtime::run(async move {
            let work = shared.client.register_everywhere(&shared.phone, &endpoint);
            let outcome = within(&shared, cancel.as_deref(), WHOLE_CALL, work).await?;
            Ok(receipt(outcome, Synced::default()))
        })
        .await
    }

    /// Fetches trust lists, revocations, items and heads of the towns of the person's places. Idempotent; at most
    /// 60 seconds, what was fetched by then is kept.
    ///
    /// Throws `Offline`, `Server`, `Closed`.
    #[uniffi::method(default(cancel = None))]
    pub async fn refresh(&self, cancel: Option<Arc<CancelToken>>) -> Result<SyncReceipt, CampanileError> {
        let shared = Arc::clone(&self.shared);
        runtime::run(async move {
            let mut synced = Synced::default();
            let work = shared.client.refresh(&shared.phone, &mut synced);
            let outcome = within(&shared, cancel.as_deref(), WHOLE_CALL, work).await?;
            Ok(receipt(outcome, synced))
        })
        .await
    }

    /// Keeps the live stream of every town of the person's places open, over cuts and restarts of the server, until
    /// the token is cancelled, or the core is paused or closed.
    pub async fn listen(&self, cancel: Arc<CancelToken>) -> Result<SyncReceipt, CampanileError> {
        let shared = Arc::clone(&self.shared);
        runtime::run(async move {
            let synced = Arc::new(Mutex::new(Synced::default()));
            let mut towns = JoinSet::new();
            let relevant: BTreeSet<_> =
                shared.phone.relevant_towns().map(|town| town.anchor.town.clone()).collect();
            for (town, connected) in shared.phone.towns().iter().zip(&shared.connected) {
                if !relevant.contains(&town.anchor.town) {
                    continue;
                }
                let (client, phone) = (shared.client.clone(), Arc::clone(&shared.phone));
                let (town, connected, synced) = (town.clone(), Arc::clone(connected), Arc::clone(&synced));
                towns.spawn(async move {
                    let told = |more| synced.lock().unwrap_or_else(PoisonError::into_inner).add(more);
                    client.listen(&phone, &town, &connected, &told).await
                });
            }
            let work = async {
                match towns.join_next().await {
                    Some(Ok(Err(error))) => Err::<(), _>(error),
                    Some(Ok(Ok(never))) => match never {},
                    // A panic ends the others too: what is reported is worse than a cut.
                    Some(Err(_)) | None => Err(SyncError::NoClient),
                }
            };
            let outcome = within(&shared, Some(&cancel), Duration::MAX, work).await?;
            let synced = *synced.lock().unwrap_or_else(PoisonError::into_inner);
            Ok(receipt(outcome, synced))
        })
        .await
    }

    /// Where the synchronisation stands.
    pub fn status(&self) -> Result<SyncStatus, CampanileError> {
        let phone = &self.shared.phone;
        let relevant: BTreeSet<_> = phone.relevant_towns().map(|town| &town.anchor.town).collect();
        let towns = phone.towns().iter().zip(&self.shared.connected);
        let mut relevant = towns.filter(|(town, _)| relevant.contains(&town.anchor.town));
        Ok(SyncStatus {
            is_registered: phone.is_registered()?,
            is_listening: relevant.all(|(_, connected)| connected.load(Ordering::SeqCst)),
            last_complete: phone.last_complete_sync()?,
        })
    }
}

/// Runs `work` until it is done, cancelled, paused or too late.
async fn within<T>(
    shared: &Shared,
    cancel: Option<&CancelToken>,
    limit: Duration,
    work: impl Future<Output = Result<T, SyncError>>,
) -> Result<SyncOutcome, CampanileError> {
    let mut active = shared.is_active.subscribe();
    let cancelled = async {
        match cancel {
            Some(token) => token.cancelled().await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        biased;
        () = cancelled => Ok(SyncOutcome::Cancelled),
        _ = active.wait_for(|is_active| !is_active) => Ok(SyncOutcome::Cancelled),
        done = tokio::time::timeout(limit, work) => match done {
            Ok(Ok(_)) => Ok(SyncOutcome::Complete),
            Ok(Err(error)) => Err(error.into()),
            Err(_elapsed) => Err(CampanileError::Offline),
        },
    }
}

fn receipt(outcome: SyncOutcome, synced: Synced) -> SyncReceipt {
    SyncReceipt { outcome, accepted: synced.accepted, refused: synced.refused }
}
