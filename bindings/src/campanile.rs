//! The one object.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use campanile_core::{
    area::Point,
    phone::{Phone, PhoneConfig},
    store,
    sync::Client,
};
use tokio::sync::watch;
use zeroize::Zeroizing;

use crate::{
    Alerts, CampanileError, Places, Platform, Settings, Sync, Town, UtcInstant, alerts::alert_list, logs,
    observers::Notifier, platform::ShellClock, towns::core_towns,
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

impl From<store::Opening> for Opening {
    fn from(opening: store::Opening) -> Self {
        match opening {
            store::Opening::New => Self::New,
            store::Opening::Existing => Self::Existing,
            store::Opening::Rebuilt => Self::Rebuilt,
        }
    }
}

/// The core of Campanile on a phone: open it once per process.
///
/// All calls may come from any thread. Between `pause` and `resume`, and after `close`, they throw `Closed`.
#[derive(uniffi::Object)]
pub struct Campanile {
    shared: Arc<Shared>,
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
        logs::send_to(&platform.log_sink);
        let towns = core_towns(&config.towns)?;
        let key = database_key(&platform)?;
        let clock = Arc::new(ShellClock(Arc::clone(&platform.clock)));
        let config = PhoneConfig {
            folder: config.data_dir.into(),
            towns,
            language: config.language,
            built_at: config.built_at,
        };
        let (phone, opening) = Phone::open(config, key, clock)?;
        let phone = Arc::new(phone);
        let listed = Arc::clone(&phone);
        let notifier = Arc::new(Notifier::start(move || alert_list(&listed).ok())?);
        let told = Arc::clone(&notifier);
        phone.on_change(Arc::new(move || told.changed()));
        let lent = platform.clone();
        phone.set_position_source(Arc::new(move || fresh_position(&lent)));
        let shared = Shared {
            connected: phone.towns().iter().map(|_| Arc::default()).collect(),
            phone,
            platform,
            notifier,
            client: Client::new()?,
            opening: Mutex::new(opening.into()),
            is_active: watch::Sender::new(true),
            is_closed: AtomicBool::new(false),
        };
        Ok(Arc::new(Self { shared: Arc::new(shared) }))
    }

    /// How the store was found when it was last opened or resumed.
    pub fn opening(&self) -> Opening {
        *self.shared.opening.lock().unwrap_or_else(PoisonError::into_inner)
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
        Arc::new(Sync { shared: Arc::clone(&self.shared) })
    }

    /// What `present_push` needs besides the places: trust, and what is held. Write it, atomically and unsealed,
    /// where the notification extension reads it, after each change of the alert list.
    pub fn push_snapshot(&self) -> Result<Vec<u8>, CampanileError> {
        Ok(self.shared.phone.snapshot()?.to_bytes())
    }

    /// Takes in the snapshot that the notification extension left, before it is replaced. What the extension showed
    /// counts as shown. Returns how many items were new. Throws `Invalid` when the bytes are no snapshot.
    pub fn take_in_snapshot(&self, snapshot: Vec<u8>) -> Result<u32, CampanileError> {
        Ok(self.shared.phone.take_in_snapshot(&snapshot)?)
    }

    /// The saved places for `present_push`, sealed with `KeyStore.places_key`.
    pub fn sealed_places(&self) -> Result<Vec<u8>, CampanileError> {
        let key = raw_key("places_key", self.shared.platform.key_store.places_key()?)?;
        Ok(self.shared.phone.sealed_places(&key)?)
    }

    /// Closes the connections to the store, before the system suspends the app. Calls throw `Closed` until `resume`;
    /// what listens to the network ends.
    pub fn pause(&self) {
        self.shared.is_active.send_replace(false);
        self.shared.phone.pause();
    }

    /// Opens the store again after `pause`. Throws as `open` does, and `Closed` after `close`.
    pub fn resume(&self) -> Result<(), CampanileError> {
        if self.shared.is_closed.load(Ordering::SeqCst) {
            return Err(CampanileError::Closed);
        }
        let opening = self.shared.phone.resume(database_key(&self.shared.platform)?)?;
        *self.shared.opening.lock().unwrap_or_else(PoisonError::into_inner) = opening.into();
        self.shared.is_active.send_replace(true);
        Ok(())
    }

    /// Ends everything; observers are not called any more. Calls throw `Closed` ever after. Safe to repeat.
    pub fn close(&self) {
        self.shared.close();
    }
}

/// The version of the core, such as `0.1.0`.
#[uniffi::export]
pub fn core_version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// What the areas share.
pub(crate) struct Shared {
    pub(crate) phone: Arc<Phone>,
    pub(crate) platform: Platform,
    pub(crate) notifier: Arc<Notifier>,
    pub(crate) client: Client,
    /// Beside the phone's towns: whether the stream is open.
    pub(crate) connected: Vec<Arc<AtomicBool>>,
    /// False while paused or closed.
    pub(crate) is_active: watch::Sender<bool>,
    opening: Mutex<Opening>,
    is_closed: AtomicBool,
}

impl Shared {
    fn close(&self) {
        self.is_closed.store(true, Ordering::SeqCst);
        self.is_active.send_replace(false);
        self.notifier.stop();
        self.phone.pause();
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.close();
    }
}

fn database_key(platform: &Platform) -> Result<store::Key, CampanileError> {
    raw_key("database_key", platform.key_store.database_key()?)
}

fn raw_key(field: &str, bytes: Vec<u8>) -> Result<store::Key, CampanileError> {
    crate::push::key_of(&Zeroizing::new(bytes))
        .ok_or_else(|| CampanileError::invalid(field, "expected 32 bytes"))
}

/// How old a position may be and still tell where the person is.
const FRESH_POSITION: chrono::TimeDelta = chrono::TimeDelta::hours(2);

/// Where the phone is; none when that is not known, too old, or the shell's source failed.
fn fresh_position(platform: &Platform) -> Option<Point> {
    let now = platform.clock.now().ok()?;
    let position = platform.location_source.last_known().ok()??;
    let is_fresh = now - position.at <= FRESH_POSITION;
    Point::new(position.lon, position.lat).ok().filter(|_| is_fresh)
}
