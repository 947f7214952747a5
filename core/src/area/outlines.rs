//! Outlines of all comuni, and in which of them a point lies.
//!
//! The file (`assets/comuni/outlines.bin`, form in its SOURCE.md) writes each border once, as TopoJSON does,
//! so that neighbours share it exactly. Borders are simplified by some tens of metres.

use rstar::{AABB, RTree, RTreeObject};

use super::{
    IstatCode,
    geometry::{Point, Polygon, Reach},
    varint::Reader,
};

/// File mark and version.
const MAGIC: &[u8] = b"CMPO\x01";
/// Units per degree of the file.
const GRID: f64 = 10_000.0;
/// A point in no outline belongs to the nearest one within this reach: piers, beaches, simplified coasts.
const SHORE_M: f64 = 100.0;

/// Why an outlines file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutlinesError {
    /// Not such a file, or of another version.
    #[error("not an outlines file of version 1")]
    Magic,
    /// The bytes end early, or a number makes no sense.
    #[error("broken at byte {at}")]
    Broken {
        /// Where, from 0.
        at: usize,
    },
}

type GridPoint = [i32; 2];

/// The outlines of all comuni.
pub struct Outlines {
    points: Vec<GridPoint>,
    /// First point of each ring, and the end of the last.
    rings: Vec<u32>,
    /// Sorted by code.
    comuni: Vec<Outline>,
    tree: RTree<Boxed>,
}

struct Outline {
    code: IstatCode,
    /// First ring of each polygon, and the end of the last.
    polygons: Vec<u32>,
}

/// A comune in the tree of boxes.
struct Boxed {
    envelope: AABB<[f64; 2]>,
    comune: u32,
}

impl RTreeObject for Boxed {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        self.envelope
    }
}

fn degrees([lon, lat]: GridPoint) -> Point {
    Point { lon: f64::from(lon) / GRID, lat: f64::from(lat) / GRID }
}

impl Outlines {
    /// Reads a file of outlines.
    pub fn read(bytes: &[u8]) -> Result<Self, OutlinesError> {
        let mut file = File { reader: Reader::new(bytes.strip_prefix(MAGIC).ok_or(OutlinesError::Magic)?) };
        let borders = file.borders()?;
        let mut outlines =
            Self { points: Vec::new(), rings: vec![0], comuni: Vec::new(), tree: RTree::new() };
        // Nearly every border lies between two comuni.
        outlines.points.reserve(borders.points.len() * 2);
        let count = file.count(3)?;
        outlines.comuni.reserve(count);
        let (mut code, mut border) = (0, 0);
        for _ in 0..count {
            code += file.count_to(999_999)?;
            let code = u32::try_from(code).ok().and_then(|code| IstatCode::from_number(code).ok());
            let mut polygons = vec![index(outlines.rings.len() - 1)];
            for _ in 0..file.count(1)? {
                for _ in 0..file.count(1)? {
                    for _ in 0..file.count(1)? {
                        border += file.signed()?;
                        file.lay(border, &borders, &mut outlines.points)?;
                    }
                    outlines.rings.push(index(outlines.points.len()));
                }
                polygons.push(index(outlines.rings.len() - 1));
            }
            outlines.comuni.push(Outline { code: code.ok_or_else(|| file.broken())?, polygons });
        }
        if file.reader.left() > 0 {
            return Err(file.broken());
        }
        let boxes = (0..outlines.comuni.len()).filter_map(|i| outlines.boxed(i)).collect();
        outlines.tree = RTree::bulk_load(boxes);
        Ok(outlines)
    }

    fn boxed(&self, comune: usize) -> Option<Boxed> {
        let outline = self.comuni.get(comune)?;
        let points: Vec<[f64; 2]> =
            self.rings_of(outline).flatten().map(|p| degrees(*p)).map(|p| [p.lon, p.lat]).collect();
        Some(Boxed { envelope: AABB::from_points(&points), comune: index(comune) })
    }

    fn rings_of(&self, outline: &Outline) -> impl Iterator<Item = &[GridPoint]> {
        let rings =
            outline.polygons.first().copied().unwrap_or(0)..outline.polygons.last().copied().unwrap_or(0);
        rings.filter_map(|ring| self.ring(ring))
    }

