//! What the town says: judging what comes in, storing it with its jobs, telling the stream.
//!
//! Read [`Board`] first. The push role holds no signing key. It judges so that a forged item is stopped early;
//! every phone judges again, so whoever steals the server gains nothing.
//! Not here: reaching phones ([`crate::fanout`]), making items ([`crate::feeds`], `campanile-sign`).

mod plan;

use std::sync::{Arc, PoisonError, RwLock};

use axum::http::StatusCode;
use bytes::Bytes;
use campanile_core::{
    alerts::{Chain, chains},
    notice::{self, AlertNotice, BulletinNotice},
    platform::Clock,
    trust::{ItemKind, Refusal, Revocation, SignedItem, Trust, TrustAnchor, Verified, sha256},
};
use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::{Mutex, Notify};

use crate::{
    channels::{
        ChannelKind,
        stream::{Stream, head_event, trust_event},
    },
    error::AppError,
    storage::{SequencedItem, Storage, StorageError, Stored},
};

/// How far ahead of this machine's clock an item may be signed.
const CLOCK_SKEW: TimeDelta = TimeDelta::minutes(10);

/// How far back chains are looked at; an alert holds seven days at most, its updates may follow one another.
const CHAIN_MEMORY: TimeDelta = TimeDelta::days(60);

/// How far back bulletins are looked at.
const BULLETIN_MEMORY: TimeDelta = TimeDelta::days(3);

/// Everything signed that the town shows.
pub struct Board {
    anchor: TrustAnchor,
    storage: Arc<dyn Storage>,
    clock: Arc<dyn Clock>,
    stream: Arc<Stream>,
    channels: Vec<ChannelKind>,
    new_jobs: Arc<Notify>,
    trust: RwLock<Option<Trust>>,
    /// One acceptance at a time, so that judging and storing see the same chains.
    turn: Mutex<()>,
}

impl Board {
    /// The board of a town, with the trust list and the revocations that are stored.
    ///
    /// `channels` get a job for each item; `new_jobs` wakes who does them.
    pub async fn open(
        anchor: TrustAnchor,
        storage: Arc<dyn Storage>,
        clock: Arc<dyn Clock>,
        stream: Arc<Stream>,
        channels: Vec<ChannelKind>,
        new_jobs: Arc<Notify>,
    ) -> Result<Self, StorageError> {
        let lists = storage.trust_lists().await?;
        let mut trust: Option<Trust> = None;
        for list in &lists {
            // The first that this build's roots open, then each later one by the roots of the one before.
            let next = match &trust {
                None => Trust::open(&anchor, list),
                Some(held) => held.update(list),
            };
            match next {
                Ok(next) => trust = Some(next),
                Err(refusal) => tracing::warn!(code = refusal.code(), "a stored trust list is not used"),
            }
        }
        if let Some(list) = trust {
            let mut held = list;
            for revocation in storage.revocations().await? {
                // Judged at its own time: it was accepted then, and a removal never lapses.
                match revocation_sent(&revocation).and_then(|sent| held.revoke(&revocation, sent)) {
                    Ok(next) => held = next,
                    Err(refusal) => tracing::warn!(code = refusal.code(), "a stored revocation is not used"),
                }
            }
            trust = Some(held);
        }
        Ok(Self {
            anchor,
            storage,
            clock,
            stream,
            channels,
            new_jobs,
            trust: RwLock::new(trust),
            turn: Mutex::new(()),
        })
    }

    /// The town's id, environment and roots.
    pub fn anchor(&self) -> &TrustAnchor {
        &self.anchor
    }

    /// The trust that items are judged by; none until a list came.
    pub fn trust(&self) -> Option<Trust> {
        self.trust.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn put_trust(&self, trust: Trust) {
        let version = trust.list().version;
        *self.trust.write().unwrap_or_else(PoisonError::into_inner) = Some(trust);
        self.stream.publish_trust(trust_event(version));
    }

    fn require_trust(&self) -> Result<Trust, AppError> {
        self.trust().ok_or_else(|| {
            AppError::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "no_trust_list",
                "this server has no trust list yet, so it can judge nothing; post one to /v1/trust",
            )
        })
    }

    /// Judges an alert or bulletin and stores it with its jobs. When this returns, all of it is on disk.
    ///
    /// Errors: 422 with the code of the [`Refusal`], `expired`, `sent_in_future`, `wrong_reference`;
    /// 409 `id_taken`; 503 `storage`, `no_trust_list`.
    pub async fn accept_item(&self, cose: Bytes) -> Result<Stored, AppError> {
        let item = SignedItem::decode(&cose)?;
        let payload_sha256 = sha256(&item.payload);
        if let Some(sequence) = self.storage.find_item(payload_sha256).await? {
            return Ok(Stored { sequence, is_new: false });
        }
        let trust = self.require_trust()?;
        let _turn = self.turn.lock().await;
        let now = self.clock.now();
        let alerts = self.alerts().await?;
        let chains = chains(&alerts);
        let new = match trust.verify(&cose, now, |id| highest_of_chain(&chains, id))? {
            Verified::Alert(notice) => {
                check_references(&notice, &alerts)?;
                plan::alert(&notice, &chains, payload_sha256, cose, now)?
            }
            Verified::Bulletin(bulletin) => plan::bulletin(&bulletin, payload_sha256, cose, now)?,
            Verified::Head(_) => return Err(Refusal::UnknownKind.into()),
        };
        check_times(new.sent, new.expires, now)?;
        let cose = new.cose.clone();
        let stored = self.storage.add_item(new, self.channels.clone()).await?;
        if stored.is_new {
            tracing::info!(sequence = stored.sequence, kind = ?item.kind, "item stored");
            metrics::counter!("campanile_items_total").increment(1);
            self.stream.publish(&SequencedItem { sequence: stored.sequence, cose });
            self.new_jobs.notify_one();
        }
        Ok(stored)
    }

