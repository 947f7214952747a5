//! The area `places()`: where the person wants to be told about.

use std::sync::Arc;

use campanile_core::{
    advice,
    alerts::{PlaceSettings, QuietHours},
    area::{Comune, Point, Polygon},
    assets,
    phone::{self, SavedPlace},
    words::Words,
};
use chrono::NaiveTime;

use crate::{CampanileError, Level, UtcInstant, alerts::words, campanile::Shared};

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
    /// The risks at that level in words; empty when none is coloured.
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
    /// Corners of the area drawn within the comune, if any.
    #[uniffi(default = None)]
    pub drawn: Option<Vec<Corner>>,
    /// Kinds of hazard that stay quiet here unless red.
    #[uniffi(default = [])]
    pub quiet_kinds: Vec<String>,
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
    /// Corners of an area drawn within the comune, in place of the exact place; at least three.
    #[uniffi(default = None)]
    pub drawn: Option<Vec<Corner>>,
    /// The lowest level that rings.
    #[uniffi(default = None)]
    pub rings_from: Option<Level>,
    /// First minute of the quiet hours, `HH:MM`.
    #[uniffi(default = None)]
    pub quiet_from: Option<String>,
    /// First minute after the quiet hours, `HH:MM`.
    #[uniffi(default = None)]
    pub quiet_to: Option<String>,
    /// Kinds of hazard that stay quiet here unless red, such as `temporali`; see `hazard_kinds`.
    #[uniffi(default = [])]
    pub quiet_kinds: Vec<String>,
}

/// A corner of a drawn area.
#[derive(Debug, Clone, Copy, PartialEq, uniffi::Record)]
pub struct Corner {
    /// Longitude, degrees WGS84.
    pub lon: f64,
    /// Latitude, degrees WGS84.
    pub lat: f64,
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
        let words = words(&self.shared.phone)?;
        let places = self.shared.phone.places()?;
        Ok(places.into_iter().map(|saved| place_row(saved, words)).collect())
    }

    /// Saves a new place or changes one.
    ///
    /// Throws `Invalid` naming the field: `name`, `comune`, `lat`, `lon`, `drawn`, `quiet_kinds`, `quiet_from`, `quiet_to`, or `places` when 20
    /// are saved already; `NotFound` for an id that is not there.
    pub fn save(&self, draft: PlaceDraft) -> Result<PlaceRow, CampanileError> {
        let saved = self.shared.phone.save_place(core_draft(draft)?)?;
        Ok(place_row(saved, words(&self.shared.phone)?))
    }

    /// Removes a place. Throws `NotFound` for an id that is not there.
    pub fn remove(&self, id: String) -> Result<(), CampanileError> {
        Ok(self.shared.phone.remove_place(&id)?)
    }

    /// Comuni whose name, or a word of it, begins with `text`, the most populous first; accents and case do not matter.
    pub fn search_comuni(&self, text: String, limit: u32) -> Vec<ComuneRow> {
        let found = assets::comuni().beginning_with(&text, limit as usize);
        found.into_iter().map(|comune| self.comune_row(comune)).collect()
    }

    /// Whether the phone's position counts as a place of its own ("Dove ti trovi"). It is matched on the phone and never
    /// kept, sent or registered.
    pub fn follows_position(&self) -> bool {
        self.shared.phone.follows_position()
    }

    /// Lets the phone's position count as a place, or not.
    pub fn set_follows_position(&self, follows: bool) -> Result<(), CampanileError> {
        Ok(self.shared.phone.set_follows_position(follows)?)
    }

    /// The kinds of hazard that a place can keep quiet.
    pub fn hazard_kinds(&self) -> Vec<String> {
        advice::hazards().into_iter().map(str::to_owned).collect()
    }

    /// The comune in which the phone was last, to be offered as a place; none when the position is not known, or abroad.
    pub fn comune_here(&self) -> Result<Option<ComuneRow>, CampanileError> {
        let Some(position) = self.shared.platform.location_source.last_known()? else { return Ok(None) };
        let Ok(point) = Point::new(position.lon, position.lat) else { return Ok(None) };
        let comune = assets::comune_at(point).and_then(|code| assets::comuni().get(code));
        Ok(comune.map(|comune| self.comune_row(comune)))
    }
}

