//! A stand-in for Firebase Cloud Messaging: HTTP/2 over TLS, with its token endpoint.
//!
//! Answers as documented (REST resource `projects.messages`, error codes), and misbehaves as told.
//! Read [`FakeFcm`] and [`Behaviour`] first.

#![expect(clippy::missing_panics_doc, clippy::unwrap_used, reason = "made for tests")]

use std::{
    collections::{BTreeMap, VecDeque},
    convert::Infallible,
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use campanile_server::channels::fcm::FcmSettings;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use serde::Deserialize;
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

/// What the provider does with one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    /// 200.
    Accept,
    /// 400 `INVALID_ARGUMENT`.
    InvalidArgument,
    /// 401, whatever the access token.
    Unauthorized,
    /// 403 `SENDER_ID_MISMATCH`.
    SenderMismatch,
    /// 404 `UNREGISTERED`.
    Unregistered,
    /// 429 `QUOTA_EXCEEDED` with `Retry-After` in seconds.
    TooMany(u64),
    /// 500 `INTERNAL`.
    Internal,
    /// 503 `UNAVAILABLE`, without a body that can be read.
    Unavailable,
    /// 200, but only after this long.
    Slow(Duration),
    /// The connection breaks off without an answer.
    Drop,
}

/// A message that the provider took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The phone's token.
    pub token: String,
    /// The signed item.
    pub item: Vec<u8>,
    /// Android's `ttl`.
    pub ttl: String,
    /// Android's `collapse_key`.
    pub collapse_key: String,
}

#[derive(Default)]
struct Shared {
    behaviours: Mutex<BTreeMap<String, VecDeque<Behaviour>>>,
    taken: Mutex<Vec<Taken>>,
    seen: AtomicUsize,
    connections: AtomicUsize,
    access: AtomicU64,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The running stand-in.
pub struct FakeFcm {
    shared: Arc<Shared>,
    address: SocketAddr,
    folder: TempDir,
}

#[derive(Deserialize)]
struct SendBody {
    message: MessageBody,
}

/// Refuses what we must never send: a `notification` that the system would show unverified.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MessageBody {
    token: String,
    data: BTreeMap<String, String>,
    android: AndroidBody,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AndroidBody {
    priority: String,
    ttl: String,
    collapse_key: String,
}

impl FakeFcm {
    /// Starts it on free ports of this machine.
    pub async fn start() -> Self {
        let shared = Arc::new(Shared::default());
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let mut tls =
            rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_no_client_auth()
                .with_single_cert(vec![made.cert.der().clone()], key)
                .unwrap();
        tls.alpn_protocols = vec![b"h2".to_vec()];
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let tokens = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("roots.pem"), made.cert.pem()).unwrap();
        let account = serde_json::json!({
            "type": "service_account",
            "project_id": "campanile-prova",
            "client_email": "server@campanile-prova.example",
            "private_key": include_str!("../fixtures/fcm/worthless-key.pem"),
            "token_uri": format!("http://{}/token", tokens.local_addr().unwrap()),
        });
        std::fs::write(folder.path().join("account.json"), account.to_string()).unwrap();
        tokio::spawn(serve_messages(listener, TlsAcceptor::from(Arc::new(tls)), Arc::clone(&shared)));
        tokio::spawn(serve_tokens(tokens, Arc::clone(&shared)));
        Self { shared, address, folder }
    }

    /// Settings under which the server talks to it, impatient enough for tests.
    pub fn settings(&self) -> FcmSettings {
        FcmSettings {
            credentials: self.folder.path().join("account.json"),
            host: format!("localhost:{}", self.address.port()),
            roots: Some(self.folder.path().join("roots.pem")),
            connections: 2,
            most_in_flight: 50,
            first_retry_ms: 20,
            answer_within_ms: 1_000,
        }
    }

    /// `[fcm]` of a configuration file.
    pub fn settings_toml(&self) -> String {
        let FcmSettings { credentials, host, roots, .. } = self.settings();
        format!(
            "[fcm]\ncredentials = \"{}\"\nhost = \"{host}\"\nroots = \"{}\"\nfirst_retry_ms = 20\n",
            credentials.display(),
            roots.unwrap_or_else(PathBuf::new).display()
        )
    }

    /// What it does with the next messages for `token`, one after the other; then it accepts.
    pub fn behave(&self, token: &str, behaviours: impl IntoIterator<Item = Behaviour>) {
        lock(&self.shared.behaviours).entry(token.to_owned()).or_default().extend(behaviours);
    }

    /// The access tokens given out so far are worth nothing from now on.
    pub fn withdraw_access(&self) {
        self.shared.access.fetch_add(1, Ordering::SeqCst);
    }

    /// What it took, in order.
    pub fn taken(&self) -> Vec<Taken> {
        lock(&self.shared.taken).clone()
    }

    /// How many messages for `token` it took.
    pub fn taken_for(&self, token: &str) -> usize {
        lock(&self.shared.taken).iter().filter(|taken| taken.token == token).count()
    }

