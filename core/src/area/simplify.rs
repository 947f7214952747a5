//! Fewer points without losing ground: a polygon made simpler may only grow.
//!
//! Two moves are made, the one that grows the area least first. A vertex that bends inward is dropped;
//! a side between two that bend outward is dropped, and the sides beside it are drawn on until they meet.
//! Each move adds a triangle that the ring then goes round once more, so that nothing it went round before is left out,
//! whatever other parts of the ring lie there.

use std::{cmp::Ordering, collections::BinaryHeap};

use rstar::{AABB, RTree, RTreeObject};

use super::geometry::{Point, Polygon};

/// `polygon` with fewer points, grown by at most `tolerance_m` metres: every place in it is in the result.
///
/// A hole no wider than twice the tolerance is filled, any other is kept as it is.
/// An outer ring that crosses or touches itself is left as it is, since the moves hold for plain rings only.
pub fn simplify_outward(polygon: &Polygon, tolerance_m: f64) -> Polygon {
    let Some((outer, holes)) = polygon.rings().split_first() else { return polygon.clone() };
    let plane = Plane::of(polygon);
    let mut rings = vec![simpler(outer, &plane, tolerance_m).unwrap_or_else(|| outer.clone())];
    rings.extend(holes.iter().filter(|hole| plane.width_m(hole) > 2.0 * tolerance_m).cloned());
    Polygon::new(rings).unwrap_or_else(|_| polygon.clone())
}

/// Metres on a flat map about a polygon: straight lines stay straight, and no length comes out too short.
struct Plane {
    origin: Point,
    degree_m: (f64, f64),
}

type Metres = (f64, f64);

impl Plane {
    fn of(polygon: &Polygon) -> Self {
        let bounds = polygon.bounds();
        // A degree of longitude is longest where the polygon comes nearest to the equator.
        let nearest = 0.0_f64.clamp(bounds.least.lat, bounds.most.lat);
        let lon_m = Point { lon: 0.0, lat: nearest }.degree_m().0;
        let lat_m = bounds.least.degree_m().1.max(bounds.most.degree_m().1);
        Self { origin: bounds.least, degree_m: (lon_m, lat_m) }
    }

    fn metres(&self, point: Point) -> Metres {
        ((point.lon - self.origin.lon) * self.degree_m.0, (point.lat - self.origin.lat) * self.degree_m.1)
    }

    fn point(&self, (x, y): Metres) -> Option<Point> {
        Point::new(self.origin.lon + x / self.degree_m.0, self.origin.lat + y / self.degree_m.1).ok()
    }

    /// The shorter side of the box around a ring.
    fn width_m(&self, ring: &[Point]) -> f64 {
        let span = |values: &dyn Fn(Metres) -> f64| {
            let values = ring.iter().map(|point| values(self.metres(*point)));
            let (least, most) =
                values.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
            most - least
        };
        span(&|m| m.0).min(span(&|m| m.1))
    }
}

fn minus(a: Metres, b: Metres) -> Metres {
    (a.0 - b.0, a.1 - b.1)
}

fn cross(a: Metres, b: Metres) -> f64 {
    a.0 * b.1 - a.1 * b.0
}

/// Twice the signed area of the triangle: positive when it turns left.
fn turn(a: Metres, b: Metres, c: Metres) -> f64 {
    cross(minus(b, a), minus(c, b))
}

/// From `point` to the side from `a` to `b`.
fn distance_to_side(point: Metres, a: Metres, b: Metres) -> f64 {
    let (side, offset) = (minus(b, a), minus(point, a));
    let length2 = side.0 * side.0 + side.1 * side.1;
    let along =
        if length2 > 0.0 { ((offset.0 * side.0 + offset.1 * side.1) / length2).clamp(0.0, 1.0) } else { 0.0 };
    (offset.0 - along * side.0).hypot(offset.1 - along * side.1)
}

/// The simpler ring; `None` when the ring meets itself.
fn simpler(ring: &[Point], plane: &Plane, tolerance_m: f64) -> Option<Vec<Point>> {
    let mut corners: Vec<Metres> = ring.iter().map(|point| plane.metres(*point)).collect();
    if meets_itself(&corners) {
        return None;
    }
    let area: f64 = corners.iter().zip(corners.iter().cycle().skip(1)).map(|(a, b)| cross(*a, *b)).sum();
    if area < 0.0 {
        corners.reverse();
    }
    let mut chain = Chain::new(corners);
    chain.simplify(tolerance_m, plane);
    chain.corners().map(|corner| plane.point(corner)).collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// Leave out the corner.
    Drop,
    /// Leave out the side after the corner, and move the corner to where the sides beside it meet.
    Join(Metres),
}

