//! The saved places, as they are saved and shown.

use chrono::{DateTime, NaiveDate, Utc};
use ring::rand::{SecureRandom, SystemRandom};

use super::{FOLLOWS_POSITION, Phone, PhoneError, State};
use crate::{
    advice,
    alerts::{Announced, Level, Place, PlaceSettings, Risk},
    area::{IstatCode, Point, Polygon, compact},
    assets,
    calendar::local_date,
    store::{StoreError, places, settings},
    words::{Language, Words},
};

/// The id of the place where the phone is.
const HERE: &str = "qui";

/// How many places may be saved.
pub const MOST_PLACES: usize = 20;

/// The longest name of a place, characters.
const LONGEST_NAME: usize = 40;

/// A place to be saved.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceDraft {
    /// The place to change; none makes a new one.
    pub id: Option<String>,
    /// The person's own name for it.
    pub name: String,
    /// Its comune.
    pub comune: IstatCode,
    /// The exact point, if given.
    pub point: Option<Point>,
    /// The area drawn within the comune, if any; then the point says nothing.
    pub drawn: Option<Polygon>,
    /// How loud it may be.
    pub settings: PlaceSettings,
}

/// What the bulletins say of one day of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceDay {
    /// The civil day, Europe/Rome.
    pub day: NaiveDate,
    /// "oggi", "domani".
    pub day_words: String,
    /// The highest of the three risks; unknown when nothing is published (safety rule 1).
    pub level: Level,
    /// The risks at that level, in words; empty when none is coloured.
    pub risk_words: String,
}

/// A saved place with its next days.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedPlace {
    /// The place.
    pub place: Place,
    /// Today and tomorrow.
    pub days: Vec<PlaceDay>,
    /// When it was saved.
    pub saved: DateTime<Utc>,
}

impl Phone {
    /// The saved places, in the order in which they were saved.
    pub fn places(&self) -> Result<Vec<SavedPlace>, PhoneError> {
        let now = self.now();
        let rows = self.read(places::all)?;
        let state = self.lock().clone();
        Ok(rows
            .iter()
            .map(|row| {
                let place = place_of(row, now);
                SavedPlace { days: days(&state, &place, now), place, saved: row.saved }
            })
            .collect())
    }

    /// Saves a new place or changes one, and gives it back.
    ///
    /// Errors: [`PhoneError::Invalid`] naming `name`, `comune`, `drawn`, `quiet_kinds` or `places`; [`PhoneError::NotFound`].
    pub fn save_place(&self, draft: PlaceDraft) -> Result<SavedPlace, PhoneError> {
        let now = self.now();
        let name = draft.name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(PhoneError::invalid("name", format!("expected 1 to {LONGEST_NAME} characters")));
        }
        let comune = assets::comuni().get(draft.comune).ok_or_else(|| {
            PhoneError::invalid("comune", format!("{} is no comune of Italy", draft.comune))
        })?;
        let known = advice::hazards();
        if let Some(kind) = draft.settings.quiet_kinds.iter().find(|kind| !known.contains(&kind.as_str())) {
            let why = format!("'{kind}' is no kind of hazard: {}", known.join(", "));
            return Err(PhoneError::invalid("quiet_kinds", why));
        }
        if let Some(Err(error)) = draft.drawn.as_ref().map(compact::encode) {
            return Err(PhoneError::invalid("drawn", error.to_string()));
        }
        let held = self.read(places::all)?;
        let (id, saved) = match draft.id {
            Some(id) => {
                let held = held.iter().find(|row| row.id == id);
                (id, held.ok_or(PhoneError::NotFound { what: "place" })?.saved)
            }
            None if held.len() >= MOST_PLACES => {
                return Err(PhoneError::invalid("places", format!("{MOST_PLACES} are saved already")));
            }
            None => (random_id()?, now),
        };
        let row = places::PlaceRow {
            id: id.clone(),
            name: name.to_owned(),
            comune: comune.code,
            point: draft.point,
            drawn: draft.drawn,
            settings: draft.settings,
            saved,
        };
        self.write(|transaction| places::keep(transaction, &row))?;
        self.reload_places()?;
        let saved = self.places()?.into_iter().find(|saved| saved.place.id == id);
        saved.ok_or(PhoneError::NotFound { what: "place" })
    }

    /// Removes a place. Errors: [`PhoneError::NotFound`].
    pub fn remove_place(&self, id: &str) -> Result<(), PhoneError> {
        match self.write(|transaction| places::remove(transaction, id)) {
            Err(PhoneError::Store(StoreError::NotFound)) => Err(PhoneError::NotFound { what: "place" }),
            other => other.and_then(|()| self.reload_places()),
        }
    }

    /// Whether the phone's position counts as a place ("Dove ti trovi").
    pub fn follows_position(&self) -> bool {
        self.lock().follows_position
    }

    /// Lets the phone's position count as a place, or not. It is matched on the phone and never kept.
    pub fn set_follows_position(&self, follows: bool) -> Result<(), PhoneError> {
        let value = if follows { "yes" } else { "no" };
        self.write(|transaction| settings::set(transaction, FOLLOWS_POSITION, value))?;
        {
            let mut state = self.lock();
            state.follows_position = follows;
            state.here = None;
        }
        self.look_around();
        self.tell();
        Ok(())
    }

    /// Takes the position anew, while it counts.
    pub(super) fn look_around(&self) {
        if !self.follows_position() {
            return;
        }
        let Some(source) = super::lock(&self.position).clone() else { return };
        let here = source().and_then(|point| here(point, self.now(), self.lock().snapshot.language()));
        let mut state = self.lock();
        if state.follows_position {
            state.here = here;
        }
    }

    fn reload_places(&self) -> Result<(), PhoneError> {
        let now = self.now();
        let rows = self.read(places::all)?;
        self.lock().places = rows.iter().map(|row| place_of(row, now)).collect();
        self.tell();
        Ok(())
    }
}

