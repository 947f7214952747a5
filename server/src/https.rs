//! The HTTP client of this process: rustls with ring, the public roots, HTTP/2 where it is offered.

use std::{sync::Arc, time::Duration};

use rustls::{ClientConfig, RootCertStore};

/// Why the client cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// TLS.
    #[error(transparent)]
    Tls(#[from] rustls::Error),
    /// HTTP.
    #[error(transparent)]
    Http(#[from] reqwest::Error),
}

/// A client whose requests end within `answer_within` and which follows no redirect.
pub fn client(answer_within: Duration) -> Result<reqwest::Client, ClientError> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let mut tls = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    // A preconfigured TLS offers nothing by itself, and HTTP/2 would silently be off.
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .timeout(answer_within)
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("campanile-server/", env!("CARGO_PKG_VERSION")))
        .build()?)
}
