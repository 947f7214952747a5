//! The server's HTTP interface, as docs/protocol.md describes it.

use std::time::Duration;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use reqwest::{Method, RequestBuilder, Response, StatusCode, header};
use serde::{Deserialize, Serialize};

use super::{SyncError, tls};
use crate::assets::Town;

/// A whole call takes no longer than this.
const CALL: Duration = Duration::from_secs(30);

/// The longest answer that is read, bytes.
const LONGEST_ANSWER: usize = 4 * 1024 * 1024;

/// How many items one page of the catch-up brings.
const PAGE: u32 = 200;

/// Where a push service reaches the phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Endpoint {
    /// None: the phone listens to the stream.
    Stream,
    /// Firebase Cloud Messaging, by its registration token.
    Fcm {
        /// The token.
        token: String,
    },
}

/// What is registered for a phone at a town.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct DeviceWire {
    pub(super) channel: &'static str,
    pub(super) endpoint: String,
    pub(super) area_keys: Vec<String>,
    pub(super) languages: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct DeviceAnswer {
    pub(super) device: String,
    pub(super) secret: String,
}

#[derive(Deserialize)]
pub(super) struct AlertsAnswer {
    pub(super) items: Vec<ItemAnswer>,
    pub(super) cursor: u64,
    pub(super) more: bool,
}

#[derive(Deserialize)]
pub(super) struct ItemAnswer {
    pub(super) sequence: u64,
    pub(super) item: String,
}

#[derive(Deserialize)]
struct RevocationsAnswer {
    items: Vec<String>,
}

#[derive(Deserialize)]
struct ErrorsAnswer {
    errors: Vec<ErrorAnswer>,
}

#[derive(Deserialize)]
struct ErrorAnswer {
    code: String,
}

/// Talks to the servers of all towns over one pool of connections.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
}

impl Client {
    /// A client. Errors: [`SyncError::NoClient`].
    pub fn new() -> Result<Self, SyncError> {
        Ok(Self { http: tls::client()? })
    }

    pub(super) async fn register(&self, town: &Town, device: &DeviceWire) -> Result<DeviceAnswer, SyncError> {
        let request = self.call(Method::POST, town, "v1/devices")?.json(device);
        read_json(answered(request).await?, "device").await
    }

    /// False when the server does not know the device (any more).
    pub(super) async fn update(
        &self,
        town: &Town,
        id: &str,
        secret: &str,
        device: &DeviceWire,
    ) -> Result<bool, SyncError> {
        let request = self.device(Method::PUT, town, id, secret)?.json(device);
        was_known(answered(request).await)
    }

    /// False when the server does not know the device (any more).
    pub(super) async fn unregister(&self, town: &Town, id: &str, secret: &str) -> Result<bool, SyncError> {
        was_known(answered(self.device(Method::DELETE, town, id, secret)?).await)
    }

    pub(super) async fn alerts(&self, town: &Town, after: u64) -> Result<AlertsAnswer, SyncError> {
        let path = format!("v1/alerts?after={after}&limit={PAGE}");
        read_json(answered(self.call(Method::GET, town, &path)?).await?, "alerts").await
    }

    /// None when the town has no trust list yet.
    pub(super) async fn trust(&self, town: &Town) -> Result<Option<Vec<u8>>, SyncError> {
        self.bytes(town, "v1/trust").await
    }

    /// None when the town has no head yet.
    pub(super) async fn head(&self, town: &Town) -> Result<Option<Vec<u8>>, SyncError> {
        self.bytes(town, "v1/head").await
    }

    pub(super) async fn revocations(&self, town: &Town) -> Result<Vec<Vec<u8>>, SyncError> {
        let answer: RevocationsAnswer =
            read_json(answered(self.call(Method::GET, town, "v1/revocations")?).await?, "revocations")
                .await?;
        answer.items.iter().map(|item| from_base64(item, "revocations")).collect()
    }

    /// The open stream after `after`; it has no end, so only its silence is timed.
    pub(super) async fn stream(&self, town: &Town, after: u64) -> Result<Response, SyncError> {
        let request = self
            .request(Method::GET, town, "v1/stream")?
            .header(header::ACCEPT, "text/event-stream")
            .header("Last-Event-ID", after.to_string());
        let answer = tokio::time::timeout(CALL, request.send()).await;
        checked(answer.map_err(|_elapsed| SyncError::Offline)??).await
    }