/// The place with what follows from its comune today.
pub(super) fn place_of(row: &places::PlaceRow, now: DateTime<Utc>) -> Place {
    let comune = assets::comuni().get(row.comune);
    Place {
        id: row.id.clone(),
        name: row.name.clone(),
        comune: row.comune,
        comune_name: comune.map(|comune| comune.name.clone()).unwrap_or_default(),
        zones: assets::zones_of(row.comune, local_date(now)).to_vec(),
        point: row.point,
        drawn: row.drawn.clone(),
        settings: row.settings.clone(),
    }
}

/// Where the phone is, as a place; none abroad.
fn here(point: Point, now: DateTime<Utc>, language: Language) -> Option<Place> {
    let comune = assets::comune_at(point)?;
    Some(Place {
        id: HERE.to_owned(),
        name: Words::of(language).say("place-here", &[]),
        comune,
        comune_name: assets::comuni().get(comune).map(|comune| comune.name.clone()).unwrap_or_default(),
        zones: assets::zones_of(comune, local_date(now)).to_vec(),
        point: Some(point),
        drawn: None,
        settings: PlaceSettings::default(),
    })
}

pub(super) fn days(state: &State, place: &Place, now: DateTime<Utc>) -> Vec<PlaceDay> {
    let words = Words::of(state.snapshot.language());
    let today = local_date(now);
    let announced: Vec<Announced> = state.held.iter().map(crate::push::Held::announced).collect();
    let level_of = |risk, day| {
        let levels = announced.iter().map(|announced| announced.level(place, risk, day).level);
        // A town that relays nothing for this place says nothing of it.
        Level::highest(levels.filter(|level| *level != Level::Unknown))
    };
    [Some(today), today.succ_opt()]
        .into_iter()
        .flatten()
        .map(|day| {
            let levels = Risk::ALL.map(|risk| (risk, level_of(risk, day)));
            let level = Level::highest(levels.map(|(_, level)| level));
            let risks: Vec<Risk> = levels
                .into_iter()
                .filter(|(_, found)| level.is_coloured() && *found == level)
                .map(|(risk, _)| risk)
                .collect();
            PlaceDay { day, day_words: words.day(day, today), level, risk_words: words.risks(&risks) }
        })
        .collect()
}

fn random_id() -> Result<String, PhoneError> {
    let mut bytes = [0; 8];
    SystemRandom::new().fill(&mut bytes).map_err(|_unspecified| PhoneError::NoRandomness)?;
    Ok(hex::encode(bytes))
}
