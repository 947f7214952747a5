//! Handing items and heads over to the push server.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use chrono::DateTime;
use reqwest::{StatusCode, header};
use ring::rand::{SecureRandom as _, SystemRandom};
use serde::Deserialize;
use url::Url;

use super::{FeedsError, record::Record};
use crate::{https, storage::Storage};

const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// What one attempt came to.
pub(super) enum Step {
    /// One item was handed over, or refused for good.
    Done,
    /// There is none to hand over.
    Nothing,
    /// Try again later.
    Failed,
}

/// The push server as the feeds machine sees it: it takes bytes and answers numbers.
pub(super) struct Submitter {
    client: reqwest::Client,
    items: Url,
    head: Url,
}

#[derive(Deserialize)]
struct Accepted {
    sequence: u64,
}

impl Submitter {
    pub(super) fn new(push_server: &Url) -> Result<Self, FeedsError> {
        let failed = |error: &dyn std::fmt::Display| FeedsError::Client(error.to_string());
        let client = https::client(Duration::from_secs(20)).map_err(|error| failed(&error))?;
        let join = |path| push_server.join(path).map_err(|error| failed(&error));
        Ok(Self { items: join("/v1/items")?, head: join("/v1/head")?, client })
    }

    pub(super) async fn hand_over_next(&self, storage: &Arc<dyn Storage>, record: &Record) -> Step {
        let next = async {
            let cursor = record.handed_over_to().map_err(|error| error.to_string())?;
            storage.items_after(cursor, 1, DateTime::UNIX_EPOCH).await.map_err(|error| error.to_string())
        };
        let item = match next.await.map(|mut items| items.pop()) {
            Ok(Some(item)) => item,
            Ok(None) => return Step::Nothing,
            Err(error) => {
                tracing::error!(error, "failed to read what is to be handed over");
                return Step::Failed;
            }
        };
        let push_sequence = match self.post(&self.items, item.cose).await {
            Ok(answer) if answer.status().is_success() => match answer.json::<Accepted>().await {
                Ok(accepted) => Some(accepted.sequence),
                Err(_broken) => return Step::Failed,
            },
            Ok(answer) if is_final(answer.status()) => {
                tracing::error!(
                    status = answer.status().as_u16(),
                    "the push server refuses an item for good"
                );
                None
            }
            Ok(answer) => {
                tracing::warn!(
                    status = answer.status().as_u16(),
                    "the push server does not take an item now"
                );
                return Step::Failed;
            }
            Err(error) => {
                tracing::warn!(error = %error.without_url(), "the push server cannot be reached");
                return Step::Failed;
            }
        };
        match record.note_handed_over(item.sequence, push_sequence) {
            Ok(()) => Step::Done,
            Err(error) => {
                tracing::error!(%error, "failed to note what was handed over");
                Step::Failed
            }
        }
    }

    /// Whether the push server took the head, or has a newer one.
    pub(super) async fn send_head(&self, head: Bytes) -> bool {
        match self.post(&self.head, head).await {
            Ok(answer) if answer.status().is_success() => true,
            Ok(answer) => {
                tracing::warn!(status = answer.status().as_u16(), "the push server does not take the head");
                false
            }
            Err(error) => {
                tracing::warn!(error = %error.without_url(), "the push server cannot be reached");
                false
            }
        }
    }

    async fn post(&self, url: &Url, cose: Bytes) -> Result<reqwest::Response, reqwest::Error> {
        self.client.post(url.clone()).header(header::CONTENT_TYPE, "application/cose").body(cose).send().await
    }
}

/// The item itself is at fault: it would be refused again.
fn is_final(status: StatusCode) -> bool {
    matches!(status, StatusCode::UNPROCESSABLE_ENTITY | StatusCode::CONFLICT | StatusCode::PAYLOAD_TOO_LARGE)
}

/// Doubles with each attempt from half a second, spread.
pub(super) fn pause(attempt: u32) -> Duration {
    let doubled = Duration::from_millis(500).saturating_mul(1 << attempt.saturating_sub(1).min(10));
    spread(doubled.min(LONGEST_PAUSE))
}

/// `around`, by half shorter to half longer at random, so that many machines do not ask at once.
pub(super) fn spread(around: Duration) -> Duration {
    let mut byte = [0];
    // Without randomness the pauses are merely equal.
    let _no_randomness = SystemRandom::new().fill(&mut byte);
    around.mul_f64(0.5 + f64::from(byte[0]) / 255.0)
}
