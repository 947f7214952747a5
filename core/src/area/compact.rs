//! A polygon in few bytes, for signed payloads.
//!
//! ```text
//! polygon = count-of-rings ring*             outer ring first
//! ring    = count-of-points point*           open: the first point is not repeated
//! point   = lon lat                          difference to the point before, in units of 1e-5 degrees
//! ```
//! Counts are LEB128, coordinates zig-zag LEB128; the point before the first is 0, 0, and runs on across rings.
//! There is one writing of each polygon: longer forms and trailing bytes are refused.

use super::{
    geometry::{GeometryError, Point, Polygon},
    varint::{Reader, put, put_signed},
};

/// Points a compact polygon may have, all rings together (safety rule 9).
pub const MOST_COMPACT_POINTS: usize = 4_096;

/// Units per degree: a unit is 1.1 m of latitude.
const UNITS: f64 = 100_000.0;

/// Why bytes are no compact polygon, or a polygon cannot be one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CompactError {
    /// More than [`MOST_COMPACT_POINTS`].
    #[error("the polygon has {points} points: at most {MOST_COMPACT_POINTS} are carried")]
    TooManyPoints {
        /// Points said or given.
        points: usize,
    },
    /// The bytes end early, or a number is badly written.
    #[error("the polygon's bytes break off or are badly written at byte {at}")]
    Broken {
        /// Where, from 0.
        at: usize,
    },
    /// Bytes after the last ring.
    #[error("{bytes} bytes follow the polygon")]
    Trailing {
        /// How many.
        bytes: usize,
    },
    /// A ring too short or a coordinate out of range.
    #[error("the polygon is badly shaped: {0}")]
    Shape(#[from] GeometryError),
}

#[expect(clippy::cast_possible_truncation, reason = "a degree is at most 180, far within i64")]
fn units(degrees: f64) -> i64 {
    (degrees * UNITS).round() as i64
}

/// The bytes of `polygon`, its points rounded to 1e-5 degrees (at most 0.8 m off).
///
/// # Errors
/// [`CompactError::TooManyPoints`]; [`CompactError::Shape`] where rounding leaves less than a triangle.
pub fn encode(polygon: &Polygon) -> Result<Vec<u8>, CompactError> {
    let points = polygon.points();
    if points > MOST_COMPACT_POINTS {
        return Err(CompactError::TooManyPoints { points });
    }
    let mut out = Vec::with_capacity(points * 3 + 8);
    put(&mut out, polygon.rings().len() as u64);
    let mut before = (0, 0);
    for (number, ring) in polygon.rings().iter().enumerate() {
        let mut rounded: Vec<(i64, i64)> = ring.iter().map(|p| (units(p.lon), units(p.lat))).collect();
        rounded.dedup();
        while rounded.len() > 1 && rounded.first() == rounded.last() {
            rounded.pop();
        }
        if rounded.len() < 3 {
            return Err(GeometryError::TooFewPoints { ring: number + 1, points: rounded.len() }.into());
        }
        put(&mut out, rounded.len() as u64);
        for (lon, lat) in rounded {
            put_signed(&mut out, lon - before.0);
            put_signed(&mut out, lat - before.1);
            before = (lon, lat);
        }
    }
    Ok(out)
}

/// The polygon of bytes written by [`encode`].
///
/// # Errors
/// Each variant of [`CompactError`]; counts are checked before anything is allocated for them.
pub fn decode(bytes: &[u8]) -> Result<Polygon, CompactError> {
    let mut reader = Reader::new(bytes);
    let rings = count(&mut reader, MOST_COMPACT_POINTS / 3)?;
    let mut found = Vec::with_capacity(rings);
    let (mut points, mut before) = (0, (0_i64, 0_i64));
    for _ in 0..rings {
        let length = count(&mut reader, MOST_COMPACT_POINTS)?;
        points += length;
        if points > MOST_COMPACT_POINTS {
            return Err(CompactError::TooManyPoints { points });
        }
        // A point takes two bytes at least.
        if length * 2 > reader.left() {
            return Err(CompactError::Broken { at: bytes.len() });
        }
        let mut ring = Vec::with_capacity(length);
        for _ in 0..length {
            before = (step(&mut reader, before.0)?, step(&mut reader, before.1)?);
            ring.push(degrees(before)?);
        }
        if ring.windows(2).any(|pair| pair[0] == pair[1]) || (length > 1 && ring.first() == ring.last()) {
            return Err(CompactError::Broken { at: reader.at() });
        }
        found.push(ring);
    }
    if reader.left() > 0 {
        return Err(CompactError::Trailing { bytes: reader.left() });
    }
    Ok(Polygon::new(found)?)
}

