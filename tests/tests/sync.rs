//! The phone's synchronisation against a server that withholds.
#![expect(clippy::unwrap_used, reason = "helpers of tests may unwrap as tests do")]

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{
    Json, Router,
    extract::{Query, State},
    routing::get,
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use campanile_core::{
    alerts::PlaceSettings,
    fixtures::{self, Town, signed, signed_head},
    notice::{HeadEntry, Severity},
    phone::{Phone, PhoneConfig, PlaceDraft},
    platform::FixedClock,
    sync::{Client, Synced},
};
use campanile_tests::server::town;
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::{Value, json};
use tempfile::TempDir;

/// A server that passes over its only item the first time it is asked.
struct Withholding {
    keys: Town,
    asked: AtomicUsize,
}

#[derive(Deserialize)]
struct After {
    after: u64,
}

async fn alerts(State(server): State<Arc<Withholding>>, Query(query): Query<After>) -> Json<Value> {
    let asked = server.asked.fetch_add(1, Ordering::SeqCst);
    if asked == 0 || query.after >= 1 {
        return Json(json!({"items": [], "cursor": 1, "more": false}));
    }
    let notice = server.keys.alert("withheld", Severity::Minor);
    let item = BASE64_STANDARD.encode(signed(&notice, &[&server.keys.officers[0]]));
    Json(json!({"items": [{"sequence": 1, "item": item}], "cursor": 1, "more": false}))
}

async fn head(State(server): State<Arc<Withholding>>) -> Vec<u8> {
    let mut head = server.keys.head(1, fixtures::now());
    head.in_force.push(HeadEntry { id: "withheld".to_owned(), sequence: 1 });
    signed_head(&head, &server.keys.feed)
}

async fn withholding() -> (std::net::SocketAddr, Arc<Withholding>) {
    let server = Arc::new(Withholding { keys: Town::live(), asked: AtomicUsize::new(0) });
    let trust =
        |State(server): State<Arc<Withholding>>| async move { server.keys.signed_list(&server.keys.list(1)) };
    let app = Router::new()
        .route("/v1/trust", get(trust))
        .route("/v1/revocations", get(async || Json(json!({"items": []}))))
        .route("/v1/alerts", get(alerts))
        .route("/v1/head", get(head))
        .with_state(Arc::clone(&server));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    (address, server)
}

fn phone(folder: &TempDir, address: std::net::SocketAddr) -> Phone {
    let config = PhoneConfig {
        folder: folder.path().to_owned(),
        towns: vec![town(Town::live().anchor(), address)],
        language: "it".to_owned(),
        built_at: fixtures::now() - TimeDelta::days(60),
    };
    let clock = Arc::new(FixedClock::new(fixtures::now()));
    let (phone, _) = Phone::open(config, zeroize::Zeroizing::new([1; 32]), clock).unwrap();
    let settings = PlaceSettings::default();
    let home = PlaceDraft {
        id: None,
        name: "Casa".to_owned(),
        comune: fixtures::comune(),
        point: None,
        drawn: None,
        settings,
    };
    phone.save_place(home).unwrap();
    phone
}

#[tokio::test]
async fn what_the_head_names_and_the_phone_lacks_is_fetched_again() {
    let folder = tempfile::tempdir().unwrap();
    let (address, server) = withholding().await;
    let phone = phone(&folder, address);
    let mut synced = Synced::default();
    Client::new().unwrap().refresh(&phone, &mut synced).await.unwrap();
    assert_eq!(phone.list().unwrap().cards[0].card.id, "withheld");
    assert_eq!(server.asked.load(Ordering::SeqCst), 2);
    // The trust list, the head, the item that had been passed over. It rings: it is news to this phone.
    assert_eq!(synced, Synced { accepted: 3, refused: 0 });
    assert_eq!(phone.unshown().unwrap().len(), 1);

    let mut again = Synced::default();
    Client::new().unwrap().refresh(&phone, &mut again).await.unwrap();
    assert_eq!(again, Synced::default());
    assert_eq!(server.asked.load(Ordering::SeqCst), 3, "nothing is missing any more");
}