    /// Judges a trust list by the one held, or the first by the build's roots, and keeps it.
    ///
    /// Answers its version, and whether it is new.
    pub async fn accept_trust_list(&self, cose: Bytes) -> Result<(u32, bool), AppError> {
        let _turn = self.turn.lock().await;
        let next = match self.trust() {
            None => Trust::open(&self.anchor, &cose)?,
            Some(held) => {
                if self.storage.trust_lists().await?.last() == Some(&cose) {
                    return Ok((held.list().version, false));
                }
                held.update(&cose)?
            }
        };
        let version = next.list().version;
        self.storage.add_trust_list(version, cose).await?;
        self.put_trust(next);
        tracing::info!(version, "trust list stored");
        Ok((version, true))
    }

    /// Judges a removal of keys by two officers and keeps it.
    pub async fn accept_revocation(&self, cose: Bytes) -> Result<(), AppError> {
        let _turn = self.turn.lock().await;
        let next = self.require_trust()?.revoke(&cose, self.clock.now())?;
        let payload_sha256 = sha256(&SignedItem::decode(&cose)?.payload);
        self.storage.add_revocation(payload_sha256, cose).await?;
        self.put_trust(next);
        tracing::info!("revocation stored");
        Ok(())
    }

    /// Judges a head and keeps it. Answers its number.
    pub async fn accept_head(&self, cose: Bytes) -> Result<u64, AppError> {
        let verified = self.require_trust()?.verify(&cose, self.clock.now(), |_| None)?;
        let Verified::Head(head) = verified else { return Err(Refusal::UnknownKind.into()) };
        if !self.storage.put_head(head.number, cose.clone()).await? {
            let held = self.storage.head().await?;
            if held.as_ref().is_some_and(|(_, held)| *held == cose) {
                return Ok(head.number);
            }
            let held = held.map_or(0, |(number, _)| number);
            return Err(Refusal::OldHead { found: head.number, held }.into());
        }
        self.stream.publish_head(head_event(&cose));
        Ok(head.number)
    }

    /// The newest trust list as it was signed.
    pub async fn trust_list(&self) -> Result<Option<Bytes>, AppError> {
        Ok(self.storage.trust_lists().await?.pop())
    }

    /// The officers' alerts that chains are made of.
    pub async fn alerts(&self) -> Result<Vec<AlertNotice>, AppError> {
        let items = self.storage.items_since(true, self.clock.now() - CHAIN_MEMORY).await?;
        Ok(payloads(&items))
    }

    /// The bulletins of the last days.
    pub async fn bulletins(&self) -> Result<Vec<BulletinNotice>, AppError> {
        let items = self.storage.items_since(false, self.clock.now() - BULLETIN_MEMORY).await?;
        Ok(payloads(&items))
    }
}

fn payloads<T: for<'b> minicbor::Decode<'b, ()>>(items: &[SequencedItem]) -> Vec<T> {
    // Judged when they were stored.
    items
        .iter()
        .filter_map(|item| SignedItem::decode(&item.cose).ok())
        .filter_map(|item| notice::decode(&item.payload).ok())
        .collect()
}

fn revocation_sent(cose: &[u8]) -> Result<DateTime<Utc>, Refusal> {
    let item = SignedItem::decode(cose)?;
    if item.kind != ItemKind::Revocation {
        return Err(Refusal::UnknownKind);
    }
    Ok(notice::decode::<Revocation>(&item.payload)?.sent)
}

fn highest_of_chain(chains: &[Chain], id: &str) -> Option<notice::Severity> {
    let chain = chains.iter().find(|chain| chain.ids.iter().any(|known| known == id));
    chain.filter(|chain| chain.opening_received).map(|chain| chain.highest)
}

/// An item that refers to one held here must mean the very bytes that were sent.
fn check_references(notice: &AlertNotice, alerts: &[AlertNotice]) -> Result<(), AppError> {
    for reference in &notice.references {
        let held = alerts.iter().find(|alert| alert.id == reference.id);
        if held.is_some_and(|held| sha256(&notice::encode(held)) != *reference.sha256) {
            return Err(AppError::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "wrong_reference",
                "the item refers to an alert by its id and to other bytes by their hash; make the draft anew",
            ));
        }
    }
    Ok(())
}

fn check_times(sent: DateTime<Utc>, expires: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), AppError> {
    let refused = |code, detail: &str| Err(AppError::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail));
    if expires <= now {
        return refused("expired", "the item has expired already; make a new one");
    }
    if sent > now + CLOCK_SKEW {
        return refused(
            "sent_in_future",
            "the item is signed ahead of the server's clock; check both clocks",
        );
    }
    Ok(())
}