    async fn bytes(&self, town: &Town, path: &str) -> Result<Option<Vec<u8>>, SyncError> {
        match answered(self.call(Method::GET, town, path)?).await {
            Ok(answer) => read_body(answer).await.map(Some),
            Err(SyncError::Server { status: 404, .. }) => Ok(None),
            Err(other) => Err(other),
        }
    }

    fn device(
        &self,
        method: Method,
        town: &Town,
        id: &str,
        secret: &str,
    ) -> Result<RequestBuilder, SyncError> {
        Ok(self.call(method, town, &format!("v1/devices/{id}"))?.bearer_auth(secret))
    }

    fn call(&self, method: Method, town: &Town, path: &str) -> Result<RequestBuilder, SyncError> {
        Ok(self.request(method, town, path)?.timeout(CALL))
    }

    fn request(&self, method: Method, town: &Town, path: &str) -> Result<RequestBuilder, SyncError> {
        if !is_secure(&town.server) {
            return Err(SyncError::NotSecure { town: town.anchor.town.clone() });
        }
        let mut base = town.server.clone();
        if !base.path().ends_with('/') {
            let path = format!("{}/", base.path());
            base.set_path(&path);
        }
        let url = base.join(path).map_err(|_bad| SyncError::NotSecure { town: town.anchor.town.clone() })?;
        Ok(self.http.request(method, url))
    }
}

/// https, or plain http that does not leave this machine.
pub(super) fn is_secure(server: &url::Url) -> bool {
    let is_loopback = match server.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    };
    server.scheme() == "https" || (server.scheme() == "http" && is_loopback)
}

pub(super) fn from_base64(text: &str, what: &'static str) -> Result<Vec<u8>, SyncError> {
    BASE64_STANDARD.decode(text.trim()).map_err(|_bad| SyncError::BadAnswer { what })
}

async fn answered(request: RequestBuilder) -> Result<Response, SyncError> {
    checked(request.send().await?).await
}

async fn checked(answer: Response) -> Result<Response, SyncError> {
    let status = answer.status();
    if status.is_success() {
        return Ok(answer);
    }
    let body = read_body(answer).await.unwrap_or_default();
    let code = serde_json::from_slice::<ErrorsAnswer>(&body)
        .ok()
        .and_then(|answer| answer.errors.into_iter().next())
        .map(|error| {
            error.code.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(64).collect()
        });
    Err(SyncError::Server { status: status.as_u16(), code: code.unwrap_or_default() })
}

async fn read_json<T: for<'de> Deserialize<'de>>(
    answer: Response,
    what: &'static str,
) -> Result<T, SyncError> {
    let body = read_body(answer).await?;
    serde_json::from_slice(&body).map_err(|_bad| SyncError::BadAnswer { what })
}

async fn read_body(mut answer: Response) -> Result<Vec<u8>, SyncError> {
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await? {
        if body.len() + piece.len() > LONGEST_ANSWER {
            return Err(SyncError::BadAnswer { what: "too long" });
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}

fn was_known(answer: Result<Response, SyncError>) -> Result<bool, SyncError> {
    const UNKNOWN: [u16; 3] =
        [StatusCode::UNAUTHORIZED.as_u16(), StatusCode::NOT_FOUND.as_u16(), StatusCode::GONE.as_u16()];
    match answer {
        Ok(_) => Ok(true),
        Err(SyncError::Server { status, .. }) if UNKNOWN.contains(&status) => Ok(false),
        Err(other) => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_only_for_this_machine() {
        for (address, expected) in [
            ("https://allerte.modena.example", true),
            ("http://127.0.0.1:8080", true),
            ("http://[::1]:8080", true),
            ("http://localhost:8080", true),
            ("http://allerte.modena.example", false),
            ("http://10.0.0.1", false),
            ("ftp://127.0.0.1", false),
        ] {
            assert_eq!(is_secure(&address.parse().unwrap()), expected, "{address}");
        }
    }
}
