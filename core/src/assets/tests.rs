use super::*;
use crate::area::folded;
use crate::shared_data::shared;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn zones(comune: &str, on: &str) -> Vec<&'static str> {
    zones_of(comune.parse().unwrap(), date(on)).iter().map(ZoneCode::as_str).collect()
}

#[test]
fn every_reference_file_is_read() {
    comuni::read().unwrap();
    zones::read().unwrap();
    assert_eq!(comuni().len(), 7_896);
}

#[test]
fn a_broken_row_is_named_by_file_and_line() {
    let read = |row: &Row| row.value::<u32>(1);
    let error = table("a.csv", "name,number\nx,1\ny,due\n", &["name", "number"], read).unwrap_err();
    assert_eq!(error.to_string(), "a.csv, line 3: 'due': invalid digit found in string");
    let error = table("a.csv", "name\n", &["name", "number"], read).unwrap_err();
    assert_eq!(error.to_string(), "a.csv, line 1: expected the columns name,number");
}

#[test]
fn zones_change_on_the_first_of_june_2026_in_veneto_only() {
    assert_eq!(zones_on(date("2026-05-31")).len(), 170);
    assert_eq!(zones_on(date("2026-06-01")).len(), 187);
    assert!(zones_on(date("2020-03-29")).is_empty());
    assert_eq!(zones("025006", "2026-05-31"), ["Vene-H"]);
    assert_eq!(zones("025006", "2026-06-01"), ["Vene-H1"]);
    assert_eq!(zones("036023", "2023-05-16"), ["Emil-F1"]);
    assert_eq!(zones("036023", "2026-08-08"), ["Emil-F1"]);
}

#[test]
fn every_comune_lies_in_a_zone_in_force_and_every_zone_has_comuni() {
    for on in ["2023-05-16", "2026-05-31", "2026-06-01"].map(date) {
        for comune in comuni() {
            let zones = zones_of(comune.code, on);
            assert!(!zones.is_empty(), "{} {on}", comune.code);
            assert!(zones.iter().all(|zone| zones_on(on).get(zone).is_some()), "{} {on}", comune.code);
        }
        for zone in zones_on(on) {
            assert!(!comuni_of(&zone.code, on).is_empty(), "{} {on}", zone.code);
            assert!(
                comuni_of(&zone.code, on)
                    .iter()
                    .all(|code| comuni().get(*code).is_some_and(|c| c.code == *code))
            );
        }
    }
}

#[test]
fn a_comune_divided_by_a_watershed_lies_in_several_zones() {
    assert_eq!(zones("058086", "2026-08-08"), ["Lazi-D", "Lazi-F", "Lazi-G"]);
    assert_eq!(zones("028022", "2026-08-08"), zones("028108", "2026-08-08"));
    assert_eq!(zones("999999", "2026-08-08"), Vec::<&str>::new());
}

fn column_pairs(path: &std::path::Path, key: &str, value: &str) -> Vec<(String, String)> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|column| column == name).unwrap();
    let (key, value) = (at(key), at(value));
    reader.records().map(|row| row.unwrap()).map(|row| (row[key].to_owned(), row[value].to_owned())).collect()
}

#[test]
fn zone_lists_equal_those_of_the_source_code_by_code_and_name_by_name() {
    let Some(shared) = shared("zone lists") else { return };
    for (file, on) in [("zone_170.csv", "2026-05-31"), ("zone_187.csv", "2026-06-01")] {
        let list = zones_on(date(on));
        let source = column_pairs(&shared.join("data/dpc/zones").join(file), "zona_codice", "zona_nome");
        assert_eq!(source.len(), list.len());
        for (code, name) in source {
            assert_eq!(list.named(&name).map(|zone| zone.code.to_string()), Some(code), "{name}");
        }
    }
}

#[test]
fn emilia_romagna_agrees_with_the_lists_of_the_dpc() {
    let Some(shared) = shared("official comuni by zone") else { return };
    let text = std::fs::read_to_string(
        shared.join("data/dpc/zones/official_comuni_by_zone_emilia_12of18_20260601.json"),
    );
    let official: serde_json::Value = serde_json::from_str(&text.unwrap()).unwrap();
    for zone in official["zones"].as_object().unwrap().values() {
        let code: ZoneCode = zone["zone"].as_str().unwrap().parse().unwrap();
        let mut ours: Vec<String> = comuni_of(&code, date("2026-06-01"))
            .iter()
            .map(|comune| folded(&comuni().get(*comune).unwrap().name))
            .collect();
        let mut theirs: Vec<String> =
            zone["Comuni"].as_array().unwrap().iter().map(|name| folded(name.as_str().unwrap())).collect();
        ours.sort_unstable();
        theirs.sort_unstable();
        assert_eq!(ours, theirs, "{code}");
    }
}