fn count(reader: &mut Reader<'_>, most: usize) -> Result<usize, CompactError> {
    let number = reader.number().ok_or(CompactError::Broken { at: reader.at() })?;
    let number = usize::try_from(number).unwrap_or(usize::MAX);
    if number > most { Err(CompactError::TooManyPoints { points: number }) } else { Ok(number) }
}

fn step(reader: &mut Reader<'_>, before: i64) -> Result<i64, CompactError> {
    let by = reader.signed().ok_or(CompactError::Broken { at: reader.at() })?;
    before.checked_add(by).ok_or(CompactError::Broken { at: reader.at() })
}

fn degrees((lon, lat): (i64, i64)) -> Result<Point, CompactError> {
    Ok(Point::new(lon as f64 / UNITS, lat as f64 / UNITS)?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_polygon() -> impl Strategy<Value = Polygon> {
        let on_grid = (-18_000_000..=18_000_000_i32, -9_000_000..=9_000_000_i32)
            .prop_map(|(lon, lat)| Point { lon: f64::from(lon) / UNITS, lat: f64::from(lat) / UNITS });
        prop::collection::vec(prop::collection::vec(on_grid, 3..50), 1..4)
            .prop_filter_map("a ring of repeated points", |rings| Polygon::new(rings).ok())
    }

    proptest! {
        #[test]
        fn a_polygon_on_the_grid_is_read_as_it_was_written(polygon in any_polygon()) {
            prop_assert_eq!(decode(&encode(&polygon).unwrap()), Ok(polygon));
        }

        #[test]
        fn bytes_that_are_read_are_the_only_writing_of_their_polygon(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            if let Ok(polygon) = decode(&bytes) {
                prop_assert_eq!(encode(&polygon).unwrap(), bytes);
            }
        }

        #[test]
        fn a_cut_polygon_is_refused(polygon in any_polygon(), cut in any::<prop::sample::Index>()) {
            let bytes = encode(&polygon).unwrap();
            prop_assert!(decode(&bytes[..cut.index(bytes.len())]).is_err());
        }
    }

    #[test]
    fn a_town_square_takes_19_bytes() {
        let at = |lon, lat| Point { lon, lat };
        let square = vec![at(10.925, 44.646), at(10.926, 44.646), at(10.926, 44.647), at(10.925, 44.647)];
        assert_eq!(encode(&Polygon::new(vec![square]).unwrap()).unwrap().len(), 19);
    }

    #[test]
    fn safety_rule_9_counts_that_promise_too_much_are_refused_before_anything_is_allocated() {
        let mut bytes = vec![1];
        put(&mut bytes, 1 << 60);
        assert_eq!(decode(&bytes), Err(CompactError::TooManyPoints { points: 1 << 60 }));
        assert_eq!(decode(&[1, 0xff, 0x1f, 0, 0]), Err(CompactError::Broken { at: 5 }));
        let ring: Vec<Point> =
            (0..5_000).map(|i| Point { lon: f64::from(i) / 100.0, lat: f64::from(i % 7) }).collect();
        let error = encode(&Polygon::new(vec![ring]).unwrap()).unwrap_err();
        assert_eq!(error.to_string(), "the polygon has 5000 points: at most 4096 are carried");
    }
}
