//! A push role with a made-up town, in this process under a clock that stands, or as a process that can be killed.

#![expect(clippy::missing_panics_doc, clippy::unwrap_used, reason = "made for tests")]

use std::{
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use campanile_core::{
    assets::Town,
    fixtures,
    notice::{AlertNotice, BulletinNotice},
    platform::FixedClock,
    trust::{TrustAnchor, TrustList},
};
use campanile_server::{
    channels::{fcm::FcmSettings, stream::StreamSettings},
    https,
    push::{self, PushRole, Running},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// What the server answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The JSON of the body, or null.
    pub json: Value,
    /// The `ETag`, if any.
    pub etag: Option<String>,
}

impl Answer {
    /// The code of the first error, empty if there is none.
    pub fn code(&self) -> &str {
        self.json["errors"][0]["code"].as_str().unwrap_or_default()
    }
}

/// A client of the server's API.
#[derive(Clone)]
pub struct Api {
    http: reqwest::Client,
    base: String,
}

impl Api {
    /// The API at `address`.
    pub fn new(address: SocketAddr) -> Self {
        Self { http: https::client(Duration::from_secs(30)).unwrap(), base: format!("http://{address}") }
    }

    /// The HTTP client, for what is not asked often.
    pub fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// The whole address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Posts a signed item to `path`.
    pub async fn post_cose(&self, path: &str, cose: impl Into<reqwest::Body>) -> Answer {
        let request = self.http.post(self.url(path)).header("content-type", "application/cose").body(cose);
        self.answer(request).await
    }

    /// Posts JSON to `path`.
    pub async fn post_json(&self, path: &str, json: &Value) -> Answer {
        self.answer(self.http.post(self.url(path)).body(json.to_string())).await
    }

    /// Gets `path`.
    pub async fn get(&self, path: &str) -> Answer {
        self.answer(self.http.get(self.url(path))).await
    }

    /// Sends a request and reads its answer.
    pub async fn answer(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let etag = response.headers().get("etag").map(|etag| etag.to_str().unwrap().to_owned());
        let body = response.bytes().await.unwrap();
        Answer { status, json: serde_json::from_slice(&body).unwrap_or(Value::Null), etag }
    }
}

/// The made-up town as an app release would carry it.
pub fn town(anchor: TrustAnchor, address: SocketAddr) -> Town {
    Town {
        name: "Modena".to_owned(),
        server: format!("http://{address}/").parse().unwrap(),
        comuni: vec![fixtures::comune()],
        anchor,
    }
}

/// A push role in this process.
pub struct Server {
    /// Its town's keys.
    pub keys: fixtures::Town,
    /// Its clock, which stands at [`fixtures::now`].
    pub clock: Arc<FixedClock>,
    /// Its API.
    pub api: Api,
    /// Where it listens.
    pub address: SocketAddr,
    folder: TempDir,
    fcm: Option<FcmSettings>,
    closing: CancellationToken,
    running: Option<Running>,
}

impl Server {
    /// A push role with the town's first trust list.
    pub async fn start() -> Self {
        Self::start_with(None).await
    }

    /// A push role that also pushes to Firebase, or to what stands in for it.
    pub async fn start_with(fcm: Option<FcmSettings>) -> Self {
        let mut server = Self::start_without_trust(fcm).await;
        let list = server.keys.signed_list(&server.keys.list(1));
        assert_eq!(server.api.post_cose("/v1/trust", list).await.status, 201);
        server.api = Api::new(server.address);
        server
    }

    /// A push role that has no trust list yet.
    pub async fn start_without_trust(fcm: Option<FcmSettings>) -> Self {
        let address: SocketAddr = "127.0.0.1:0".parse().unwrap();
        let mut server = Self {
            keys: fixtures::Town::live(),
            clock: Arc::new(FixedClock::new(fixtures::now())),
            api: Api::new(address),
            address,
            folder: tempfile::tempdir().unwrap(),
            fcm,
            closing: CancellationToken::new(),
            running: None,
        };
        server.open().await;
        server
    }

    async fn open(&mut self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        self.address = listener.local_addr().unwrap();
        self.api = Api::new(self.address);
        self.closing = CancellationToken::new();
        let role = PushRole {
            town: town(self.keys.anchor(), self.address),
            security_contact: Some("mailto:sicurezza@modena.example".parse().unwrap()),
            stream: StreamSettings::default(),
            fcm: self.fcm.clone(),
            clock: self.clock.clone(),
        };
        let started = push::start(role, self.folder.path(), listener, self.closing.clone()).await;
        self.running = Some(started.unwrap());
    }

    /// What the handlers of the running server have.
    pub fn app(&self) -> &campanile_server::http::App {
        &self.running.as_ref().unwrap().app
    }

    /// Ends it in good order.
    pub async fn stop(&mut self) {
        self.closing.cancel();
        if let Some(running) = self.running.take() {
            running.ended().await.unwrap();
        }
    }

    /// Ends it in good order and starts it again on the same data and port.
    pub async fn restart(&mut self) {
        self.stop().await;
        self.open().await;
    }

    /// Registers a device and returns its id and secret.
    pub async fn register(&self, channel: &str, endpoint: &str, comune: &str) -> (String, String) {
        let body = serde_json::json!({
            "channel": channel, "endpoint": endpoint, "area_keys": [comune], "languages": ["it"],
        });
        let answer = self.api.post_json("/v1/devices", &body).await;
        assert_eq!(answer.status, 201, "{}", answer.json);
        let text = |field: &str| answer.json[field].as_str().unwrap().to_owned();
        (text("device"), text("secret"))
    }

    /// Posts an item that must be taken; its sequence.
    pub async fn publish(&self, cose: Vec<u8>) -> u64 {
        let answer = self.api.post_cose("/v1/items", cose).await;
        assert_eq!(answer.status, 201, "{}", answer.json);
        answer.json["sequence"].as_u64().unwrap()
    }
}

/// The made-up town moved to the present, for processes that run on the machine's clock.
pub struct PresentTown {
    /// Its keys.
    pub keys: fixtures::Town,
    shift: TimeDelta,
}

impl PresentTown {
    /// The town as if [`fixtures::now`] were `now`.
    pub fn at(now: DateTime<Utc>) -> Self {
        Self { keys: fixtures::Town::live(), shift: now - fixtures::now() }
    }

    /// Its trust list, signed by two roots.
    pub fn signed_list(&self) -> Vec<u8> {
        let mut list: TrustList = self.keys.list(1);
        list.issued += self.shift;
        list.expires += self.shift;
        for key in list.holders.iter_mut().flat_map(|holder| &mut holder.keys) {
            key.valid_from += self.shift;
            key.valid_to += self.shift;
        }
        self.keys.signed_list(&list)
    }

    /// An alert of the town, moved to the present.
    pub fn moved(&self, mut alert: AlertNotice) -> AlertNotice {
        alert.sent += self.shift;
        alert.expires += self.shift;
        alert
    }

    /// A bulletin of the town, published now for days that are already of the present.
    pub fn moved_bulletin(&self, mut bulletin: BulletinNotice) -> BulletinNotice {
        bulletin.published += self.shift;
        bulletin.sent += self.shift;
        bulletin
    }

    /// The `[town]` of a configuration.
    pub fn settings(&self) -> String {
        let roots: Vec<String> =
            self.keys.roots.iter().map(|root| format!("\"{}\"", root.public())).collect();
        format!(
            "[town]\nid = \"{}\"\nenvironment = \"live\"\ncomuni = [\"036023\"]\nroots = [{}]\n",
            self.keys.id,
            roots.join(", ")
        )
    }
}

/// A server process.
pub struct ServerProcess {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl ServerProcess {
    /// Starts `program` as a push role with a configuration file, and waits until it listens.
    pub fn start(program: &Path, config: &Path) -> Self {
        let mut child = Command::new(program)
            .args(["push", "--config"])
            .arg(config)
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on ").unwrap_or_else(|| panic!("said {line:?}"));
        Self { address: address.parse().unwrap(), child }
    }

    /// Kills it as a power cut would: it gets no chance to write anything.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        // A test that fails must not leave it running; after `kill` there is nothing left to end.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}
