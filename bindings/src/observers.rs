//! Observers: the whole list first, then again on change, in order, never under a lock.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
    mpsc::{RecvTimeoutError, Sender, channel},
};
use std::time::Duration;

use crate::{AlertList, CampanileError, PlatformError};

/// How often the list is looked at though nothing happened.
const RECHECK: Duration = Duration::from_secs(30);

/// Is told of the alert list.
#[uniffi::export(with_foreign)]
pub trait AlertsObserver: Send + Sync {
    /// The whole list: once after subscribing and again after each change, from one thread of the core, in order.
    fn on_alerts(&self, list: AlertList) -> Result<(), PlatformError>;
}

/// A running subscription. Cancel or drop it to stop.
#[derive(Debug, uniffi::Object)]
pub struct Subscription {
    is_cancelled: Arc<AtomicBool>,
}

#[uniffi::export]
impl Subscription {
    /// Stops the calls. One that is running already ends by itself.
    pub fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::SeqCst);
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.cancel();
    }
}

struct Observed {
    observer: Arc<dyn AlertsObserver>,
    is_cancelled: Arc<AtomicBool>,
    last: Option<AlertList>,
}

/// The one thread from which observers are called.
pub(crate) struct Notifier {
    wake: Mutex<Option<Sender<Wake>>>,
}

enum Wake {
    Subscribed(Arc<dyn AlertsObserver>, Arc<AtomicBool>),
    Changed,
}

impl Notifier {
    /// Starts the thread; `read` makes the present list, none when it cannot be had now.
    pub(crate) fn start(
        read: impl Fn() -> Option<AlertList> + Send + 'static,
    ) -> Result<Self, CampanileError> {
        let (wake, woken) = channel();
        std::thread::Builder::new()
            .name("campanile-observers".to_owned())
            .spawn(move || {
                let mut observed: Vec<Observed> = Vec::new();
                loop {
                    let first = match woken.recv_timeout(RECHECK) {
                        Ok(event) => event,
                        // What a list says changes with the time too: "until", and how old the head is.
                        Err(RecvTimeoutError::Timeout) => Wake::Changed,
                        Err(RecvTimeoutError::Disconnected) => return,
                    };
                    for event in std::iter::once(first).chain(woken.try_iter()) {
                        if let Wake::Subscribed(observer, is_cancelled) = event {
                            observed.push(Observed { observer, is_cancelled, last: None });
                        }
                    }
                    observed.retain(|one| !one.is_cancelled.load(Ordering::SeqCst));
                    if observed.is_empty() {
                        continue;
                    }
                    let Some(list) = read() else { continue };
                    for one in &mut observed {
                        if one.is_cancelled.load(Ordering::SeqCst) || one.last.as_ref() == Some(&list) {
                            continue;
                        }
                        if one.observer.on_alerts(list.clone()).is_err() {
                            tracing::warn!("an observer of alerts threw");
                        }
                        one.last = Some(list.clone());
                    }
                }
            })
            .map_err(|_refused| CampanileError::internal("no_thread"))?;
        Ok(Self { wake: Mutex::new(Some(wake)) })
    }

    pub(crate) fn subscribe(&self, observer: Arc<dyn AlertsObserver>) -> Arc<Subscription> {
        let is_cancelled = Arc::new(AtomicBool::new(false));
        self.send(Wake::Subscribed(observer, Arc::clone(&is_cancelled)));
        Arc::new(Subscription { is_cancelled })
    }

    /// Says that something changed; the observers are told if the list did.
    pub(crate) fn changed(&self) {
        self.send(Wake::Changed);
    }

    /// Ends the thread once it has done what it was told.
    pub(crate) fn stop(&self) {
        self.wake.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    fn send(&self, event: Wake) {
        if let Some(wake) = &*self.wake.lock().unwrap_or_else(PoisonError::into_inner) {
            // The thread ends only after this sender is gone.
            let _ = wake.send(event);
        }
    }
}
