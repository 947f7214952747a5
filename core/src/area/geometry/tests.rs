use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn point(lon: f64, lat: f64) -> Point {
    Point::new(lon, lat).unwrap()
}

fn ring(points: &[(f64, f64)]) -> Vec<Point> {
    points.iter().map(|(lon, lat)| point(*lon, *lat)).collect()
}

fn polygon(rings: &[&[(f64, f64)]]) -> Polygon {
    Polygon::new(rings.iter().map(|points| ring(points)).collect()).unwrap()
}

const SQUARE: &[(f64, f64)] = &[(10.0, 44.0), (11.0, 44.0), (11.0, 45.0), (10.0, 45.0)];
const HOLE: &[(f64, f64)] = &[(10.4, 44.4), (10.6, 44.4), (10.6, 44.6), (10.4, 44.6)];
const BOW_TIE: &[(f64, f64)] = &[(10.0, 44.0), (11.0, 45.0), (11.0, 44.0), (10.0, 45.0)];
/// A five-pointed star drawn in one stroke: its middle is gone round twice.
const STAR: &[(f64, f64)] = &[(10.5, 45.0), (10.8, 44.05), (10.0, 44.65), (11.0, 44.65), (10.2, 44.05)];

#[rstest]
#[case::inside(&[SQUARE], (10.5, 44.5), true)]
#[case::outside(&[SQUARE], (9.5, 44.5), false)]
#[case::level_with_a_vertex_outside(&[SQUARE], (9.5, 44.0), false)]
#[case::in_the_hole(&[SQUARE, HOLE], (10.5, 44.5), false)]
#[case::beside_the_hole(&[SQUARE, HOLE], (10.3, 44.5), true)]
#[case::on_the_border_of_the_hole(&[SQUARE, HOLE], (10.4, 44.5), true)]
#[case::left_lobe_of_a_bow_tie(&[BOW_TIE], (10.1, 44.5), true)]
#[case::right_lobe_of_a_bow_tie(&[BOW_TIE], (10.9, 44.5), true)]
#[case::between_the_lobes(&[BOW_TIE], (10.5, 44.1), false)]
#[case::middle_of_a_star(&[STAR], (10.5, 44.5), true)]
#[case::arm_of_a_star(&[STAR], (10.5, 44.9), true)]
#[case::between_the_arms(&[STAR], (10.5, 44.06), false)]
fn a_polygon_holds_what_its_outer_ring_goes_round(
    #[case] rings: &[&[(f64, f64)]],
    #[case] (lon, lat): (f64, f64),
    #[case] inside: bool,
) {
    assert_eq!(polygon(rings).contains(point(lon, lat)), inside);
}

#[test]
fn a_metre_across_the_border_is_inside_and_two_are_not() {
    let (lon_m, lat_m) = point(10.5, 44.0).degree_m();
    for (m, inside) in [(0.0, true), (0.95, true), (1.05, false), (2.0, false)] {
        assert_eq!(polygon(&[SQUARE]).contains(point(10.5, 44.0 - m / lat_m)), inside, "{m} m south");
        let corner = m / std::f64::consts::SQRT_2;
        assert_eq!(
            polygon(&[SQUARE]).contains(point(10.0 - corner / lon_m, 44.0 - corner / lat_m)),
            inside,
            "{m} m off the corner"
        );
    }
}

#[test]
fn distances_are_those_of_the_ellipsoid() {
    // From the Ghirlandina of Modena to the castle of Ferrara, by PROJ's geodesic.
    let metres = point(10.925_73, 44.646_34).distance_m(point(11.619_1, 44.837_8));
    assert!((metres - 58_892.130).abs() < 0.01, "{metres}");
    // One minute of latitude at the equator of WGS84: 1,842.9 m.
    let minute = point(0.0, 0.0).distance_m(point(0.0, 1.0 / 60.0));
    assert!((minute - 1_842.9).abs() < 0.1, "{minute}");
}

#[test]
fn a_degree_measured_flat_is_a_degree_measured_over_the_ellipsoid() {
    for lat in [0.0, 36.0, 44.6, 47.0, 70.0] {
        let (lon_m, lat_m) = point(10.0, lat).degree_m();
        let east = point(10.0, lat).distance_m(point(10.001, lat)) * 1000.0;
        let north = point(10.0, lat - 0.0005).distance_m(point(10.0, lat + 0.0005)) * 1000.0;
        assert!((lon_m / east - 1.0).abs() < 1e-4 && (lat_m / north - 1.0).abs() < 1e-4, "{lat}");
    }
}

