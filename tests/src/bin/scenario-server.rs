//! The server of the scenarios: answers under `/NAME` as the scenario NAME says in `http`.
//!
//! Prints its address on the first line, e.g. `http://127.0.0.1:40123`, and serves until standard input is closed.
//! `GET /NAME/requests` gives the requests so far: `[{"method","path","body"}]`, that one left out.

use std::{
    collections::HashMap,
    io::{Read as _, Write as _},
    process::ExitCode,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{Method, Response, StatusCode, Uri, header},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use campanile_tests::scenarios;
use serde_json::{Value, json};

#[derive(Default)]
struct Served {
    answers: HashMap<String, Value>,
    requests: Mutex<HashMap<String, Vec<Value>>>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut served = Served::default();
    for scenario in scenarios::all() {
        let name = scenario.name.replace(' ', "_");
        for (route, answer) in scenario.http {
            served.answers.insert(format!("{name} {route}"), answer);
        }
    }
    let app = Router::new().fallback(answer).with_state(Arc::new(served));
    let Ok(listener) = tokio::net::TcpListener::bind("127.0.0.1:0").await else { return ExitCode::FAILURE };
    let Ok(address) = listener.local_addr() else { return ExitCode::FAILURE };
    let mut out = std::io::stdout();
    if writeln!(out, "http://{address}").and_then(|()| out.flush()).is_err() {
        return ExitCode::FAILURE;
    }
    let (ended, end) = tokio::sync::oneshot::channel::<()>();
    std::thread::spawn(move || {
        // Whoever started the server went away, or wants it to end.
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        let _ = ended.send(());
    });
    tokio::select! {
        _ = axum::serve(listener, app) => ExitCode::FAILURE,
        _ = end => ExitCode::SUCCESS,
    }
}

async fn answer(State(served): State<Arc<Served>>, method: Method, uri: Uri, body: Bytes) -> Response<Body> {
    let (name, path) = uri.path().trim_start_matches('/').split_once('/').unwrap_or((uri.path(), ""));
    let lock = || served.requests.lock().unwrap_or_else(PoisonError::into_inner);
    if path == "requests" {
        let requests = lock().get(name).cloned().unwrap_or_default();
        return respond(StatusCode::OK, "application/json", json!(requests).to_string());
    }
    let body: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let path = format!("/{path}");
    lock()
        .entry(name.to_owned())
        .or_default()
        .push(json!({"method": method.as_str(), "path": path, "body": body}));
    let Some(answer) = served.answers.get(&format!("{name} {method} {path}")) else {
        return respond(StatusCode::NOT_FOUND, "application/json", r#"{"errors":[{"code":"not_found"}]}"#);
    };
    if let Some(delay) = answer["delay_ms"].as_u64() {
        tokio::time::sleep(Duration::from_millis(delay)).await;
    }
    let status = answer["status"].as_u64().and_then(|status| u16::try_from(status).ok());
    let status = status.and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(StatusCode::OK);
    match answer["base64"].as_str() {
        Some(text) => respond(status, "application/cose", BASE64_STANDARD.decode(text).unwrap_or_default()),
        None => respond(status, "application/json", answer["json"].to_string()),
    }
}

fn respond(status: StatusCode, content_type: &str, body: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    if let Ok(content_type) = content_type.parse() {
        response.headers_mut().insert(header::CONTENT_TYPE, content_type);
    }
    response
}