    fn ring(&self, ring: u32) -> Option<&[GridPoint]> {
        let ends = self.rings.get(ring as usize..)?.get(..2)?;
        self.points.get(ends[0] as usize..ends[1] as usize)
    }

    /// Number of comuni.
    pub fn len(&self) -> usize {
        self.comuni.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.comuni.is_empty()
    }

    /// The codes, sorted.
    pub fn codes(&self) -> impl Iterator<Item = IstatCode> {
        self.comuni.iter().map(|outline| outline.code)
    }

    /// The outline of a comune: one polygon, or several where it has islands or exclaves, the largest first.
    ///
    /// Empty for a code that is not in the file.
    pub fn of(&self, code: IstatCode) -> Vec<Polygon> {
        let Ok(at) = self.comuni.binary_search_by_key(&code, |outline| outline.code) else {
            return Vec::new();
        };
        let Some(outline) = self.comuni.get(at) else { return Vec::new() };
        outline
            .polygons
            .windows(2)
            .filter_map(|ends| {
                let rings = (ends[0]..ends[1]).filter_map(|ring| self.ring(ring));
                Polygon::new(rings.map(|ring| ring.iter().copied().map(degrees).collect()).collect()).ok()
            })
            .collect()
    }

    /// The comune in which `point` lies.
    ///
    /// A point in none belongs to the nearest within 100 m, so that a pier or a beach has its comune;
    /// `None` at sea and abroad.
    pub fn comune_at(&self, point: Point) -> Option<IstatCode> {
        let inside = Reach::new(point, 0.0);
        let holds = |outline: &&Outline| {
            let crossings: u32 = self
                .rings_of(outline)
                .map(|ring| inside.meet(ring.iter().copied().map(degrees)).crossings)
                .sum();
            crossings % 2 == 1
        };
        if let Some(outline) = self.near(point, inside.margin).find(holds) {
            return Some(outline.code);
        }
        [1.0, 10.0, SHORE_M].iter().find_map(|&reach_m| {
            let reach = Reach::new(point, reach_m);
            let touches = |outline: &&Outline| {
                self.rings_of(outline).any(|ring| reach.meet(ring.iter().copied().map(degrees)).touches)
            };
            self.near(point, reach.margin).filter(touches).map(|outline| outline.code).min()
        })
    }

    /// The comuni whose box is within reach.
    fn near(&self, point: Point, (lon, lat): (f64, f64)) -> impl Iterator<Item = &Outline> {
        let envelope =
            AABB::from_corners([point.lon - lon, point.lat - lat], [point.lon + lon, point.lat + lat]);
        let boxes = self.tree.locate_in_envelope_intersecting(envelope);
        boxes.filter_map(|boxed| self.comuni.get(boxed.comune as usize))
    }
}

/// An index that fits: a file has less than 2³² points, each of at least two bytes.
fn index(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The borders of a file, each one run of points.
struct Borders {
    points: Vec<GridPoint>,
    ends: Vec<usize>,
}

impl Borders {
    fn get(&self, number: usize) -> Option<&[GridPoint]> {
        let start = if number == 0 { 0 } else { *self.ends.get(number - 1)? };
        self.points.get(start..*self.ends.get(number)?)
    }
}

struct File<'a> {
    reader: Reader<'a>,
}

