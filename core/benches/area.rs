//! Geometry and places: the comune of a point, an alert's polygon against saved places, reading the outlines.

use std::{f64::consts::TAU, hint::black_box};

use campanile_core::{
    area::{Outlines, Point, Polygon, compact, simplify_outward},
    assets,
};
use criterion::{Criterion, criterion_group, criterion_main};

/// `count` points spread evenly, in an order without pattern, over the box of Italy.
fn spread(count: u32) -> Vec<Point> {
    // Fractions of the golden ratio and of its like in the plane.
    let fraction = |i: u32, step: f64| (f64::from(i) * step).fract();
    let point = |i| Point {
        lon: 6.7 + 11.8 * fraction(i, 0.754_877_666),
        lat: 36.7 + 10.3 * fraction(i, 0.569_840_291),
    };
    (0..count).map(point).collect()
}

/// A ring of `count` points with a ragged border, some 20 km across, about Modena.
fn ragged(count: u32) -> Polygon {
    let point = |i: u32| {
        let turn = f64::from(i) / f64::from(count) * TAU;
        let reach = 0.1 + 0.02 * (turn * 97.0).sin();
        Point { lon: 10.93 + reach * turn.cos(), lat: 44.65 + reach * turn.sin() }
    };
    Polygon::new(vec![(0..count).map(point).collect()]).expect("a ring of many different points")
}

fn area(c: &mut Criterion) {
    let points = spread(10_000);
    let on_land: Vec<Point> =
        points.iter().copied().filter(|point| assets::comune_at(*point).is_some()).collect();
    let mut land = on_land.iter().cycle();
    c.bench_function("comune_at, a point in a comune", |b| {
        b.iter(|| assets::comune_at(*land.next().expect("endless")));
    });
    let mut all = points.iter().cycle();
    c.bench_function("comune_at, anywhere in the box of Italy", |b| {
        b.iter(|| assets::comune_at(*all.next().expect("endless")));
    });

    let file = include_bytes!("../../assets/comuni/outlines.bin");
    c.bench_function("outlines, read", |b| b.iter(|| Outlines::read(black_box(file))));

    let alert = ragged(34_000);
    let places: Vec<Point> =
        (0..20).map(|i| Point { lon: 10.83 + 0.01 * f64::from(i), lat: 44.651 }).collect();
    c.bench_function("20 places in a ring of 34,000 points", |b| {
        b.iter(|| places.iter().filter(|place| alert.contains(**place)).count());
    });

    c.bench_function("simplify a ring of 34,000 points by 250 m", |b| {
        b.iter(|| simplify_outward(&alert, 250.0));
    });

    let carried = compact::encode(&ragged(300)).expect("300 points fit");
    c.bench_function("compact, decode 300 points", |b| b.iter(|| compact::decode(black_box(&carried))));

    c.bench_function("comuni, beginning with 'san'", |b| {
        b.iter(|| assets::comuni().beginning_with(black_box("san"), 20));
    });
}

criterion_group!(benches, area);
criterion_main!(benches);
