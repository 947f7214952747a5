//! A resident's phone without its screen: what it holds, what it takes in, what its lists show.
//!
//! Read [`Phone`] and [`Received`] first. The phone joins the pure decisions ([`crate::push`], [`crate::alerts`]) with
//! the store; both shells and the terminal phone are made of it. Not here: the network ([`crate::sync`]), and how
//! records look at the edge (package `campanile`).

mod error;
mod list;
mod places;
mod receive;

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};

pub use error::PhoneError;
pub use list::{AlertList, ListedCard};
pub use places::{MOST_PLACES, PlaceDay, PlaceDraft, SavedPlace};
pub use receive::Received;

use crate::{
    alerts::Place,
    area::Point,
    assets::Town,
    notice,
    platform::Clock,
    push::{Held, Snapshot, TownSnapshot, seal_places},
    store::{Key, Opening, Store, StoreError, items, notices, refusals, settings, towns},
    trust::sha256,
    words::Language,
};

/// For how long what has ended stays in the list.
const LISTED_AFTER_END: TimeDelta = TimeDelta::days(3);

const LANGUAGE: &str = "language";
const FOLLOWS_POSITION: &str = "follows_position";

/// What a phone is opened with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneConfig {
    /// The folder of the store, made if missing.
    pub folder: PathBuf,
    /// The towns of the app release, each id once.
    pub towns: Vec<Town>,
    /// BCP 47 tag to speak until the person chooses.
    pub language: String,
    /// When the app was built; a clock behind it is wrong.
    pub built_at: DateTime<Utc>,
}

/// A phone. All calls may come from any thread; none calls out while it holds a lock.
pub struct Phone {
    config: PhoneConfig,
    store: Store,
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
    /// Held while something is taken in, so that what is decided and what is kept are one step.
    taking_in: Mutex<()>,
    changed: Mutex<Option<Arc<dyn Fn() + Send + Sync>>>,
    position: Mutex<Option<PositionSource>>,
}

/// What is held in memory; always what the store holds.
#[derive(Debug, Clone)]
struct State {
    snapshot: Snapshot,
    /// Beside `snapshot.towns`: every item whose end is not long past.
    held: Vec<Held>,
    places: Vec<Place>,
    /// Whether the person lets the phone's position count as a place.
    follows_position: bool,
    /// Where the phone is, while it counts; only ever in memory.
    here: Option<Place>,
}

impl State {
    /// The saved places, and where the phone is while that counts.
    fn everywhere(&self) -> Vec<Place> {
        self.places.iter().chain(&self.here).cloned().collect()
    }
}

/// Tells where the phone is, if that is known and fresh.
pub type PositionSource = Arc<dyn Fn() -> Option<Point> + Send + Sync>;

impl Phone {
    /// Opens the phone and its store.
    ///
    /// Errors: [`PhoneError::Invalid`] for the towns; those of [`Store::open`].
    pub fn open(config: PhoneConfig, key: Key, clock: Arc<dyn Clock>) -> Result<(Self, Opening), PhoneError> {
        if config.towns.is_empty() {
            return Err(PhoneError::invalid("towns", "none is given: this app release serves no town"));
        }
        for (index, town) in config.towns.iter().enumerate() {
            if config.towns.iter().skip(index + 1).any(|other| other.anchor.town == town.anchor.town) {
                return Err(PhoneError::invalid("towns", format!("'{}' is given twice", town.anchor.town)));
            }
        }
        let (store, opening) = Store::open(&config.folder, key)?;
        let now = clock.now();
        let state = match load(&config, &store, now) {
            // Found damaged while it was read: it has been rebuilt, and says so.
            Err(StoreError::Damaged) => (load(&config, &store, now)?, Opening::Rebuilt),
            other => (other?, opening),
        };
        let (state, opening) = state;
        let phone = Self {
            config,
            store,
            clock,
            state: Mutex::new(state),
            taking_in: Mutex::new(()),
            changed: Mutex::new(None),
            position: Mutex::new(None),
        };
        Ok((phone, opening))
    }

    /// Sets what is called, from whatever thread made the change, after something changed.
    pub fn on_change(&self, call: Arc<dyn Fn() + Send + Sync>) {
        *lock(&self.changed) = Some(call);
    }

    /// Sets what tells the position; asked only while the person lets it count, and never under a lock.
    pub fn set_position_source(&self, source: PositionSource) {
        *lock(&self.position) = Some(source);
    }

    /// Closes the store and forgets its key.
    pub fn pause(&self) {
        self.store.pause();
    }

    /// Opens the store again. Errors as [`Store::resume`].
    pub fn resume(&self, key: Key) -> Result<Opening, PhoneError> {
        let opening = self.store.resume(key)?;
        self.reload()?;
        self.tell();
        Ok(opening)
    }

    /// The towns of the app release.
    pub fn towns(&self) -> &[Town] {
        &self.config.towns
    }

    /// The present instant of the phone's clock.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The BCP 47 tag of the language spoken.
    pub fn language_tag(&self) -> Result<String, PhoneError> {
        let chosen = self.read(|connection| settings::get(connection, LANGUAGE))?;
        Ok(chosen.unwrap_or_else(|| self.config.language.clone()))
    }

