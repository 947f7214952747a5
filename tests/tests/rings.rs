//! Four years of real bulletins through a server to one phone per town, counted again by a plain script.
#![expect(clippy::unwrap_used, reason = "helpers of tests may unwrap as tests do")]

use std::{fs::File, io::BufReader, path::Path, process::Command};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use campanile_core::area::IstatCode;
use campanile_tests::{
    checkout::{root, shared, skipped},
    replay::{Replay, Ring},
    server::Server,
};
use chrono::Utc;

const CODES: [&str; 5] = ["036023", "038008", "037006", "058091", "082053"];

/// What the phones rang for when each edition came to them from a server.
async fn rings_through_a_server(history: &Path) -> Vec<Ring> {
    let comuni: Vec<IstatCode> = CODES.iter().map(|code| code.parse().unwrap()).collect();
    let unpacked = flate2::read::GzDecoder::new(File::open(history).unwrap());
    let mut replay = Replay::new(BufReader::new(unpacked), &comuni).unwrap();
    let server = Server::start().await;
    let answer = server.api.post_cose("/v1/trust", replay.trust_list.clone()).await;
    assert_eq!(answer.status, 201, "{}", answer.json);
    let mut rings = Vec::new();
    let mut cursor = 0;
    for (published, item) in std::mem::take(&mut replay.editions) {
        server.clock.set(published.with_timezone(&Utc));
        server.publish(item).await;
        let page = server.api.get(&format!("/v1/alerts?after={cursor}")).await.json;
        for row in page["items"].as_array().unwrap() {
            let bytes = STANDARD.decode(row["item"].as_str().unwrap()).unwrap();
            rings.extend(replay.receive(published, &bytes).unwrap());
        }
        assert_eq!(page["items"].as_array().unwrap().len(), 1);
        cursor = page["cursor"].as_u64().unwrap();
    }
    rings
}

#[tokio::test(flavor = "multi_thread")]
async fn safety_rule_4_four_years_of_bulletins_ring_as_a_plain_recount_says() {
    let Some(shared) = shared() else {
        skipped("four_years_of_bulletins_ring_as_a_plain_recount_says", "shared data");
        return;
    };
    let history = shared.join("data/dpc/bollettini_storico_zone.csv.gz");
    let found: Vec<String> = rings_through_a_server(&history)
        .await
        .into_iter()
        .map(|ring| format!("{},{},{}", ring.published.to_rfc3339(), ring.comune, ring.level))
        .collect();

    let recount = Command::new("python3")
        .arg(root().join("tests/recount/rings.py"))
        .arg(&history)
        .arg(root().join("assets/zones/comune_zones.csv"))
        .args(CODES)
        .output()
        .unwrap();
    assert!(recount.status.success(), "{}", String::from_utf8_lossy(&recount.stderr));
    let expected: Vec<String> =
        String::from_utf8(recount.stdout).unwrap().lines().map(str::to_owned).collect();
    assert!(expected.len() > 50, "the history was read");
    assert_eq!(found, expected);
}