#[test]
fn the_largest_share_of_each_comune_is_among_its_zones() {
    let Some(shared) = shared("zones by area") else { return };
    let source = column_pairs(&shared.join("data/dpc/zones/comune_zone_by_area_2026.csv"), "istat", "zone");
    let missing: Vec<_> = source
        .iter()
        .filter(|(comune, zone)| !zones(comune, "2026-08-08").contains(&zone.as_str()))
        .collect();
    assert_eq!(missing, Vec::<&(String, String)>::new());
}

/// The popular table names one zone per comune; these are the comuni where it errs, by outline (see SOURCE.md).
#[test]
fn the_popular_table_differs_only_where_it_is_known_to_be_wrong() {
    let Some(shared) = shared("popular table of comuni and zones") else { return };
    let wrong = [
        "009056", "013248", "014061", "016024", "016056", "017029", "019036", "020030", "024076", "025006",
        "026086", "029041", "033032", "035033", "036023", "039014", "043023", "043046", "046017", "049009",
        "053011", "055014", "055032", "059026", "061022", "064008", "065116", "066049", "069022", "074001",
        "077014", "078045", "098031", "099014",
    ];
    let source = column_pairs(&shared.join("data/dpc/zones/zone_comuni_187.csv"), "pro_com_t", "zona_codice");
    let mut differ: Vec<String> = source
        .into_iter()
        .filter(|(comune, zone)| !zone.is_empty() && !zones(comune, "2026-08-08").contains(&zone.as_str()))
        .map(|(comune, _)| comune)
        .collect();
    differ.sort_unstable();
    assert_eq!(differ, wrong);
}

#[test]
fn comuni_are_those_of_2023_but_for_the_mergers_since() {
    let Some(shared) = shared("set of comuni") else { return };
    let source = column_pairs(&shared.join("data/dpc/zones/comune_zone_by_area_2026.csv"), "istat", "name");
    let theirs: std::collections::BTreeSet<IstatCode> =
        source.iter().map(|(code, _)| code.parse().unwrap()).collect();
    let ours: std::collections::BTreeSet<IstatCode> = comuni().iter().map(|comune| comune.code).collect();
    let gone: Vec<_> = theirs.difference(&ours).collect();
    assert!(gone.iter().all(|code| comuni().current(**code) != **code), "{gone:?}");
    let new: Vec<String> = ours.difference(&theirs).map(ToString::to_string).collect();
    // Miagliano and the mergers of 2023 are missing in the source; the others are mergers of 2024.
    assert_eq!(new, ["005122", "012144", "013256", "024128", "025075", "028108", "096034"]);
}

/// Lays a grid of points over each comune of a finer source; ours may differ within 100 m of its borders only.
#[test]
fn simplified_outlines_give_the_comune_of_a_finer_source_away_from_borders() {
    let Some(shared) = shared("outlines of Emilia-Romagna") else { return };
    let text =
        std::fs::read_to_string(shared.join("data/boundaries/limits_R_8_municipalities.geojson")).unwrap();
    let source: geojson::FeatureCollection = text.parse().unwrap();
    let (mut asked, mut doubtful) = (0, 0);
    for feature in source.features {
        let code: IstatCode = feature.property("com_istat_code").unwrap().as_str().unwrap().parse().unwrap();
        let shape: geo::MultiPolygon = match geo::Geometry::try_from(feature.geometry.unwrap()).unwrap() {
            geo::Geometry::Polygon(polygon) => polygon.into(),
            geo::Geometry::MultiPolygon(polygons) => polygons,
            other => panic!("{code}: {other:?}"),
        };
        let ring =
            |line: &geo::LineString| line.coords().map(|c| Point { lon: c.x, lat: c.y }).collect::<Vec<_>>();
        for polygon in &shape {
            let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect();
            let polygon = crate::area::Polygon::new(rings).unwrap();
            let bounds = polygon.bounds();
            for (i, j) in (1..8).flat_map(|i| (1..8).map(move |j| (f64::from(i) / 8.0, f64::from(j) / 8.0))) {
                let point = Point {
                    lon: bounds.least.lon + i * (bounds.most.lon - bounds.least.lon),
                    lat: bounds.least.lat + j * (bounds.most.lat - bounds.least.lat),
                };
                if polygon.contains(point) {
                    asked += 1;
                    if comune_at(point) != Some(code) {
                        doubtful += 1;
                        let near = (0..16).map(|k| std::f64::consts::TAU * f64::from(k) / 16.0).any(|turn| {
                            let (lon, lat) = (0.001_26 * turn.cos(), 0.000_9 * turn.sin());
                            !polygon.contains(Point { lon: point.lon + lon, lat: point.lat + lat })
                        });
                        assert!(near, "{code}: a point farther than 100 m from its borders");
                    }
                }
            }
        }
    }
    assert!(asked > 8_000 && doubtful * 50 < asked, "{doubtful} of {asked}");
}