#[derive(PartialEq)]
struct Move {
    corner: usize,
    kind: Kind,
    /// How far the area reaches beyond the original there afterwards, at most, metres.
    grown_m: f64,
    /// State of the four corners concerned when it was found; a later change makes it void.
    stamps: [u32; 4],
}

impl Eq for Move {}

impl PartialOrd for Move {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The least growth comes out of the heap first.
impl Ord for Move {
    fn cmp(&self, other: &Self) -> Ordering {
        other.grown_m.total_cmp(&self.grown_m).then_with(|| other.corner.cmp(&self.corner))
    }
}

/// A ring, anticlockwise, whose corners can be taken out.
struct Chain {
    corners: Vec<Metres>,
    before: Vec<usize>,
    after: Vec<usize>,
    /// How far the area reaches beyond the original at the side after a corner, at most, metres.
    grown_m: Vec<f64>,
    stamps: Vec<u32>,
    gone: Vec<bool>,
    left: usize,
}

impl Chain {
    fn new(corners: Vec<Metres>) -> Self {
        let n = corners.len();
        Self {
            corners,
            before: (0..n).map(|i| (i + n - 1) % n).collect(),
            after: (0..n).map(|i| (i + 1) % n).collect(),
            grown_m: vec![0.0; n],
            stamps: vec![0; n],
            gone: vec![false; n],
            left: n,
        }
    }

    fn corners(&self) -> impl Iterator<Item = Metres> {
        self.corners.iter().zip(&self.gone).filter(|(_, gone)| !**gone).map(|(corner, _)| *corner)
    }

    /// Corner `b` with the one before it and the two after it.
    fn about(&self, b: usize) -> [usize; 4] {
        [self.before[b], b, self.after[b], self.after[self.after[b]]]
    }

    fn stamps(&self, b: usize) -> [u32; 4] {
        self.about(b).map(|i| self.stamps[i])
    }

    fn dropping(&self, b: usize) -> Option<Move> {
        let [a, _, c, _] = self.about(b);
        let [from, at, to] = [a, b, c].map(|i| self.corners[i]);
        let bend = turn(from, at, to);
        let (into, out) = (minus(at, from), minus(to, at));
        // A spike, straight there and back, is no side to be cut: its points would be lost.
        let onward = into.0 * out.0 + into.1 * out.1 > 0.0;
        if bend > 0.0 || (bend == 0.0 && !onward) {
            return None;
        }
        let grown_m = distance_to_side(at, from, to) + self.grown_m[a].max(self.grown_m[b]);
        Some(Move { corner: b, kind: Kind::Drop, grown_m, stamps: self.stamps(b) })
    }

    fn joining(&self, b: usize) -> Option<Move> {
        let indices @ [a, _, c, _] = self.about(b);
        let [from, start, end, to] = indices.map(|i| self.corners[i]);
        if turn(from, start, end) <= 0.0 || turn(start, end, to) <= 0.0 {
            return None;
        }
        let (onward, backward, side) = (minus(start, from), minus(end, to), minus(end, start));
        let parallel = cross(onward, backward);
        let (s, t) = (cross(side, backward) / parallel, cross(side, onward) / parallel);
        if !(s > 0.0 && t > 0.0 && s.is_finite() && t.is_finite()) {
            return None;
        }
        let meeting = (start.0 + s * onward.0, start.1 + s * onward.1);
        let grown = self.grown_m[a].max(self.grown_m[b]).max(self.grown_m[c]);
        let grown_m = distance_to_side(meeting, start, end) + grown;
        Some(Move { corner: b, kind: Kind::Join(meeting), grown_m, stamps: self.stamps(b) })
    }

    /// The moves at corner `b` that keep within the tolerance.
    fn moves(&self, b: usize, tolerance_m: f64) -> impl Iterator<Item = Move> {
        self.dropping(b)
            .into_iter()
            .chain(self.joining(b))
            .filter(move |change| change.grown_m <= tolerance_m)
    }

