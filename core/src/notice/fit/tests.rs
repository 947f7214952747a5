use proptest::prelude::*;

use super::*;
use crate::{
    area::Point,
    fixtures::{Town, signed},
    notice::Severity,
};

/// A star of `points` around Modena with an irregular edge.
fn star(points: u32, seed: u32) -> Polygon {
    let mut ring: Vec<Point> = (0..points)
        .map(|n| {
            let angle = f64::from(n) / f64::from(points) * std::f64::consts::TAU;
            let wobble = f64::from((n * 7_919 + seed) % 97) / 97.0;
            let radius = 0.02 + 0.01 * wobble;
            Point::new(10.92 + radius * angle.cos(), 44.64 + radius * angle.sin()).unwrap()
        })
        .collect();
    ring.push(ring[0]);
    Polygon::new(vec![ring]).unwrap()
}

fn draft() -> AlertNotice {
    Town::live().alert("a-1", Severity::Extreme)
}

#[test]
fn what_fits_is_left_alone() {
    let fitted = fit(draft(), &[star(20, 1)], 2).unwrap();
    assert_eq!(fitted.steps, []);
    assert_eq!(fitted.notice.texts.len(), 2);
    let town = Town::live();
    let bytes = signed(&fitted.notice, &[&town.officers[0], &town.officers[1]]);
    assert_eq!(bytes.len(), fitted.size_bytes);
}

#[test]
fn languages_go_first_then_descriptions_then_vertices() {
    let mut long = draft();
    long.texts[1].description = "x".repeat(2_600);
    let fitted = fit(long, &[], 2).unwrap();
    assert_eq!(fitted.steps, [Step::Language("en".to_owned())]);

    let mut long = draft();
    long.texts[0].description = "però ".repeat(600);
    let fitted = fit(long, &[], 2).unwrap();
    assert_eq!(fitted.steps, [Step::Language("en".to_owned()), Step::Description(400)]);
    assert!(fitted.notice.texts[0].description.ends_with('…'));

    let fitted = fit(draft(), &[star(1_200, 3)], 2).unwrap();
    assert!(matches!(fitted.steps.last(), Some(Step::Tolerance(_))), "{:?}", fitted.steps);
}

#[test]
fn what_cannot_be_given_up_is_named() {
    let mut long = draft();
    long.texts[0].instruction = "x".repeat(3_000);
    let error = fit(long, &[star(50, 1)], 2).unwrap_err();
    assert!(matches!(error, FitError::TooLong { limit_bytes: 2_700, .. }));
    let mut nowhere = draft();
    nowhere.area.keys.clear();
    assert_eq!(fit(nowhere, &[star(50, 1)], 2), Err(FitError::NoArea));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    #[test]
    fn a_fitted_area_contains_the_original_and_the_essentials_stay(
        points in 3u32..1_500,
        seed in any::<u16>(),
        description in "[a-zàèìòù ]{0,900}",
    ) {
        let mut whole = draft();
        whole.texts[0].description = description;
        let shape = star(points, seed.into());
        let fitted = fit(whole.clone(), std::slice::from_ref(&shape), 2).unwrap();
        prop_assert!(fitted.size_bytes <= 2_700);
        let first = (&whole.texts[0], &fitted.notice.texts[0]);
        prop_assert_eq!(&first.0.headline, &first.1.headline);
        prop_assert_eq!(&first.0.instruction, &first.1.instruction);
        prop_assert_eq!(whole.expires, fitted.notice.expires);
        prop_assert_eq!(whole.severity, fitted.notice.severity);
        prop_assert_eq!(&whole.area.keys, &fitted.notice.area.keys);
        if let Some(bytes) = fitted.notice.area.polygons.first() {
            let decoded = compact::decode(bytes).unwrap();
            for point in shape.rings()[0].iter().step_by(7) {
                prop_assert!(decoded.contains(*point), "{point:?}");
            }
        }
    }
}
