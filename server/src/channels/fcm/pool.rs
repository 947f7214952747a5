//! A few HTTP/2 connections over TLS, each carrying many requests at once.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http2::{Builder, SendRequest};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use rustls::{ClientConfig, pki_types::ServerName};
use tokio::{
    net::TcpStream,
    sync::Mutex,
    time::{Instant, timeout},
};
use tokio_rustls::TlsConnector;

use super::FcmError;

const CONNECT_WITHIN: Duration = Duration::from_secs(10);
const PING_EVERY: Duration = Duration::from_secs(20);
const PONG_WITHIN: Duration = Duration::from_secs(10);

/// Error bodies are short; more is not read.
const MOST_ANSWER: usize = 64 * 1024;

/// After a failed connection, who waited for it fails as well, and nobody tries again for so long.
const REST_AFTER_FAILURE: Duration = Duration::from_millis(500);

type Sender = SendRequest<Full<Bytes>>;

enum Slot {
    Closed,
    Open(Sender),
    /// Since when, and why.
    Failed(Instant, FcmError),
}

/// Connections to one host.
pub(super) struct Pool {
    host: String,
    port: u16,
    tls: TlsConnector,
    slots: Vec<Mutex<Slot>>,
    turn: AtomicUsize,
    answer_within: Duration,
}

impl Pool {
    /// `host` is a name with an optional `:port`; `tls` must offer `h2`.
    pub(super) fn new(
        host: &str,
        tls: Arc<ClientConfig>,
        connections: usize,
        answer_within: Duration,
    ) -> Self {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) => (name, port.parse().unwrap_or(443)),
            None => (host, 443),
        };
        Self {
            host: name.to_owned(),
            port,
            tls: TlsConnector::from(tls),
            slots: (0..connections.max(1)).map(|_| Mutex::new(Slot::Closed)).collect(),
            turn: AtomicUsize::new(0),
            answer_within,
        }
    }

    /// The address that requests name.
    pub(super) fn authority(&self) -> String {
        if self.port == 443 { self.host.clone() } else { format!("{}:{}", self.host, self.port) }
    }

    /// Sends a request and reads its whole answer, on the next connection in turn.
    pub(super) async fn send(&self, request: Request<Full<Bytes>>) -> Result<Response<Bytes>, FcmError> {
        let mut sender = self.sender().await?;
        let answered = timeout(self.answer_within, async {
            sender.ready().await.map_err(|_closed| FcmError::NoAnswer { what: "connection closed" })?;
            let response = sender
                .send_request(request)
                .await
                .map_err(|_broken| FcmError::NoAnswer { what: "request broken off" })?;
            let (parts, body) = response.into_parts();
            let body = Limited::new(body, MOST_ANSWER)
                .collect()
                .await
                .map_err(|_broken| FcmError::NoAnswer { what: "answer broken off" })?;
            Ok(Response::from_parts(parts, body.to_bytes()))
        });
        answered.await.map_err(|_elapsed| FcmError::NoAnswer { what: "time-out" })?
    }

    async fn sender(&self) -> Result<Sender, FcmError> {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed) % self.slots.len();
        let mut slot = self.slots[turn].lock().await;
        match &*slot {
            Slot::Open(sender) if !sender.is_closed() => return Ok(sender.clone()),
            Slot::Failed(since, error) if since.elapsed() < REST_AFTER_FAILURE => return Err(error.clone()),
            Slot::Closed | Slot::Open(_) | Slot::Failed(..) => {}
        }
        let connected = timeout(CONNECT_WITHIN, self.connect()).await;
        let connected = connected.unwrap_or(Err(FcmError::NoAnswer { what: "connecting took too long" }));
        *slot = match &connected {
            Ok(sender) => Slot::Open(sender.clone()),
            Err(error) => Slot::Failed(Instant::now(), error.clone()),
        };
        connected
    }

    async fn connect(&self) -> Result<Sender, FcmError> {
        let name = ServerName::try_from(self.host.clone())
            .map_err(|_invalid| FcmError::NoAnswer { what: "host name" })?;
        let tcp = TcpStream::connect((self.host.as_str(), self.port))
            .await
            .map_err(|_refused| FcmError::NoAnswer { what: "no connection" })?;
        tcp.set_nodelay(true).map_err(|_closed| FcmError::NoAnswer { what: "no connection" })?;
        let tls = self
            .tls
            .connect(name, tcp)
            .await
            .map_err(|_untrusted| FcmError::NoAnswer { what: "TLS handshake" })?;
        if tls.get_ref().1.alpn_protocol() != Some(b"h2") {
            return Err(FcmError::NoAnswer { what: "no HTTP/2" });
        }
        let (sender, connection) = Builder::new(TokioExecutor::new())
            .timer(TokioTimer::new())
            .keep_alive_interval(PING_EVERY)
            .keep_alive_timeout(PONG_WITHIN)
            .handshake(TokioIo::new(tls))
            .await
            .map_err(|_broken| FcmError::NoAnswer { what: "HTTP/2 handshake" })?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "connection to the push service ended");
            }
        });
        Ok(sender)
    }
}