    fn simplify(&mut self, tolerance_m: f64, plane: &Plane) {
        let mut moves: BinaryHeap<Move> =
            (0..self.corners.len()).flat_map(|b| self.moves(b, tolerance_m)).collect();
        while let Some(Move { corner: b, kind, grown_m, stamps }) = moves.pop() {
            if self.left <= 4 {
                break;
            }
            if self.gone[b] || stamps != self.stamps(b) {
                continue;
            }
            let [a, _, c, d] = self.about(b);
            let changed = match kind {
                Kind::Drop => {
                    self.remove(b);
                    a
                }
                Kind::Join(meeting) if plane.point(meeting).is_some() => {
                    self.corners[b] = meeting;
                    self.remove(c);
                    self.grown_m[b] = grown_m;
                    self.stamps[d] += 1;
                    b
                }
                Kind::Join(_) => continue,
            };
            self.grown_m[a] = grown_m;
            self.stamps[a] += 1;
            self.stamps[changed] += 1;
            let mut near = (0..3).fold(changed, |corner, _| self.before[corner]);
            for _ in 0..6 {
                moves.extend(self.moves(near, tolerance_m));
                near = self.after[near];
            }
        }
    }

    fn remove(&mut self, corner: usize) {
        let (before, after) = (self.before[corner], self.after[corner]);
        self.after[before] = after;
        self.before[after] = before;
        self.gone[corner] = true;
        self.stamps[corner] += 1;
        self.stamps[before] += 1;
        self.stamps[after] += 1;
        self.left -= 1;
    }
}

struct Side {
    number: usize,
    ends: [Metres; 2],
}

impl RTreeObject for Side {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        let [a, b] = self.ends;
        AABB::from_corners([a.0, a.1], [b.0, b.1])
    }
}

/// Whether two sides that are not neighbours meet, or a side runs straight back over its neighbour.
fn meets_itself(corners: &[Metres]) -> bool {
    let n = corners.len();
    let sides = (0..n).map(|i| Side { number: i, ends: [corners[i], corners[(i + 1) % n]] }).collect();
    let tree = RTree::bulk_load(sides);
    tree.iter().any(|side| {
        tree.locate_in_envelope_intersecting(side.envelope()).any(|other| {
            if other.number <= side.number {
                return false;
            }
            let apart = other.number - side.number;
            if apart == 1 {
                runs_back(side.ends, other.ends)
            } else if apart == n - 1 {
                runs_back(other.ends, side.ends)
            } else {
                meet(side.ends, other.ends)
            }
        })
    })
}

fn runs_back([a, b]: [Metres; 2], [_, c]: [Metres; 2]) -> bool {
    let (into, out) = (minus(b, a), minus(c, b));
    turn(a, b, c) == 0.0 && into.0 * out.0 + into.1 * out.1 < 0.0
}

