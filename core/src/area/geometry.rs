//! Points, polygons and circles on the map, and whether one lies in the other.
//!
//! Read [`Point`] and [`Polygon`] first. Lines between vertices are straight in longitude and latitude
//! (RFC 7946 §3.1.1); a ring does not cross the antimeridian (RFC 7946 §3.1.9 splits it there).
//! Not here: which comune a point lies in ([`super::Outlines`]).

use geo::{Distance as _, Geodesic};

/// Points of one polygon, all rings together; beyond it a polygon is refused (safety rule 9).
pub const MOST_POINTS: usize = 100_000;

/// A place this near to a border is inside.
pub(super) const BORDER_M: f64 = 1.0;

/// Why numbers are no geometry. Holds no coordinates: a refused point may be somebody's position.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GeometryError {
    /// Longitude is no number or out of range.
    #[error("longitude must be a number from -180 to 180 degrees")]
    Longitude,
    /// Latitude is no number or out of range.
    #[error("latitude must be a number from -90 to 90 degrees")]
    Latitude,
    /// A polygon without a ring.
    #[error("a polygon needs an outer ring")]
    NoRing,
    /// Less than a triangle.
    #[error("ring {ring} has {points} different points: a ring needs three")]
    TooFewPoints {
        /// Which ring, from 1; the first is the outer one.
        ring: usize,
        /// Points left after repeated ones were dropped.
        points: usize,
    },
    /// More than [`MOST_POINTS`].
    #[error("the polygon has {points} points: at most {MOST_POINTS} are read")]
    TooManyPoints {
        /// Points given.
        points: usize,
    },
    /// A radius that is no length.
    #[error("radius must be a number of kilometres, zero or more")]
    Radius,
}

/// A place in WGS84 degrees.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Point {
    /// Longitude, degrees east.
    pub lon: f64,
    /// Latitude, degrees north.
    pub lat: f64,
}

impl Point {
    /// The point at `lon`, `lat` degrees, or the coordinate that is no number or out of range.
    pub fn new(lon: f64, lat: f64) -> Result<Self, GeometryError> {
        if !(-180.0..=180.0).contains(&lon) {
            Err(GeometryError::Longitude)
        } else if !(-90.0..=90.0).contains(&lat) {
            Err(GeometryError::Latitude)
        } else {
            Ok(Self { lon, lat })
        }
    }

    /// Length of the shortest way over the WGS84 ellipsoid, in metres.
    pub fn distance_m(self, other: Self) -> f64 {
        Geodesic.distance(geo::Point::new(self.lon, self.lat), geo::Point::new(other.lon, other.lat))
    }

    /// Length of a degree of longitude and of latitude here, in metres (WGS84, good to a millimetre per metre).
    pub(super) fn degree_m(self) -> (f64, f64) {
        let lat = self.lat.to_radians();
        let lon_m = 111_412.84 * lat.cos() - 93.5 * (3.0 * lat).cos() + 0.118 * (5.0 * lat).cos();
        let lat_m = 111_132.92 - 559.82 * (2.0 * lat).cos() + 1.175 * (4.0 * lat).cos();
        // At the poles a degree of longitude is no length; a metre keeps divisions finite.
        (lon_m.max(1.0), lat_m)
    }
}

/// The smallest box around some points, degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// South-west corner.
    pub least: Point,
    /// North-east corner.
    pub most: Point,
}

impl Bounds {
    fn of(points: &[Point]) -> Self {
        let start = Self {
            least: Point { lon: f64::INFINITY, lat: f64::INFINITY },
            most: Point { lon: f64::NEG_INFINITY, lat: f64::NEG_INFINITY },
        };
        points.iter().fold(start, |b, p| Self {
            least: Point { lon: b.least.lon.min(p.lon), lat: b.least.lat.min(p.lat) },
            most: Point { lon: b.most.lon.max(p.lon), lat: b.most.lat.max(p.lat) },
        })
    }

    fn is_near(&self, point: Point, margin: (f64, f64)) -> bool {
        (self.least.lon - margin.0..=self.most.lon + margin.0).contains(&point.lon)
            && (self.least.lat - margin.1..=self.most.lat + margin.1).contains(&point.lat)
    }
}

/// An area with one outer ring and any number of holes.
///
/// Rings may run either way round and may cross themselves:
/// whatever the outer ring goes round at all is inside, so that a doubtful shape warns too many rather than too few.
/// Rings are kept open: the first point is not repeated at the end.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "Vec<Vec<Point>>", into = "Vec<Vec<Point>>")]
pub struct Polygon {
    rings: Vec<Vec<Point>>,
    bounds: Bounds,
}

impl TryFrom<Vec<Vec<Point>>> for Polygon {
    type Error = GeometryError;

    fn try_from(rings: Vec<Vec<Point>>) -> Result<Self, GeometryError> {
        Self::new(rings)
    }
}

impl From<Polygon> for Vec<Vec<Point>> {
    fn from(polygon: Polygon) -> Self {
        polygon.rings
    }
}