impl File<'_> {
    fn broken(&self) -> OutlinesError {
        OutlinesError::Broken { at: MAGIC.len() + self.reader.at() }
    }

    fn count_to(&mut self, most: usize) -> Result<usize, OutlinesError> {
        let number = self.reader.number().and_then(|number| usize::try_from(number).ok());
        number.filter(|number| *number <= most).ok_or_else(|| self.broken())
    }

    /// A count of things of at least `bytes` bytes each: no more than the file can still hold.
    fn count(&mut self, bytes: usize) -> Result<usize, OutlinesError> {
        self.count_to(self.reader.left() / bytes)
    }

    fn signed(&mut self) -> Result<i64, OutlinesError> {
        let number = self.reader.signed().filter(|n| n.unsigned_abs() < 1 << 31);
        number.ok_or_else(|| self.broken())
    }

    fn borders(&mut self) -> Result<Borders, OutlinesError> {
        let count = self.count(3)?;
        let mut borders = Borders { points: Vec::new(), ends: Vec::with_capacity(count) };
        let mut at = [0_i64; 2];
        for _ in 0..count {
            let length = self.count(2)?;
            if length < 2 {
                return Err(self.broken());
            }
            for _ in 0..length {
                at = [at[0] + self.signed()?, at[1] + self.signed()?];
                let [lon, lat] = at.map(|number| i32::try_from(number).ok());
                borders.points.push([lon.ok_or_else(|| self.broken())?, lat.ok_or_else(|| self.broken())?]);
            }
            borders.ends.push(borders.points.len());
        }
        Ok(borders)
    }

    /// Appends the border of a reference (twice its number, one more if backwards) to a ring begun before.
    fn lay(
        &self,
        reference: i64,
        borders: &Borders,
        points: &mut Vec<GridPoint>,
    ) -> Result<(), OutlinesError> {
        let reference = usize::try_from(reference).ok().ok_or_else(|| self.broken())?;
        let border = borders.get(reference / 2).ok_or_else(|| self.broken())?;
        if reference % 2 == 0 {
            points.extend(border);
        } else {
            points.extend(border.iter().rev());
        }
        // The next border begins where this one ends, and the last ends where the ring begins.
        points.pop();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;
    use crate::assets;

    fn at(lon: f64, lat: f64) -> Option<String> {
        assets::comune_at(Point::new(lon, lat).unwrap()).map(|code| code.to_string())
    }

    #[rstest]
    #[case::modena_piazza_grande(10.9256, 44.6463, Some("036023"))]
    #[case::ferrara_castle(11.6191, 44.8378, Some("038008"))]
    #[case::roma_campidoglio(12.4829, 41.8931, Some("058091"))]
    #[case::lampedusa(12.6100, 35.5020, Some("084020"))]
    #[case::campione_an_exclave(8.9715, 45.9686, Some("013040"))]
    #[case::san_marino_abroad(12.4473, 43.9361, None)]
    #[case::open_sea(13.5, 43.9, None)]
    #[case::far_away(-120.0, -45.0, None)]
    fn a_point_lies_in_its_comune(#[case] lon: f64, #[case] lat: f64, #[case] code: Option<&str>) {
        assert_eq!(at(lon, lat).as_deref(), code);
    }

    #[test]
    fn every_comune_has_an_outline_and_every_outline_a_comune() {
        let outlines = assets::outlines();
        let codes: Vec<_> = assets::comuni().iter().map(|comune| comune.code).collect();
        assert_eq!(outlines.codes().collect::<Vec<_>>(), codes);
        for code in codes {
            assert!(!outlines.of(code).is_empty(), "{code}");
        }
        assert!(outlines.of("999999".parse().unwrap()).is_empty());
    }

    #[test]
    fn a_broken_file_is_refused_with_the_place() {
        let file = include_bytes!("../../../assets/comuni/outlines.bin");
        assert_eq!(Outlines::read(b"nothing").err(), Some(OutlinesError::Magic));
        for cut in [5, 6, 1_000, 700_000, file.len() - 1] {
            assert!(matches!(Outlines::read(&file[..cut]), Err(OutlinesError::Broken { .. })), "{cut}");
        }
        let trailing = [file.as_slice(), &[0]].concat();
        assert_eq!(Outlines::read(&trailing).err(), Some(OutlinesError::Broken { at: file.len() }));
    }

    proptest! {
        #[test]
        fn the_tree_finds_the_comune_that_a_search_of_all_finds(lon in 9.0..13.0, lat in 43.8..46.0) {
            let (outlines, point) = (assets::outlines(), Point { lon, lat });
            if let Some(code) = outlines.comune_at(point) {
                let reach = Reach::new(point, SHORE_M);
                let holds = |polygon: &Polygon| {
                    polygon.contains(point) || polygon.rings().iter().any(|ring| reach.meet(ring.iter().copied()).touches)
                };
                prop_assert!(outlines.of(code).iter().any(holds), "{}", code);
            } else {
                let lies_in = |code: &IstatCode| outlines.of(*code).iter().any(|polygon| polygon.contains(point));
                prop_assert_eq!(outlines.codes().find(lies_in), None);
            }
        }

        #[test]
        fn no_bytes_make_reading_fail_otherwise_than_by_name(tail in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Outlines::read(&[MAGIC, &tail].concat());
        }
    }
}
