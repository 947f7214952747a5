//! Registration of phones.

use campanile_tests::server::Server;
use serde_json::{Value, json};

fn body() -> Value {
    json!({ "channel": "stream", "endpoint": "", "area_keys": ["comune/036023"], "languages": ["it"] })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_changes_and_removes_its_registration_with_its_secret_alone() {
    let server = Server::start().await;
    let (device, secret) = server.register("stream", "", "comune/036023").await;
    let url = server.api.url(&format!("/v1/devices/{device}"));
    let put = |secret: &str| {
        let request = server.api.http().put(url.clone()).bearer_auth(secret).body(body().to_string());
        server.api.answer(request)
    };
    assert_eq!(put("not-the-secret").await.code(), "unauthorized");
    assert_eq!(put(&secret).await.status, 204);
    let delete = |secret: &str| server.api.answer(server.api.http().delete(url.clone()).bearer_auth(secret));
    assert_eq!(delete("").await.status, 401);
    assert_eq!(delete(&secret).await.status, 204);
    // An unknown device is answered like a wrong secret.
    assert_eq!(put(&secret).await.code(), "unauthorized");
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_are_unlinked_and_the_secret_is_kept_as_a_hash() {
    let server = Server::start().await;
    let (first, secret) = server.register("stream", "", "comune/036023").await;
    let (second, _) = server.register("stream", "", "comune/036023").await;
    assert_ne!(first, second);
    assert_eq!(first.len(), 32);
    let kept = server.app().storage.device_secret(first).await.unwrap().unwrap();
    assert_eq!(kept, campanile_core::trust::sha256(secret.as_bytes()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_registration_is_refused_with_the_place_of_the_mistake() {
    let server = Server::start().await;
    let cases = [
        ("area_keys", json!([]), "invalid_area_keys"),
        ("area_keys", json!(["zona/Emil-F1"]), "invalid_area_keys"),
        ("area_keys", json!(["comune/036023", "comune/999999"]), "invalid_area_keys"),
        ("endpoint", json!("token"), "invalid_endpoint"),
        ("languages", json!(["it", "<script>"]), "invalid_languages"),
        ("channel", json!("fcm"), "channel_unavailable"),
        ("channel", json!("pigeon"), "invalid_body"),
        ("name", json!("Maria"), "invalid_body"),
    ];
    for (field, value, code) in cases {
        let mut wrong = body();
        wrong[field] = value;
        let answer = server.api.post_json("/v1/devices", &wrong).await;
        assert!((400..500).contains(&answer.status), "{}", answer.json);
        assert_eq!(answer.code(), code, "{}", answer.json);
        assert!(!answer.json.to_string().contains("Maria"), "{}", answer.json);
    }
    let long = "x".repeat(80_000);
    assert_eq!(server.api.post_json("/v1/devices", &json!(long)).await.code(), "too_large");
    assert_eq!(server.api.get("/v1/nothing").await.code(), "unknown_route");
    assert_eq!(server.api.get("/v1/items").await.code(), "unknown_method");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_operator_watches_names_no_phone() {
    let server = Server::start().await;
    let (device, secret) = server.register("stream", "", "comune/036023").await;
    let text = server.api.http().get(server.api.url("/metrics")).send().await.unwrap().text().await.unwrap();
    assert!(text.contains("campanile_devices{channel=\"stream\"} 1"), "{text}");
    assert!(!text.contains(&device) && !text.contains(&secret), "{text}");
    let health = server.api.get("/healthz").await;
    assert_eq!((health.status, &health.json["status"]), (200, &json!("ok")));
    let security = server.api.http().get(server.api.url("/.well-known/security.txt")).send().await.unwrap();
    assert!(
        security
            .text()
            .await
            .unwrap()
            .starts_with("Contact: mailto:sicurezza@modena.example\nExpires: 2023-11-")
    );
}
