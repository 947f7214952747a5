//! Replays the stored seeds of the fuzz targets (`core/fuzz/seeds`), so that what once broke stays mended.

use std::{fs, path::Path};

#[path = "../fuzz/bodies.rs"]
mod bodies;

fn replay(target: &str, body: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut seeds = 0;
    for entry in fs::read_dir(&folder).expect("the seeds are stored") {
        let seed = entry.expect("the folder can be listed").path();
        body(&fs::read(seed).expect("a seed can be read"));
        seeds += 1;
    }
    assert!(seeds > 0, "no seeds in {}", folder.display());
}

#[test]
fn cap_documents_are_read_or_refused() {
    replay("cap_parse", bodies::cap_parse);
}

#[test]
fn bulletins_are_read_or_refused() {
    replay("bollettino_read", bodies::bollettino_read);
}

#[test]
fn weather_feeds_are_read_or_refused() {
    replay("meteoalarm_read", bodies::meteoalarm_read);
}

#[test]
fn items_of_the_wire_are_decoded_or_refused() {
    replay("notice_decode", bodies::notice_decode);
}

#[test]
#[cfg(feature = "fixtures")]
fn pushes_are_shown_or_refused() {
    replay("push_present", bodies::push_present);
}
