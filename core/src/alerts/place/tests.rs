use super::*;
use crate::{
    area::Polygon,
    fixtures::{comune, elsewhere, home, zone},
    notice::Circle,
};

fn point(lon: f64, lat: f64) -> Point {
    Point::new(lon, lat).unwrap()
}

/// A square of about a kilometre around the centre of Modena.
fn square() -> Area {
    let corners = [(10.92, 44.64), (10.93, 44.64), (10.93, 44.65), (10.92, 44.65), (10.92, 44.64)];
    let ring = corners.map(|(lon, lat)| point(lon, lat)).to_vec();
    let polygon = compact::encode(&Polygon::new(vec![ring]).unwrap()).unwrap();
    Area { keys: vec![AreaKey::Comune(comune())], polygons: vec![polygon.into()], circles: vec![] }
}

fn place_at(lon: f64, lat: f64) -> Place {
    Place { point: Some(point(lon, lat)), ..home() }
}

#[test]
fn a_key_concerns_the_comune_and_the_zone() {
    let by_zone = Area { keys: vec![AreaKey::Zona(zone())], ..Area::default() };
    assert!(concerns(&by_zone, &home()));
    assert!(!concerns(&by_zone, &elsewhere()));
    assert!(!concerns(&Area::default(), &home()));
}

#[test]
fn a_polygon_concerns_the_points_within_and_on_its_border() {
    assert!(concerns(&square(), &place_at(10.925, 44.645)));
    assert!(concerns(&square(), &place_at(10.92, 44.645)));
    assert!(!concerns(&square(), &place_at(10.94, 44.645)));
    assert!(concerns(&square(), &home()));
}

#[test]
fn a_shape_never_reaches_beyond_the_keys() {
    let mut place = place_at(10.925, 44.645);
    place.comune = elsewhere().comune;
    assert!(!concerns(&square(), &place));
}

#[test]
fn a_circle_concerns_the_points_within() {
    let circle = Circle { lon_e5: 1_092_500, lat_e5: 4_464_500, radius_m: 500 };
    let area = Area { keys: vec![AreaKey::Comune(comune())], polygons: vec![], circles: vec![circle] };
    assert!(concerns(&area, &place_at(10.925, 44.648)));
    assert!(!concerns(&area, &place_at(10.925, 44.655)));
}

#[test]
fn a_shape_that_cannot_be_read_concerns_the_whole_comune() {
    let mut area = square();
    area.polygons = vec![vec![0xff; 5].into()];
    assert!(concerns(&area, &place_at(10.94, 44.645)));
}

#[test]
fn a_drawn_area_is_concerned_by_any_part_of_a_shape() {
    let drawn = |west: f64, east: f64| {
        let ring =
            [(west, 44.63), (east, 44.63), (east, 44.66), (west, 44.66)].map(|(lon, lat)| point(lon, lat));
        Place { drawn: Some(Polygon::new(vec![ring.to_vec()]).unwrap()), ..home() }
    };
    assert!(concerns(&square(), &drawn(10.929, 10.95)));
    assert!(concerns(&square(), &drawn(10.91, 10.94)));
    assert!(!concerns(&square(), &drawn(10.94, 10.95)));
    let circle = Circle { lon_e5: 1_096_000, lat_e5: 4_464_500, radius_m: 1_000 };
    let area = Area { keys: vec![AreaKey::Comune(comune())], polygons: vec![], circles: vec![circle] };
    assert!(concerns(&area, &drawn(10.94, 10.95)));
    assert!(!concerns(&area, &drawn(10.91, 10.92)));
}

#[test]
fn quiet_hours_pass_midnight() {
    let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
    let hours = QuietHours { from: at(22, 0), to: at(8, 0) };
    assert!(hours.contains(at(23, 0)) && hours.contains(at(3, 0)) && hours.contains(at(22, 0)));
    assert!(!hours.contains(at(8, 0)) && !hours.contains(at(12, 0)));
}
