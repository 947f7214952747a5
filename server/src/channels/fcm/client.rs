//! Sends messages to Firebase under a service account.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use campanile_core::notice::Environment;
use chrono::{DateTime, Utc};
use gcp_auth::{CustomServiceAccount, TokenProvider as _};
use http::{HeaderMap, Request, header};
use http_body_util::Full;
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject as _},
};
use tokio::sync::RwLock;

use super::{FcmError, FcmSettings, data_message, pool::Pool};
use crate::channels::{ChannelKind, Failure, Parcel, PushChannel, Sending};

const SCOPES: &[&str] = &["https://www.googleapis.com/auth/firebase.messaging"];

/// A client of Firebase Cloud Messaging.
pub struct FcmClient {
    url: String,
    pool: Pool,
    credentials: PathBuf,
    account: RwLock<Arc<CustomServiceAccount>>,
    most_in_flight: usize,
    first_retry: Duration,
}

impl FcmClient {
    /// The client of `settings`; reads the service account, connects later.
    pub fn new(settings: &FcmSettings, environment: Environment) -> Result<Self, FcmError> {
        settings.check(environment).map_err(|error| FcmError::Setup {
            file: "configuration".to_owned(),
            problem: error.to_string(),
        })?;
        let account = account(&settings.credentials)?;
        let project =
            account.project_id().ok_or_else(|| setup(&settings.credentials, "has no project_id"))?;
        let tls = tls(settings.roots.as_deref())?;
        let answer_within = Duration::from_millis(settings.answer_within_ms);
        let pool = Pool::new(&settings.host, Arc::new(tls), settings.connections, answer_within);
        Ok(Self {
            url: format!("https://{}/v1/projects/{project}/messages:send", pool.authority()),
            pool,
            credentials: settings.credentials.clone(),
            account: RwLock::new(Arc::new(account)),
            most_in_flight: settings.most_in_flight,
            first_retry: Duration::from_millis(settings.first_retry_ms),
        })
    }

    async fn send_once(&self, token: &str, parcel: &Parcel, now: DateTime<Utc>) -> Result<(), FcmError> {
        let account = Arc::clone(&*self.account.read().await);
        let access = account.token(SCOPES).await.map_err(|_refused| FcmError::Token)?;
        let request = Request::post(self.url.as_str())
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::AUTHORIZATION, format!("Bearer {}", access.as_str()))
            .body(Full::new(data_message(token, parcel, now)))
            .map_err(|_invalid| FcmError::NoAnswer { what: "request" })?;
        let response = self.pool.send(request).await?;
        if response.status().is_success() {
            return Ok(());
        }
        let error =
            FcmError::answer(response.status(), retry_after(response.headers(), now), response.body());
        if error.is_unauthorized() {
            self.renew(&account).await?;
        }
        Err(error)
    }

    /// Puts a fresh account, without kept access tokens, in place of `refused`; once for all who were refused by it.
    async fn renew(&self, refused: &Arc<CustomServiceAccount>) -> Result<(), FcmError> {
        let mut current = self.account.write().await;
        if Arc::ptr_eq(&current, refused) {
            *current = Arc::new(account(&self.credentials)?);
        }
        Ok(())
    }
}

impl PushChannel for FcmClient {
    fn kind(&self) -> ChannelKind {
        ChannelKind::Fcm
    }

    fn send<'a>(&'a self, endpoint: &'a str, parcel: &'a Parcel, now: DateTime<Utc>) -> Sending<'a> {
        Box::pin(async move {
            match self.send_once(endpoint, parcel, now).await {
                // The access token may have been withdrawn: once more with a new one.
                Err(error) if error.is_unauthorized() => {
                    self.send_once(endpoint, parcel, now).await.map_err(Failure::from)
                }
                other => other.map_err(Failure::from),
            }
        })
    }

    fn most_in_flight(&self) -> usize {
        self.most_in_flight
    }

    fn first_retry(&self) -> Duration {
        self.first_retry
    }
}

fn setup(file: &Path, problem: impl Into<String>) -> FcmError {
    FcmError::Setup { file: file.display().to_string(), problem: problem.into() }
}

fn account(file: &Path) -> Result<CustomServiceAccount, FcmError> {
    std::fs::metadata(file).map_err(|error| setup(file, error.to_string()))?;
    // The library's own words may repeat a part of the key.
    CustomServiceAccount::from_file(file).map_err(|_error| {
        setup(file, "is not a service account's JSON key; download it anew from the provider")
    })
}

fn tls(roots: Option<&Path>) -> Result<ClientConfig, FcmError> {
    let mut trusted = RootCertStore::empty();
    match roots {
        None => trusted.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Some(file) => {
            let certificates = CertificateDer::pem_file_iter(file)
                .and_then(Iterator::collect::<Result<Vec<_>, _>>)
                .map_err(|error| setup(file, format!("is not a PEM file of certificates: {error}")))?;
            for certificate in certificates {
                trusted.add(certificate).map_err(|error| setup(file, error.to_string()))?;
            }
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| FcmError::Setup { file: "TLS".to_owned(), problem: error.to_string() })?
        .with_root_certificates(trusted)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec()];
    Ok(config)
}

/// Source: RFC 9110 §10.2.3: seconds, or a date.
fn retry_after(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = DateTime::parse_from_rfc2822(text).ok()?;
    (date.with_timezone(&Utc) - now).to_std().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_read_as_seconds_and_as_a_date() {
        let now = DateTime::from_timestamp(1_684_243_800, 0).unwrap();
        let read = |text: &'static str| {
            let headers = HeaderMap::from_iter([(header::RETRY_AFTER, text.parse().unwrap())]);
            retry_after(&headers, now)
        };
        assert_eq!(read("30"), Some(Duration::from_secs(30)));
        assert_eq!(read("Tue, 16 May 2023 13:31:00 GMT"), Some(Duration::from_mins(1)));
        assert_eq!(read("Tue, 16 May 2023 13:29:00 GMT"), None);
        assert_eq!(read("soon"), None);
    }
}