fn meet([a, b]: [Metres; 2], [c, d]: [Metres; 2]) -> bool {
    let apart = |p: Metres, q: Metres, r: Metres, s: Metres| turn(p, q, r) * turn(p, q, s) > 0.0;
    // Boxes are known to overlap, so that sides in one line meet.
    !apart(a, b, c, d) && !apart(c, d, a, b)
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use proptest::prelude::*;

    use super::*;
    use crate::{
        area::{IstatCode, geometry::Reach},
        assets,
    };

    fn square_with(extra: &[(f64, f64)]) -> Polygon {
        let corners = [(10.0, 44.0), (10.1, 44.0), (10.1, 44.1), (10.0, 44.1)];
        let ring = corners.iter().chain(extra).map(|(lon, lat)| Point { lon: *lon, lat: *lat }).collect();
        Polygon::new(vec![ring]).unwrap()
    }

    #[test]
    fn a_notch_is_filled_and_a_cut_corner_is_drawn_out() {
        let notch = square_with(&[(10.0, 44.051), (10.000_1, 44.05), (10.0, 44.049)]);
        assert_eq!(simplify_outward(&notch, 100.0), square_with(&[]));
        let mut ring = square_with(&[(10.0, 44.000_1)]).rings()[0].clone();
        ring[0].lon = 10.000_1;
        let cut = Polygon::new(vec![ring]).unwrap();
        assert_eq!(cut.points(), 5);
        let simple = simplify_outward(&cut, 100.0);
        assert_eq!(simple.points(), 4);
        assert!(simple.contains(Point { lon: 10.0, lat: 44.0 }));
    }

    #[test]
    fn without_tolerance_only_points_on_straight_sides_go() {
        let polygon = square_with(&[(10.0, 44.05)]);
        assert_eq!(simplify_outward(&polygon, 0.0), square_with(&[]));
        let notch = square_with(&[(10.0, 44.051), (10.000_1, 44.05), (10.0, 44.049)]);
        assert!(simplify_outward(&notch, 1.0).points() > 4);
    }

    #[test]
    fn small_holes_are_filled_and_large_ones_kept() {
        let hole = |size: f64| {
            let (lon, lat) = (10.05, 44.05);
            [(lon, lat), (lon + size, lat), (lon, lat + size)].map(|(lon, lat)| Point { lon, lat }).to_vec()
        };
        let outer = square_with(&[]).rings()[0].clone();
        let polygon = Polygon::new(vec![outer, hole(0.000_1), hole(0.02)]).unwrap();
        assert_eq!(simplify_outward(&polygon, 50.0).rings()[1..], [hole(0.02)]);
    }

    #[test]
    fn a_ring_that_crosses_itself_is_left_as_it_is() {
        let bow_tie = [(10.0, 44.0), (10.1, 44.1), (10.1, 44.0), (10.0, 44.1), (9.999_9, 44.05)];
        let ring = bow_tie.iter().map(|(lon, lat)| Point { lon: *lon, lat: *lat }).collect();
        let polygon = Polygon::new(vec![ring]).unwrap();
        assert_eq!(simplify_outward(&polygon, 1000.0), polygon);
    }

    #[test]
    fn outlines_of_comuni_keep_a_third_of_their_points_within_500_m() {
        let (mut before, mut after) = (0, 0);
        for code in ["036023", "038008", "040012", "027042", "058091", "091055"] {
            for polygon in assets::outlines().of(code.parse::<IstatCode>().unwrap()) {
                let simple = simplify_outward(&polygon, 500.0);
                assert_grown_only(&polygon, &simple, 500.0);
                before += polygon.points();
                after += simple.points();
            }
        }
        assert!(after * 3 < before, "{before} to {after}");
    }

    fn assert_grown_only(polygon: &Polygon, simple: &Polygon, tolerance_m: f64) {
        let ring = &polygon.rings()[0];
        for (i, (a, b)) in ring.iter().zip(ring.iter().cycle().skip(1)).enumerate() {
            for share in [0.0, 0.5] {
                let place =
                    Point { lon: a.lon + share * (b.lon - a.lon), lat: a.lat + share * (b.lat - a.lat) };
                assert!(simple.contains(place), "side {i}");
            }
        }
        for corner in &simple.rings()[0] {
            // A metre of border, and a part in a hundred for the flat map.
            let reach = Reach::new(*corner, tolerance_m * 1.01 + 1.0);
            assert!(polygon.contains(*corner) || reach.meet(ring.iter().copied()).touches, "{corner:?}");
        }
    }

    /// A ring whose border wanders in and out as it goes round.
    fn any_ring() -> impl Strategy<Value = Vec<Point>> {
        prop::collection::vec(0.02..0.1_f64, 3..80).prop_map(|reaches| {
            let n = reaches.len() as f64;
            let corner = |(i, reach): (usize, &f64)| {
                let turn = i as f64 / n * TAU;
                Point { lon: 11.0 + reach * turn.cos(), lat: 44.5 + reach * turn.sin() }
            };
            reaches.iter().enumerate().map(corner).collect()
        })
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_grows_beyond_the_tolerance(
            ring in any_ring(), backwards: bool, tolerance_m in 0.0..5_000.0, inside in any::<prop::sample::Index>(), share in 0.0..1.0,
        ) {
            let mut ring = ring;
            if backwards {
                ring.reverse();
            }
            let corner = ring[inside.index(ring.len())];
            let polygon = Polygon::new(vec![ring]).unwrap();
            let simple = simplify_outward(&polygon, tolerance_m);
            prop_assert!(simple.points() <= polygon.points());
            assert_grown_only(&polygon, &simple, tolerance_m);
            let place = Point { lon: 11.0 + share * (corner.lon - 11.0), lat: 44.5 + share * (corner.lat - 44.5) };
            prop_assert!(!polygon.contains(place) || simple.contains(place));
        }

        #[test]
        fn no_ring_of_any_shape_loses_ground(
            points in prop::collection::vec((10.0..10.2, 44.0..44.2), 3..12), tolerance_m in 0.0..20_000.0,
            places in prop::collection::vec((10.0..10.2, 44.0..44.2), 50),
        ) {
            let point = |(lon, lat)| Point { lon, lat };
            let polygon = Polygon::new(vec![points.into_iter().map(point).collect()]).unwrap();
            let simple = simplify_outward(&polygon, tolerance_m);
            for place in places.into_iter().map(point) {
                prop_assert!(!polygon.contains(place) || simple.contains(place));
            }
        }
    }
}
