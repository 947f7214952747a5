//! The one object.

use std::sync::{Arc, atomic::AtomicBool};

use crate::{
    AlertDetail, AlertList, Alerts, AlertsObserver, CampanileError, ComuneRow, PlaceDraft, PlaceRow, Places,
    Platform, Preferences, PushNotification, ReceiveReceipt, RefusedRow, Settings, Subscription, Sync,
    SyncStatus, Town, UtcInstant, observers::Notifier,
};

/// What the core is opened with.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CampanileConfig {
    /// A folder of the app alone, not in an app group and not in a backup; made if missing.
    pub data_dir: String,
    /// The towns of this app release: `built_in_towns()`, or a test's own.
    pub towns: Vec<Town>,
    /// BCP 47 tag of the language to begin with, such as `it`; the person's own choice wins later.
    pub language: String,
    /// When this app release was built: a phone's clock behind it is wrong, and then nothing is taken for expired.
    pub built_at: UtcInstant,
}

/// How the store was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Opening {
    /// It was made.
    New,
    /// It was there.
    Existing,
    /// It was damaged: set aside, rebuilt with what could be saved, and must be synchronised.
    Rebuilt,
}

/// The core of Campanile on a phone: open it once per process.
///
/// All calls may come from any thread. After `pause` and after `close` they throw `Closed`.
#[derive(uniffi::Object)]
pub struct Campanile {
    shared: Arc<Shared>,
    is_listening: Arc<AtomicBool>,
}

#[uniffi::export]
impl Campanile {
    /// Opens the core, its encrypted store included. Blocks on the disk: call it off the main thread.
    ///
    /// Throws `Locked` when the key cannot be read before the device is unlocked; `Invalid` for a town or folder that
    /// cannot be used, and with field `database_key` when the key does not open the store (nothing is changed then);
    /// `Internal` when the key store failed.
    #[uniffi::constructor]
    pub fn open(config: CampanileConfig, platform: Platform) -> Result<Arc<Self>, CampanileError> {
        let _ = platform.key_store.database_key()?;
        let _ = config;
        Err(CampanileError::internal("not_built"))
    }

    /// How the store was found at opening.
    pub fn opening(&self) -> Opening {
        Opening::New
    }

    /// The area of alerts.
    pub fn alerts(&self) -> Arc<Alerts> {
        Arc::new(Alerts { shared: Arc::clone(&self.shared) })
    }

    /// The area of saved places.
    pub fn places(&self) -> Arc<Places> {
        Arc::new(Places { shared: Arc::clone(&self.shared) })
    }

    /// The area of preferences.
    pub fn settings(&self) -> Arc<Settings> {
        Arc::new(Settings { shared: Arc::clone(&self.shared) })
    }

    /// The area of the network.
    pub fn sync(&self) -> Arc<Sync> {
        Arc::new(Sync { shared: Arc::clone(&self.shared), is_listening: Arc::clone(&self.is_listening) })
    }

    /// What `present_push` needs besides the places: trust and what was shown. Write it, atomically and unsealed,
    /// where the notification extension reads it, after each synchronisation.
    pub fn push_snapshot(&self) -> Result<Vec<u8>, CampanileError> {
        Err(CampanileError::internal("not_built"))
    }

    /// The saved places for `present_push`. Write them sealed by the system (readable after first unlock).
    pub fn sealed_places(&self) -> Result<Vec<u8>, CampanileError> {
        Err(CampanileError::internal("not_built"))
    }

    /// Closes the connections to the store, before the system suspends the app. Calls throw `Closed` until `resume`.
    pub fn pause(&self) -> Result<(), CampanileError> {
        Err(CampanileError::internal("not_built"))
    }

    /// Opens the store again after `pause`. Throws as `open` does.
    pub fn resume(&self) -> Result<(), CampanileError> {
        Err(CampanileError::internal("not_built"))
    }

    /// Ends everything; observers are not called any more. Calls throw `Closed` ever after. Safe to repeat.
    pub fn close(&self) {}
}

/// The version of the core, such as `0.1.0`.
#[uniffi::export]
pub fn core_version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// What the areas share.
pub(crate) struct Shared {
    notifier: Notifier,
}

impl Shared {
    pub(crate) fn alert_list(&self) -> Result<AlertList, CampanileError> {
        Err(CampanileError::internal("not_built"))
    }
    pub(crate) fn alert_detail(&self, _id: &str) -> Result<AlertDetail, CampanileError> {
        Err(CampanileError::not_found("alert"))
    }
    pub(crate) fn receive(&self, _bytes: &[u8]) -> Result<ReceiveReceipt, CampanileError> {
        self.notifier.changed();
        Err(CampanileError::internal("not_built"))
    }
    pub(crate) fn unshown(&self) -> Result<Vec<PushNotification>, CampanileError> {
        Err(CampanileError::internal("not_built"))
    }
    pub(crate) fn mark_shown(&self, _id: &str) -> Result<(), CampanileError> {
        Err(CampanileError::internal("not_built"))
    }
    pub(crate) fn mark_seen(&self, _id: &str) -> Result<(), CampanileError> {
        Err(CampanileError::internal("not_built"))
    }
    pub(crate) fn refused(&self, _limit: u32) -> Result<Vec<RefusedRow>, CampanileError> {
        Err(CampanileError::internal("not_built"))
    }
    pub(crate) fn subscribe(
        &self,
        observer: Arc<dyn AlertsObserver>,
    ) -> Result<Arc<Subscription>, CampanileError> {
        Ok(self.notifier.subscribe(observer))
    }
    pub(crate) fn places(&self) -> Result<Vec<PlaceRow>, CampanileError> {
        Err(CampanileError::internal("not_built"))
    }
    pub(crate) fn save_place(&self, _draft: PlaceDraft) -> Result<PlaceRow, CampanileError> {
        Err(CampanileError::invalid("place", "not built"))
    }
    pub(crate) fn remove_place(&self, _id: &str) -> Result<(), CampanileError> {
        Err(CampanileError::internal("not_built"))
    }
    pub(crate) fn search_comuni(&self, _text: &str, _limit: u32) -> Vec<ComuneRow> {
        Vec::new()
    }
    pub(crate) fn comune_here(&self) -> Result<Option<ComuneRow>, CampanileError> {
        Err(CampanileError::internal("not_built"))
    }
    pub(crate) fn preferences(&self) -> Result<Preferences, CampanileError> {
        Err(CampanileError::internal("not_built"))
    }
    pub(crate) fn save_preferences(&self, _preferences: &Preferences) -> Result<(), CampanileError> {
        Err(CampanileError::internal("not_built"))
    }
    pub(crate) fn sync_status(&self, _is_listening: bool) -> Result<SyncStatus, CampanileError> {
        Err(CampanileError::internal("not_built"))
    }
}
