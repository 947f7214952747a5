//! The places a resident wants to be told about, and whether an area concerns them.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use super::Level;
use crate::{
    area::{self, AreaKey, IstatCode, Point, Polygon, ZoneCode, compact},
    notice::Area,
};

/// Local hours in which only a red alert may ring. May pass midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    /// First minute of quiet.
    pub from: NaiveTime,
    /// First minute after it.
    pub to: NaiveTime,
}

impl QuietHours {
    /// Whether `time` of day lies within.
    pub fn contains(&self, time: NaiveTime) -> bool {
        if self.from <= self.to {
            time >= self.from && time < self.to
        } else {
            time >= self.from || time < self.to
        }
    }
}

/// How loud a place may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceSettings {
    /// The lowest level that rings; below it a notice is quiet. Rossa always rings.
    pub rings_from: Level,
    /// When only red may ring.
    pub quiet_hours: Option<QuietHours>,
    /// Hazards (keys of [`crate::advice`], the risks of the bulletin among them) that stay quiet here unless rossa.
    pub quiet_kinds: Vec<String>,
}

impl Default for PlaceSettings {
    fn default() -> Self {
        Self { rings_from: Level::Arancione, quiet_hours: None, quiet_kinds: Vec::new() }
    }
}

/// A saved place. It never leaves the phone; only its comune is registered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Unique on the phone.
    pub id: String,
    /// The resident's own name for it, such as "Casa".
    pub name: String,
    /// The comune it lies in.
    pub comune: IstatCode,
    /// The name of the comune.
    pub comune_name: String,
    /// The alert zones of that comune today.
    pub zones: Vec<ZoneCode>,
    /// The exact point, if given; without it and without an area the whole comune counts.
    pub point: Option<Point>,
    /// The area drawn within the comune, if any; then the point says nothing.
    pub drawn: Option<Polygon>,
    /// How loud it may be.
    pub settings: PlaceSettings,
}

impl Place {
    /// Whether `key` names the place's comune or one of its zones.
    pub fn lies_in(&self, key: &AreaKey) -> bool {
        match key {
            AreaKey::Comune(code) => *code == self.comune,
            AreaKey::Zona(code) => self.zones.contains(code),
        }
    }
}

/// Whether `area` concerns a person at `place`.
///
/// True when a key names the place's comune or zone and, if shapes are given, the place's point lies in one of them (the
/// border counts) or its drawn area has any part in one. A place with neither is concerned by any part of its comune. A shape that cannot be read concerns the whole of the keys: too many told is better than too few.
pub fn concerns(area: &Area, place: &Place) -> bool {
    if !area.keys.iter().any(|key| place.lies_in(key)) {
        return false;
    }
    if area.polygons.is_empty() && area.circles.is_empty() {
        return true;
    }
    let meets_polygon = |polygon: &Polygon| match (&place.drawn, place.point) {
        (Some(drawn), _) => drawn.overlaps(polygon),
        (None, Some(point)) => polygon.contains(point),
        (None, None) => true,
    };
    let in_circle = |circle: area::Circle| match (&place.drawn, place.point) {
        (Some(drawn), _) => circle.overlaps(drawn),
        (None, Some(point)) => circle.contains(point),
        (None, None) => true,
    };
    let in_polygon = |bytes: &[u8]| compact::decode(bytes).map_or(true, |polygon| meets_polygon(&polygon));
    area.polygons.iter().any(|bytes| in_polygon(bytes))
        || area.circles.iter().any(|circle| circle.to_area().is_none_or(in_circle))
}

#[cfg(test)]
mod tests;
