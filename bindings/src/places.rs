//! The area `places()`: where the person wants to be told about.

use std::sync::Arc;

use crate::{CampanileError, Level, UtcInstant, campanile::Shared};

/// The level of one day for a place.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct DayRow {
    /// The civil day, `YYYY-MM-DD`, Europe/Rome.
    pub day: String,
    /// "oggi", "domani".
    pub day_words: String,
    /// The highest level of the three risks.
    pub level: Level,
    /// The level in words.
    pub level_words: String,
    /// The name of its shape.
    pub shape: String,
    /// Risks at that level in words, or that nothing is published yet.
    pub words: String,
}

/// A saved place with what the bulletins say of it.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct PlaceRow {
    /// Unique on the phone.
    pub id: String,
    /// The person's own name for it, such as "Casa".
    pub name: String,
    /// ISTAT code of its comune, such as `036023`.
    pub comune: String,
    /// The name of its comune.
    pub comune_name: String,
    /// Its alert zones, such as `Emil-F1`.
    pub zones: Vec<String>,
    /// The lowest level that rings; red always rings.
    pub rings_from: Level,
    /// First minute of the quiet hours, `HH:MM`; none when there are no quiet hours.
    pub quiet_from: Option<String>,
    /// First minute after the quiet hours, `HH:MM`.
    pub quiet_to: Option<String>,
    /// Today and tomorrow.
    pub days: Vec<DayRow>,
    /// When it was saved.
    pub saved: UtcInstant,
}

/// A place to be saved.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct PlaceDraft {
    /// The place to change; none makes a new one.
    #[uniffi(default = None)]
    pub id: Option<String>,
    /// The person's own name for it, 1 to 40 characters.
    pub name: String,
    /// ISTAT code of its comune.
    pub comune: String,
    /// Longitude of the exact place, degrees WGS84; none means the whole comune.
    #[uniffi(default = None)]
    pub lon: Option<f64>,
    /// Latitude of the exact place, degrees WGS84.
    #[uniffi(default = None)]
    pub lat: Option<f64>,
    /// The lowest level that rings.
    #[uniffi(default = None)]
    pub rings_from: Option<Level>,
    /// First minute of the quiet hours, `HH:MM`.
    #[uniffi(default = None)]
    pub quiet_from: Option<String>,
    /// First minute after the quiet hours, `HH:MM`.
    #[uniffi(default = None)]
    pub quiet_to: Option<String>,
}

/// A comune to choose from.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ComuneRow {
    /// ISTAT code.
    pub comune: String,
    /// Its name.
    pub name: String,
    /// The sign of its province, such as "MO".
    pub province: String,
    /// Whether a town of this app serves it with alerts of its own.
    pub is_served: bool,
}

/// The area of saved places. They never leave the phone; only their comuni are registered.
#[derive(uniffi::Object)]
pub struct Places {
    pub(crate) shared: Arc<Shared>,
}

#[uniffi::export]
impl Places {
    /// The saved places in the order in which they were saved; at most 20.
    pub fn list(&self) -> Result<Vec<PlaceRow>, CampanileError> {
        self.shared.places()
    }

    /// Saves a new place or changes one.
    ///
    /// Throws `Invalid` naming the field: `name`, `comune`, `lat`, `quiet_from`, or `places` when 20 are saved already;
    /// `NotFound` for an id that is not there.
    pub fn save(&self, draft: PlaceDraft) -> Result<PlaceRow, CampanileError> {
        self.shared.save_place(draft)
    }

    /// Removes a place. Throws `NotFound` for an id that is not there.
    pub fn remove(&self, id: String) -> Result<(), CampanileError> {
        self.shared.remove_place(&id)
    }

    /// Comuni whose name begins with `text`, then those that contain it; accents and case do not matter.
    pub fn search_comuni(&self, text: String, limit: u32) -> Vec<ComuneRow> {
        self.shared.search_comuni(&text, limit)
    }

    /// The comune in which the phone was last, to be offered as a place; none when the position is not known.
    pub fn comune_here(&self) -> Result<Option<ComuneRow>, CampanileError> {
        self.shared.comune_here()
    }
}
