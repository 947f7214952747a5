//! What leaves a phone: docs/privacy.md.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, Uri, header},
    response::{IntoResponse, Response},
};
use campanile_core::{
    alerts::PlaceSettings,
    area::Point,
    assets::Town,
    fixtures,
    phone::{Phone, PhoneConfig, PlaceDraft},
    platform::FixedClock,
    sync::{Client, Endpoint, Synced},
};
use tokio::net::TcpListener;

/// Everything that was ever sent, as text.
type Sent = Arc<Mutex<Vec<String>>>;

/// A server that writes down every request whole and knows just enough to go on.
async fn listening_ear(
    State(sent): State<Sent>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let text = format!("{method} {uri} {headers:?} {}", String::from_utf8_lossy(&body));
    sent.lock().unwrap_or_else(PoisonError::into_inner).push(text);
    let json = match uri.path() {
        "/v1/devices" => r#"{"device":"d1","secret":"s1"}"#,
        "/v1/alerts" => r#"{"items":[],"cursor":0,"more":false}"#,
        "/v1/revocations" => r#"{"items":[]}"#,
        _ => return axum::http::StatusCode::NOT_FOUND.into_response(),
    };
    ([(header::CONTENT_TYPE, "application/json")], json).into_response()
}

#[tokio::test]
async fn a_phone_sends_the_comuni_of_its_places_and_nothing_finer() {
    let sent = Sent::default();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let ear = Router::new().fallback(listening_ear).with_state(Arc::clone(&sent));
    tokio::spawn(async move { axum::serve(listener, ear).await });

    let folder = tempfile::tempdir().unwrap();
    let config = PhoneConfig {
        folder: folder.path().to_owned(),
        towns: vec![Town {
            name: "Modena".to_owned(),
            server: format!("http://{address}/").parse().unwrap(),
            comuni: vec![fixtures::comune()],
            anchor: fixtures::Town::live().anchor(),
        }],
        language: "it".to_owned(),
        built_at: fixtures::now(),
    };
    let clock = Arc::new(FixedClock::new(fixtures::now()));
    let (phone, _) = Phone::open(config, [7; 32].into(), clock).unwrap();
    let point = Point { lon: 10.923_451, lat: 44.647_829 };
    let draft = |name: &str, comune: &str| PlaceDraft {
        id: None,
        name: name.to_owned(),
        comune: comune.parse().unwrap(),
        drawn: None,
        point: Some(point),
        settings: PlaceSettings::default(),
    };
    let home = phone.save_place(draft("Casa di nonna Pina", "036023")).unwrap();
    let away = phone.save_place(draft("Ufficio di Ugo", "001272")).unwrap();

    let client = Client::new().unwrap();
    client.register_everywhere(&phone, &Endpoint::Stream).await.unwrap();
    client.refresh(&phone, &mut Synced::default()).await.unwrap();

    let requests = sent.lock().unwrap().clone();
    assert!(requests.len() > 2, "{requests:?}");
    let registration = requests.iter().find(|text| text.starts_with("POST /v1/devices")).unwrap();
    assert!(registration.contains(r#""area_keys":["comune/036023"]"#), "{registration}");
    for request in &requests {
        for private in [
            "nonna",
            "Pina",
            "Ugo",
            "10.92",
            "923451",
            "44.64",
            "647829",
            "001272",
            &home.place.id,
            &away.place.id,
        ] {
            assert!(!request.contains(private), "'{private}' left the phone: {request}");
        }
        for tracking in ["cookie", "user-agent", "referer"] {
            assert!(!request.to_lowercase().contains(tracking), "'{tracking}' left the phone: {request}");
        }
    }
}