#[test]
fn a_circle_ends_a_metre_after_its_radius() {
    let centre = point(11.0, 44.8);
    let circle = Circle::new(centre, 3.0).unwrap();
    let north = |m: f64| point(11.0, 44.8 + m / centre.degree_m().1);
    assert!(circle.contains(centre) && circle.contains(north(3_000.5)));
    assert!(!circle.contains(north(3_003.0)));
    assert!(Circle::new(centre, 0.0).unwrap().contains(north(0.5)));
    assert_eq!(Circle::new(centre, f64::NAN), Err(GeometryError::Radius));
    assert_eq!(Circle::new(centre, -1.0), Err(GeometryError::Radius));
}

#[test]
fn what_is_no_geometry_is_refused_by_name() {
    assert_eq!(Point::new(181.0, 0.0), Err(GeometryError::Longitude));
    assert_eq!(Point::new(f64::NAN, 0.0), Err(GeometryError::Longitude));
    assert_eq!(Point::new(0.0, -90.5), Err(GeometryError::Latitude));
    assert_eq!(Polygon::new(vec![]), Err(GeometryError::NoRing));
    let line = vec![ring(SQUARE), ring(&[(10.0, 44.0), (11.0, 44.0), (10.0, 44.0)])];
    assert_eq!(Polygon::new(line), Err(GeometryError::TooFewPoints { ring: 2, points: 2 }));
}

#[test]
fn safety_rule_9_a_polygon_of_too_many_points_is_refused_by_name() {
    let error = Polygon::new(vec![vec![point(10.0, 44.0); MOST_POINTS + 1]]).unwrap_err();
    assert_eq!(error.to_string(), "the polygon has 100001 points: at most 100000 are read");
}

fn any_ring() -> impl Strategy<Value = Vec<Point>> {
    prop::collection::vec((10.0..11.0, 44.0..45.0), 3..40)
        .prop_map(|points| points.into_iter().map(|(lon, lat)| Point { lon, lat }).collect())
}

proptest! {
    #[test]
    fn where_a_ring_starts_and_which_way_it_runs_changes_nothing(
        outer in any_ring(), hole in any_ring(), start in 0..40_usize, lon in 10.0..11.0, lat in 44.0..45.0,
    ) {
        let as_given = Polygon::new(vec![outer.clone(), hole.clone()]).unwrap();
        let turned = |mut ring: Vec<Point>, closed: bool| {
            let n = ring.len();
            ring.rotate_left(start % n);
            ring.reverse();
            if closed {
                ring.push(ring[0]);
            }
            ring
        };
        let other = Polygon::new(vec![turned(outer, true), turned(hole, false)]).unwrap();
        let place = Point { lon, lat };
        prop_assert_eq!(as_given.contains(place), other.contains(place));
    }

    #[test]
    fn every_vertex_and_the_middle_of_every_side_is_inside(ring in any_ring()) {
        let polygon = Polygon::new(vec![ring]).unwrap();
        let outer = &polygon.rings()[0];
        for (a, b) in outer.iter().zip(outer.iter().cycle().skip(1)) {
            let middle = Point { lon: f64::midpoint(a.lon, b.lon), lat: f64::midpoint(a.lat, b.lat) };
            prop_assert!(polygon.contains(*a) && polygon.contains(middle));
        }
    }

    #[test]
    fn a_convex_ring_holds_exactly_what_lies_left_of_all_its_sides(
        mut turns in prop::collection::vec(0.0..std::f64::consts::TAU, 3..20), lon in 10.0..11.0, lat in 44.0..45.0,
    ) {
        turns.sort_by(f64::total_cmp);
        let on_ring = |turn: &f64| Point { lon: 10.5 + 0.4 * turn.cos(), lat: 44.5 + 0.4 * turn.sin() };
        let ring: Vec<Point> = turns.iter().map(on_ring).collect();
        let place = Point { lon, lat };
        let clearance = ring.iter().zip(ring.iter().cycle().skip(1)).map(|(a, b)| {
            let cross = (b.lon - a.lon) * (place.lat - a.lat) - (b.lat - a.lat) * (place.lon - a.lon);
            cross / (b.lon - a.lon).hypot(b.lat - a.lat)
        });
        let clearance = clearance.fold(f64::INFINITY, f64::min);
        prop_assume!(clearance.is_finite() && clearance.abs() > 1e-4);
        prop_assert_eq!(Polygon::new(vec![ring]).unwrap().contains(place), clearance > 0.0);
    }
}
