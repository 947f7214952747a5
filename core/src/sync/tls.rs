//! The HTTP client: rustls with ring and Mozilla's roots, HTTP/2 first.

use std::{sync::Arc, time::Duration};

use super::SyncError;

/// No connection within this time is no network.
const CONNECT: Duration = Duration::from_secs(10);

/// Silence of this length within an answer is no network. The stream's heartbeat is shorter.
const READ: Duration = Duration::from_secs(45);

pub(super) fn client() -> Result<reqwest::Client, SyncError> {
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_unsupported| SyncError::NoClient)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    // Without this HTTP/2 is silently off.
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .connect_timeout(CONNECT)
        .read_timeout(READ)
        // A town's address is part of the release; nothing leads away from it.
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .build()
        .map_err(|_refused| SyncError::NoClient)
}