    /// Keeps the language to speak. Errors: [`PhoneError::Invalid`] when `tag` is no BCP 47 tag.
    pub fn set_language(&self, tag: &str) -> Result<(), PhoneError> {
        if tag.parse::<unic_langid::LanguageIdentifier>().is_err() {
            return Err(PhoneError::invalid("language", "expected a BCP 47 tag such as it or en"));
        }
        self.write(|transaction| settings::set(transaction, LANGUAGE, tag))?;
        Language::of(tag).tag().clone_into(&mut self.lock().snapshot.language);
        self.tell();
        Ok(())
    }

    /// The state that a notification extension needs, without the places.
    pub fn snapshot(&self) -> Result<Snapshot, PhoneError> {
        self.read(|_| Ok(()))?;
        Ok(self.lock().snapshot.clone())
    }

    /// The saved places, sealed with a key of their own.
    pub fn sealed_places(&self, key: &Key) -> Result<Vec<u8>, PhoneError> {
        self.read(|_| Ok(()))?;
        Ok(seal_places(key, &self.lock().everywhere())?)
    }

    /// Notifications that the shell has not confirmed yet, oldest first.
    pub fn unshown(&self) -> Result<Vec<crate::push::Notification>, PhoneError> {
        let now = self.now();
        // A clock in doubt lets nothing expire (safety rule 6).
        let in_doubt = self.lock().snapshot.is_clock_in_doubt(now);
        let after = if in_doubt { DateTime::UNIX_EPOCH } else { now };
        self.read(|connection| notices::unshown(connection, after))
    }

    /// Confirms that the notification of this tag was shown.
    pub fn mark_shown(&self, tag: &str) -> Result<(), PhoneError> {
        let now = self.now();
        self.write(|transaction| notices::mark_shown(transaction, tag, now))
    }

    /// The newest refusals, newest first.
    pub fn refused(&self, limit: u32) -> Result<Vec<refusals::RefusalRow>, PhoneError> {
        self.read(|connection| refusals::newest(connection, limit))
    }

    /// The store, for what has no decision in it.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&rusqlite::Connection) -> Result<T, StoreError>,
    ) -> Result<T, PhoneError> {
        let result = self.store.read(work);
        self.after(result)
    }

    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, PhoneError> {
        let result = self.store.write(work);
        self.after(result)
    }

    /// When every town that matters was last caught up with; the oldest of them, none before the first time.
    pub fn last_complete_sync(&self) -> Result<Option<DateTime<Utc>>, PhoneError> {
        let mut oldest = None;
        for (index, town) in self.relevant_towns().enumerate() {
            let row = self.read(|connection| towns::get(connection, &town.anchor.town))?;
            oldest = if index == 0 { row.caught_up } else { oldest.min(row.caught_up) };
        }
        Ok(oldest)
    }

    /// The towns that serve a saved place; all towns while none does.
    pub fn relevant_towns(&self) -> impl Iterator<Item = &Town> {
        let comuni: Vec<_> = self.lock().places.iter().map(|place| place.comune).collect();
        let serves = move |town: &Town| comuni.iter().any(|comune| town.comuni.contains(comune));
        let any_serves = self.config.towns.iter().any(&serves);
        self.config.towns.iter().filter(move |town| !any_serves || serves(town))
    }

    fn after<T>(&self, result: Result<T, StoreError>) -> Result<T, PhoneError> {
        if matches!(result, Err(StoreError::Damaged)) {
            // The store was rebuilt with less in it: what is in memory follows.
            self.reload()?;
            self.tell();
        }
        Ok(result?)
    }

    fn reload(&self) -> Result<(), PhoneError> {
        let mut state = load(&self.config, &self.store, self.now())?;
        let mut current = self.lock();
        state.here = current.here.take().filter(|_| state.follows_position);
        *current = state;
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    fn tell(&self) {
        let call = lock(&self.changed).clone();
        if let Some(call) = call {
            call();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What is behind our locks is replaced whole, never left half done.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn anchor_sha256(town: &Town) -> [u8; 32] {
    sha256(&notice::encode(&TownSnapshot::new(&town.anchor)))
}

fn load(config: &PhoneConfig, store: &Store, now: DateTime<Utc>) -> Result<State, StoreError> {
    store.write(|transaction| {
        for town in &config.towns {
            towns::ensure(transaction, &town.anchor.town, &anchor_sha256(town))?;
        }
        Ok(())
    })?;
    store.read(|connection| {
        let tag = settings::get(connection, LANGUAGE)?.unwrap_or_else(|| config.language.clone());
        let anchors: Vec<_> = config.towns.iter().map(|town| town.anchor.clone()).collect();
        let mut snapshot = Snapshot::new(&anchors, Language::of(&tag), config.built_at);
        let mut held = Vec::with_capacity(anchors.len());
        for town in &mut snapshot.towns {
            let row = towns::get(connection, &town.town)?;
            town.trust_list = row.trust_list.unwrap_or_default().into();
            town.trust_issued = row.trust_issued;
            town.revocations = row.revocations.into_iter().map(Into::into).collect();
            town.head = row.head;
            let items = items::ending_after(connection, &town.town, now - LISTED_AFTER_END)?;
            town.items = items.into_iter().map(Into::into).collect();
            held.push(town.held());
            town.trim(now);
        }
        snapshot.newest_signed =
            items::newest_signed(connection)?.unwrap_or(config.built_at).max(config.built_at);
        let places = crate::store::places::all(connection)?;
        let places = places.iter().map(|row| places::place_of(row, now)).collect();
        let follows_position =
            settings::get(connection, FOLLOWS_POSITION)?.is_some_and(|value| value == "yes");
        Ok(State { snapshot, held, places, follows_position, here: None })
    })
}

#[cfg(test)]
mod tests;