    /// How many requests came, taken or not.
    pub fn seen(&self) -> usize {
        self.shared.seen.load(Ordering::SeqCst)
    }

    /// How many connections were made.
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// Waits until `done` holds; fails after `within`.
    pub async fn until(&self, within: Duration, what: &str, done: impl Fn(&Self) -> bool) {
        let waited = tokio::time::timeout(within, async {
            while !done(self) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        });
        assert!(waited.await.is_ok(), "not within {within:?}: {what}; taken {}", self.taken().len());
    }
}

async fn serve_messages(listener: TcpListener, tls: TlsAcceptor, shared: Arc<Shared>) {
    while let Ok((tcp, _)) = listener.accept().await {
        tokio::spawn(serve_connection(tcp, tls.clone(), Arc::clone(&shared)));
    }
}

async fn serve_connection(tcp: TcpStream, tls: TlsAcceptor, shared: Arc<Shared>) {
    let Ok(stream) = tls.accept(tcp).await else { return };
    shared.connections.fetch_add(1, Ordering::SeqCst);
    let broken = CancellationToken::new();
    let service = {
        let broken = broken.clone();
        service_fn(move |request| answer(Arc::clone(&shared), broken.clone(), request))
    };
    let connection = hyper::server::conn::http2::Builder::new(TokioExecutor::new())
        .serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        _ended = connection => {}
        () = broken.cancelled() => {}
    }
}

async fn answer(
    shared: Arc<Shared>,
    broken: CancellationToken,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    shared.seen.fetch_add(1, Ordering::SeqCst);
    let path_is_right = request.uri().path() == "/v1/projects/campanile-prova/messages:send";
    let access = format!("Bearer access-{}", shared.access.load(Ordering::SeqCst));
    let is_authorized = request.headers().get("authorization").is_some_and(|found| *found == *access);
    let body = request.into_body().collect().await.map(http_body_util::Collected::to_bytes);
    let message = body.ok().and_then(|body| serde_json::from_slice::<SendBody>(&body).ok());
    let (Some(SendBody { message }), true) = (message, path_is_right) else {
        return Ok(error(400, "INVALID_ARGUMENT", None));
    };
    if !is_authorized {
        return Ok(error(401, "UNAUTHENTICATED", None));
    }
    let behaviour = lock(&shared.behaviours).get_mut(&message.token).and_then(VecDeque::pop_front);
    Ok(match behaviour.unwrap_or(Behaviour::Accept) {
        Behaviour::Accept => take(&shared, message),
        Behaviour::InvalidArgument => error(400, "INVALID_ARGUMENT", None),
        Behaviour::Unauthorized => error(401, "THIRD_PARTY_AUTH_ERROR", None),
        Behaviour::SenderMismatch => error(403, "SENDER_ID_MISMATCH", None),
        Behaviour::Unregistered => error(404, "UNREGISTERED", None),
        Behaviour::TooMany(retry_after) => error(429, "QUOTA_EXCEEDED", Some(retry_after)),
        Behaviour::Internal => error(500, "INTERNAL", None),
        Behaviour::Unavailable => {
            Response::builder().status(503).body(Full::from("<html>try later</html>")).unwrap()
        }
        Behaviour::Slow(wait) => {
            tokio::time::sleep(wait).await;
            take(&shared, message)
        }
        Behaviour::Drop => {
            broken.cancel();
            std::future::pending().await
        }
    })
}

fn take(shared: &Shared, message: MessageBody) -> Response<Full<Bytes>> {
    let item = message.data.get("i").and_then(|item| STANDARD.decode(item).ok());
    let (Some(item), "HIGH") = (item, message.android.priority.as_str()) else {
        return error(400, "INVALID_ARGUMENT", None);
    };
    lock(&shared.taken).push(Taken {
        token: message.token,
        item,
        ttl: message.android.ttl,
        collapse_key: message.android.collapse_key,
    });
    Response::new(Full::from(r#"{"name":"projects/campanile-prova/messages/0:1"}"#))
}

fn error(status: u16, code: &str, retry_after: Option<u64>) -> Response<Full<Bytes>> {
    let body = serde_json::json!({
        "error": {
            "code": status,
            "message": "a text that nobody should rely on",
            "status": "NAME",
            "details": [{ "@type": "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode": code }],
        }
    });
    let mut response = Response::builder().status(status);
    if let Some(seconds) = retry_after {
        response = response.header("retry-after", seconds);
    }
    response.body(Full::from(body.to_string())).unwrap()
}

async fn serve_tokens(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((tcp, _)) = listener.accept().await {
        let shared = Arc::clone(&shared);
        let service = service_fn(move |request: Request<Incoming>| {
            let access = shared.access.load(Ordering::SeqCst);
            async move {
                let _assertion = request.into_body().collect().await;
                let body = format!(
                    r#"{{"access_token":"access-{access}","expires_in":3599,"token_type":"Bearer"}}"#
                );
                Ok::<_, Infallible>(Response::new(Full::<Bytes>::from(body)))
            }
        });
        tokio::spawn(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(tcp), service));
    }
}
