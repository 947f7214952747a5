//! Four years of real bulletins on one phone per town, counted again by a plain script.

use std::{fs::File, io::BufReader, process::Command};

use campanile_core::area::IstatCode;
use campanile_tests::{
    checkout::{root, shared, skipped},
    replay::rings,
};

#[test]
fn safety_rule_4_four_years_of_bulletins_ring_as_a_plain_recount_says() {
    let Some(shared) = shared() else {
        skipped("four_years_of_bulletins_ring_as_a_plain_recount_says", "shared data");
        return;
    };
    let history = shared.join("data/dpc/bollettini_storico_zone.csv.gz");
    let codes = ["036023", "038008", "037006", "058091", "082053"];
    let comuni: Vec<IstatCode> = codes.iter().map(|code| code.parse().unwrap()).collect();
    let unpacked = flate2::read::GzDecoder::new(File::open(&history).unwrap());
    let found: Vec<String> = rings(BufReader::new(unpacked), &comuni)
        .unwrap()
        .into_iter()
        .map(|ring| format!("{},{},{}", ring.published.to_rfc3339(), ring.comune, ring.level))
        .collect();

    let recount = Command::new("python3")
        .arg(root().join("tests/recount/rings.py"))
        .arg(&history)
        .arg(root().join("assets/zones/comune_zones.csv"))
        .args(codes)
        .output()
        .unwrap();
    assert!(recount.status.success(), "{}", String::from_utf8_lossy(&recount.stderr));
    let expected: Vec<String> =
        String::from_utf8(recount.stdout).unwrap().lines().map(str::to_owned).collect();
    assert!(expected.len() > 50, "the history was read");
    assert_eq!(found, expected);
}