impl Places {
    fn comune_row(&self, comune: &Comune) -> ComuneRow {
        ComuneRow {
            comune: comune.code.to_string(),
            name: comune.name.clone(),
            province: comune.province.clone(),
            is_served: self.shared.phone.towns().iter().any(|town| town.comuni.contains(&comune.code)),
        }
    }
}

fn core_draft(draft: PlaceDraft) -> Result<phone::PlaceDraft, CampanileError> {
    let comune = draft.comune.parse().map_err(|error| CampanileError::invalid("comune", error))?;
    let point = match (draft.lon, draft.lat) {
        (Some(lon), Some(lat)) => {
            Some(Point::new(lon, lat).map_err(|error| CampanileError::invalid("lat", error))?)
        }
        (None, None) => None,
        (Some(_), None) => return Err(CampanileError::invalid("lat", "expected together with lon")),
        (None, Some(_)) => return Err(CampanileError::invalid("lon", "expected together with lat")),
    };
    let quiet_hours = match (draft.quiet_from, draft.quiet_to) {
        (Some(from), Some(to)) => {
            Some(QuietHours { from: time("quiet_from", &from)?, to: time("quiet_to", &to)? })
        }
        (None, None) => None,
        (Some(_), None) => {
            return Err(CampanileError::invalid("quiet_to", "expected together with quiet_from"));
        }
        (None, Some(_)) => {
            return Err(CampanileError::invalid("quiet_from", "expected together with quiet_to"));
        }
    };
    let rings_from = draft.rings_from.unwrap_or(PlaceSettings::default().rings_from);
    if !rings_from.is_coloured() {
        return Err(CampanileError::invalid("rings_from", "expected gialla, arancione or rossa"));
    }
    Ok(phone::PlaceDraft {
        id: draft.id,
        name: draft.name,
        comune,
        point,
        drawn: draft.drawn.map(drawn).transpose()?,
        settings: PlaceSettings { rings_from, quiet_hours, quiet_kinds: draft.quiet_kinds },
    })
}

fn drawn(corners: Vec<Corner>) -> Result<Polygon, CampanileError> {
    let points =
        corners.into_iter().map(|corner| Point::new(corner.lon, corner.lat)).collect::<Result<Vec<_>, _>>();
    points.and_then(|ring| Polygon::new(vec![ring])).map_err(|error| CampanileError::invalid("drawn", error))
}

const TIME: &str = "%H:%M";

fn time(field: &str, text: &str) -> Result<NaiveTime, CampanileError> {
    NaiveTime::parse_from_str(text, TIME)
        .map_err(|_bad| CampanileError::invalid(field, "expected a local time such as 22:30"))
}

fn place_row(saved: SavedPlace, words: &Words) -> PlaceRow {
    let SavedPlace { place, days, saved } = saved;
    let quiet = place.settings.quiet_hours;
    let outer = place.drawn.as_ref().and_then(|drawn| drawn.rings().first());
    PlaceRow {
        drawn: outer.map(|ring| ring.iter().map(|point| Corner { lon: point.lon, lat: point.lat }).collect()),
        quiet_kinds: place.settings.quiet_kinds,
        id: place.id,
        name: place.name,
        comune: place.comune.to_string(),
        comune_name: place.comune_name,
        zones: place.zones.iter().map(ToString::to_string).collect(),
        rings_from: place.settings.rings_from,
        quiet_from: quiet.map(|quiet| quiet.from.format(TIME).to_string()),
        quiet_to: quiet.map(|quiet| quiet.to.format(TIME).to_string()),
        days: days
            .into_iter()
            .map(|day| DayRow {
                day: day.day.to_string(),
                day_words: day.day_words,
                level: day.level,
                level_words: words.level(day.level),
                shape: words.shape(day.level),
                words: day.risk_words,
            })
            .collect(),
        saved,
    }
}
