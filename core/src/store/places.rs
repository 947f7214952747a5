//! The saved places.

use chrono::{DateTime, NaiveTime, Utc};
use rusqlite::{Connection, Transaction, params};

use super::{StoreError, items::instant};
use crate::{
    alerts::{Level, PlaceSettings, QuietHours},
    area::{IstatCode, Point, Polygon, compact},
};

/// A saved place as it is kept: what follows from the comune is not.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceRow {
    /// Unique on the phone.
    pub id: String,
    /// The person's own name for it.
    pub name: String,
    /// Its comune.
    pub comune: IstatCode,
    /// The exact point, if given.
    pub point: Option<Point>,
    /// The area drawn within the comune, if any.
    pub drawn: Option<Polygon>,
    /// How loud it may be.
    pub settings: PlaceSettings,
    /// When it was saved.
    pub saved: DateTime<Utc>,
}

const TIME: &str = "%H:%M";

/// All places, in the order in which they were saved.
pub fn all(connection: &Connection) -> Result<Vec<PlaceRow>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, name, comune, lon, lat, rings_from, quiet_from, quiet_to, saved, drawn, quiet_kinds
         FROM places ORDER BY position",
    )?;
    let mut rows = statement.query([])?;
    let mut places = Vec::new();
    while let Some(row) = rows.next()? {
        let comune: String = row.get(2)?;
        let (lon, lat): (Option<f64>, Option<f64>) = (row.get(3)?, row.get(4)?);
        let rings_from: String = row.get(5)?;
        let (from, to): (Option<String>, Option<String>) = (row.get(6)?, row.get(7)?);
        let drawn: Option<Vec<u8>> = row.get(9)?;
        let quiet_kinds: String = row.get(10)?;
        let level = [Level::Verde, Level::Gialla, Level::Arancione, Level::Rossa];
        places.push(PlaceRow {
            id: row.get(0)?,
            name: row.get(1)?,
            comune: comune.parse().map_err(StoreError::unreadable)?,
            point: lon.zip(lat).and_then(|(lon, lat)| Point::new(lon, lat).ok()),
            drawn: drawn.map(|bytes| compact::decode(&bytes)).transpose().map_err(StoreError::unreadable)?,
            settings: PlaceSettings {
                rings_from: level
                    .into_iter()
                    .find(|level| level.as_str() == rings_from)
                    .unwrap_or(PlaceSettings::default().rings_from),
                quiet_hours: from.zip(to).and_then(|(from, to)| {
                    let time = |text: &str| NaiveTime::parse_from_str(text, TIME).ok();
                    Some(QuietHours { from: time(&from)?, to: time(&to)? })
                }),
                quiet_kinds: quiet_kinds.split_whitespace().map(str::to_owned).collect(),
            },
            saved: instant(row, 8)?,
        });
    }
    Ok(places)
}

/// Keeps a place: a new one at the end, a known one where it was.
pub fn keep(transaction: &Transaction<'_>, place: &PlaceRow) -> Result<(), StoreError> {
    let quiet = place.settings.quiet_hours;
    let drawn = place.drawn.as_ref().map(compact::encode).transpose().map_err(StoreError::unreadable)?;
    transaction.execute(
        "INSERT INTO places (id, position, name, comune, lon, lat, rings_from, quiet_from, quiet_to, saved,
         drawn, quiet_kinds)
         VALUES (?1, (SELECT coalesce(max(position), 0) + 1 FROM places), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
         ON CONFLICT (id) DO UPDATE SET name = ?2, comune = ?3, lon = ?4, lat = ?5, rings_from = ?6,
         quiet_from = ?7, quiet_to = ?8, drawn = ?10, quiet_kinds = ?11",
        params![
            place.id,
            place.name,
            place.comune.to_string(),
            place.point.map(|point| point.lon),
            place.point.map(|point| point.lat),
            place.settings.rings_from.as_str(),
            quiet.map(|quiet| quiet.from.format(TIME).to_string()),
            quiet.map(|quiet| quiet.to.format(TIME).to_string()),
            place.saved.timestamp_millis(),
            drawn,
            place.settings.quiet_kinds.join(" "),
        ],
    )?;
    Ok(())
}

/// Removes a place. Errors: [`StoreError::NotFound`].
pub fn remove(transaction: &Transaction<'_>, id: &str) -> Result<(), StoreError> {
    match transaction.execute("DELETE FROM places WHERE id = ?1", [id])? {
        0 => Err(StoreError::NotFound),
        _ => Ok(()),
    }
}
