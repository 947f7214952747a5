//! Whether two areas have any place in common.

use super::{
    Circle, Point, Polygon,
    geometry::{BORDER_M, Reach},
};

impl Polygon {
    /// Whether any place lies in both, or within a metre of both. Where a hole is in doubt the answer is yes.
    pub fn overlaps(&self, other: &Self) -> bool {
        let meets = |a: &Self, b: &Self| a.rings().iter().flatten().any(|point| b.contains(*point));
        meets(self, other) || meets(other, self) || self.crosses(other)
    }

    fn crosses(&self, other: &Self) -> bool {
        sides(self).any(|(a, b)| sides(other).any(|(c, d)| cross(a, b, c, d)))
    }
}

impl Circle {
    /// Whether any place lies in both, or within a metre of both.
    pub fn overlaps(&self, polygon: &Polygon) -> bool {
        if polygon.contains(self.centre()) {
            return true;
        }
        let reach = Reach::new(self.centre(), self.radius_km() * 1000.0 + BORDER_M);
        polygon.rings().iter().any(|ring| reach.meet(ring.iter().copied()).touches)
    }
}

fn sides(polygon: &Polygon) -> impl Iterator<Item = (Point, Point)> + '_ {
    polygon.rings().iter().flat_map(|ring| ring.iter().copied().zip(ring.iter().copied().cycle().skip(1)))
}

/// Whether the two segments have a point in common other than by touching, which the corners tell.
fn cross(a: Point, b: Point, c: Point, d: Point) -> bool {
    let side = |from: Point, to: Point, p: Point| {
        (to.lon - from.lon) * (p.lat - from.lat) - (to.lat - from.lat) * (p.lon - from.lon)
    };
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn point(lon: f64, lat: f64) -> Point {
        Point::new(lon, lat).unwrap()
    }

    fn square(lon: f64, lat: f64, size: f64) -> Polygon {
        let ring = [(0.0, 0.0), (size, 0.0), (size, size), (0.0, size)];
        Polygon::new(vec![ring.map(|(x, y)| point(lon + x, lat + y)).to_vec()]).unwrap()
    }

    #[test]
    fn areas_overlap_by_a_corner_a_side_or_one_within_the_other() {
        let town = square(10.9, 44.6, 0.1);
        assert!(town.overlaps(&square(10.95, 44.65, 0.1)));
        assert!(town.overlaps(&square(10.92, 44.62, 0.01)) && square(10.92, 44.62, 0.01).overlaps(&town));
        // A bar across, no corner of either within the other.
        let bar = Polygon::new(vec![vec![
            point(10.8, 44.64),
            point(11.1, 44.64),
            point(11.1, 44.66),
            point(10.8, 44.66),
        ]]);
        assert!(town.overlaps(&bar.unwrap()));
        assert!(!town.overlaps(&square(11.1, 44.6, 0.1)));
    }

    #[test]
    fn a_circle_overlaps_what_it_reaches() {
        let town = square(10.9, 44.6, 0.1);
        let circle = |lon, km| Circle::new(point(lon, 44.65), km).unwrap();
        assert!(circle(10.95, 0.1).overlaps(&town));
        assert!(circle(11.02, 2.0).overlaps(&town));
        assert!(!circle(11.02, 1.0).overlaps(&town));
    }

    proptest! {
        #[test]
        fn overlap_does_not_depend_on_the_order(
            lon in 10.8f64..11.1, lat in 44.5f64..44.8, size in 0.001f64..0.2,
        ) {
            let (a, b) = (square(10.9, 44.6, 0.1), square(lon, lat, size));
            prop_assert_eq!(a.overlaps(&b), b.overlaps(&a));
        }

        #[test]
        fn areas_with_a_common_point_overlap(x in 0.0f64..1.0, y in 0.0f64..1.0, size in 0.001f64..0.2) {
            let town = square(10.9, 44.6, 0.1);
            let inside = point(10.9 + 0.1 * x, 44.6 + 0.1 * y);
            prop_assert!(town.overlaps(&square(inside.lon - size / 2.0, inside.lat - size / 2.0, size)));
        }
    }
}