impl Polygon {
    /// The polygon of `rings`, the outer one first; a ring may repeat its first point at the end or not.
    ///
    /// # Errors
    /// No ring, a ring of less than three different points, or too many points.
    pub fn new(mut rings: Vec<Vec<Point>>) -> Result<Self, GeometryError> {
        let points = rings.iter().map(Vec::len).sum();
        if points > MOST_POINTS {
            return Err(GeometryError::TooManyPoints { points });
        }
        for (i, ring) in rings.iter_mut().enumerate() {
            ring.dedup();
            while ring.len() > 1 && ring.first() == ring.last() {
                ring.pop();
            }
            if ring.len() < 3 {
                return Err(GeometryError::TooFewPoints { ring: i + 1, points: ring.len() });
            }
        }
        let bounds = Bounds::of(rings.first().ok_or(GeometryError::NoRing)?);
        Ok(Self { rings, bounds })
    }

    /// All rings, open, the outer one first.
    pub fn rings(&self) -> &[Vec<Point>] {
        &self.rings
    }

    /// The smallest box around the outer ring.
    pub fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// Number of points of all rings.
    pub fn points(&self) -> usize {
        self.rings.iter().map(Vec::len).sum()
    }

    /// Whether `point` lies inside, or within a metre of a border.
    pub fn contains(&self, point: Point) -> bool {
        let reach = Reach::new(point, BORDER_M);
        if !self.bounds.is_near(point, reach.margin) {
            return false;
        }
        let Some((outer, holes)) = self.rings.split_first() else { return false };
        let found = reach.meet(outer.iter().copied());
        if !found.touches && found.winding == 0 {
            return false;
        }
        holes.iter().all(|hole| {
            let found = reach.meet(hole.iter().copied());
            found.touches || found.crossings.is_multiple_of(2)
        })
    }
}

/// A point with the reach within which a border counts as touched.
pub(super) struct Reach {
    point: Point,
    metres: f64,
    degree_m: (f64, f64),
    /// The reach in degrees of longitude and latitude.
    pub(super) margin: (f64, f64),
}

/// How a ring lies about a point.
#[derive(Default)]
pub(super) struct Meeting {
    /// Times the ring goes round the point, anticlockwise positive.
    winding: i32,
    /// Times it crosses the ray to the east.
    pub(super) crossings: u32,
    /// Whether it passes within reach.
    pub(super) touches: bool,
}

impl Reach {
    pub(super) fn new(point: Point, reach_m: f64) -> Self {
        let degree_m = point.degree_m();
        Self { point, metres: reach_m, degree_m, margin: (reach_m / degree_m.0, reach_m / degree_m.1) }
    }

    /// Follows an open ring once. Returns at the first touch, with the counts unfinished.
    pub(super) fn meet(&self, ring: impl DoubleEndedIterator<Item = Point> + Clone) -> Meeting {
        let mut found = Meeting::default();
        let Some(mut a) = ring.clone().next_back() else { return found };
        let Point { lon: x, lat: y } = self.point;
        let (south, north) = (y - self.margin.1, y + self.margin.1);
        for b in ring {
            let (from, to) = (a, b);
            a = b;
            if (from.lat > north && to.lat > north) || (from.lat < south && to.lat < south) {
                continue;
            }
            let beside = (from.lon > x + self.margin.0 && to.lon > x + self.margin.0)
                || (from.lon < x - self.margin.0 && to.lon < x - self.margin.0);
            if !beside && self.touches(from, to) {
                found.touches = true;
                return found;
            }
            let upward = from.lat <= y && to.lat > y;
            if upward || (from.lat > y && to.lat <= y) {
                let left = (to.lon - from.lon) * (y - from.lat) - (x - from.lon) * (to.lat - from.lat);
                if upward && left > 0.0 {
                    found.winding += 1;
                    found.crossings += 1;
                } else if !upward && left < 0.0 {
                    found.winding -= 1;
                    found.crossings += 1;
                }
            }
        }
        found
    }

    fn touches(&self, from: Point, to: Point) -> bool {
        let metres = |p: Point| {
            ((p.lon - self.point.lon) * self.degree_m.0, (p.lat - self.point.lat) * self.degree_m.1)
        };
        let ((ax, ay), (bx, by)) = (metres(from), metres(to));
        let (dx, dy) = (bx - ax, by - ay);
        let length2 = dx * dx + dy * dy;
        let along = if length2 > 0.0 { (-(ax * dx + ay * dy) / length2).clamp(0.0, 1.0) } else { 0.0 };
        (ax + along * dx).hypot(ay + along * dy) <= self.metres
    }
}

/// A centre and a radius, as CAP 1.2 §3.2.4 `circle` gives them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Circle {
    centre: Point,
    radius_km: f64,
}

impl Circle {
    /// The circle of `radius_km` kilometres about `centre`; a radius of zero is the point itself.
    pub fn new(centre: Point, radius_km: f64) -> Result<Self, GeometryError> {
        if radius_km.is_finite() && radius_km >= 0.0 {
            Ok(Self { centre, radius_km })
        } else {
            Err(GeometryError::Radius)
        }
    }

    /// The centre.
    pub fn centre(&self) -> Point {
        self.centre
    }

    /// The radius, kilometres.
    pub fn radius_km(&self) -> f64 {
        self.radius_km
    }

    /// Whether `point` lies inside, or within a metre of the border.
    pub fn contains(&self, point: Point) -> bool {
        self.centre.distance_m(point) <= self.radius_km * 1000.0 + BORDER_M
    }
}

#[cfg(test)]
mod tests;
