//! Bytes that arrived, by push, by stream, by catch-up or from the notification extension: one way in.

use chrono::{DateTime, Utc};

use super::{Phone, PhoneError};
use crate::{
    push::{Notification, Outcome, Presentation, Snapshot, present},
    store::{items, items::ItemKey, notices, refusals, towns},
    trust::{ItemKind, Refusal, SignedItem, Trust, Verified},
};

/// What became of bytes that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Shown, kept, held already or refused.
    pub outcome: Outcome,
    /// The item's own id; the number of a head, the version of a trust list; empty when refused.
    pub item_id: String,
    /// What to put up. It stays in [`Phone::unshown`] until the shell confirms it.
    pub notification: Option<Notification>,
    /// Tags of notifications to take away.
    pub removes: Vec<String>,
}

impl Received {
    fn plain(outcome: Outcome, item_id: impl Into<String>) -> Self {
        Self { outcome, item_id: item_id.into(), notification: None, removes: Vec::new() }
    }

    /// Whether it was verified and not held before.
    pub fn is_new(&self) -> bool {
        matches!(self.outcome, Outcome::Shown | Outcome::Kept)
    }
}

impl Phone {
    /// Takes in an item, a head, a trust list or a revocation. Safe to repeat.
    ///
    /// What is refused is an [`Outcome`], not an error; its reason is noted without content (safety rule 7).
    /// `sequence` is the item's place in the server's order, if it came with one.
    pub fn receive(&self, bytes: &[u8], sequence: Option<u64>) -> Result<Received, PhoneError> {
        self.look_around();
        let one_by_one = super::lock(&self.taking_in);
        let now = self.now();
        let received = match SignedItem::decode(bytes).map(|item| item.kind) {
            Ok(ItemKind::TrustList) => self.take_trust_list(bytes)?,
            Ok(ItemKind::Revocation) => self.take_revocation(bytes, now)?,
            Ok(ItemKind::Alert | ItemKind::Bulletin | ItemKind::Head) => {
                self.take_item(bytes, sequence, now)?
            }
            Err(refusal) => Received::plain(Outcome::Refused(refusal), ""),
        };
        if let Outcome::Refused(refusal) = &received.outcome {
            tracing::warn!(reason = refusal.code(), "an item was refused");
            self.write(|transaction| refusals::note(transaction, refusal.code(), now))?;
        }
        drop(one_by_one);
        if received.is_new() {
            self.tell();
        }
        Ok(received)
    }

    /// Takes in what a notification extension held. What it showed counts as shown.
    ///
    /// Errors: [`PhoneError::Invalid`] when the bytes are no snapshot.
    pub fn take_in_snapshot(&self, bytes: &[u8]) -> Result<u32, PhoneError> {
        let snapshot =
            Snapshot::from_bytes(bytes).map_err(|refusal| PhoneError::invalid("snapshot", refusal.code()))?;
        let mut new = 0;
        for town in &snapshot.towns {
            let trust = std::iter::once(&town.trust_list).filter(|list| !list.is_empty());
            for bytes in trust.chain(&town.revocations).chain(&town.items) {
                let received = self.receive(bytes, None)?;
                new += u32::from(received.is_new());
                if let Some(notification) = received.notification {
                    self.mark_shown(&notification.tag)?;
                }
            }
        }
        Ok(new)
    }

    fn take_item(
        &self,
        bytes: &[u8],
        sequence: Option<u64>,
        now: DateTime<Utc>,
    ) -> Result<Received, PhoneError> {
        let (snapshot, places) = {
            let state = self.lock();
            (state.snapshot.clone(), state.everywhere())
        };
        let Presentation { outcome, notification, removes, verified, snapshot: next } =
            present(bytes, &snapshot, Some(&places), now);
        let (town, id, key) = match &verified {
            Some(Verified::Alert(notice)) => {
                (notice.town.clone(), notice.id.clone(), Some(ItemKey::from(notice)))
            }
            Some(Verified::Bulletin(bulletin)) => {
                (bulletin.town.clone(), bulletin.id.clone(), Some(ItemKey::from(bulletin)))
            }
            Some(Verified::Head(head)) => (head.town.clone(), head.number.to_string(), None),
            // The head that is held already, fetched again.
            None if matches!(&outcome, Outcome::Refused(Refusal::OldHead { found, held }) if found == held)
                && self.is_head_held(bytes)? =>
            {
                return Ok(Received::plain(Outcome::Duplicate, ""));
            }
            None => return Ok(Received::plain(outcome, "")),
        };
        if let Outcome::Refused(_) = &outcome {
            return Ok(Received::plain(outcome, ""));
        }
        let head = next.as_ref().and_then(|next| {
            let town = next.towns.iter().find(|held| held.town == town)?;
            town.head
        });
        let is_new = self.write(|transaction| {
            let is_new = match (&key, head) {
                (Some(key), _) => items::keep(transaction, &town, key, bytes, sequence, now)?,
                (None, Some(head)) => {
                    towns::set_head(transaction, &town, head, bytes)?;
                    true
                }
                (None, None) => false,
            };
            // An item that left the snapshot long ago is still held: it is not said twice.
            if is_new {
                for tag in &removes {
                    notices::remove(transaction, tag)?;
                }
                if let (Some(notification), Some(key)) = (&notification, &key) {
                    notices::keep(transaction, notification, key.ends, now)?;
                }
            }
            Ok(is_new)
        })?;
        if !is_new {
            return Ok(Received::plain(Outcome::Duplicate, id));
        }
        let mut state = self.lock();
        if let Some(next) = next {
            state.snapshot = next;
        }
        if let Some(index) = state.snapshot.towns.iter().position(|held| held.town == town) {
            match verified {
                Some(Verified::Alert(notice)) => state.held[index].alerts.push(notice),
                Some(Verified::Bulletin(bulletin)) => state.held[index].bulletins.push(bulletin),
                Some(Verified::Head(_)) | None => {}
            }
        }
        Ok(Received { outcome, item_id: id, notification, removes })
    }

    fn is_head_held(&self, bytes: &[u8]) -> Result<bool, PhoneError> {
        self.read(|connection| towns::is_head_held(connection, bytes))
    }

    fn take_trust_list(&self, bytes: &[u8]) -> Result<Received, PhoneError> {
        let towns = self.lock().snapshot.towns.clone();
        let mut refusal = Refusal::WrongTown;
        for (index, town) in towns.iter().enumerate() {
            if town.trust_list.as_slice() == bytes {
                return Ok(Received::plain(Outcome::Duplicate, ""));
            }
            let judged = if town.trust_list.is_empty() {
                Trust::open(&town.anchor(), bytes)
            } else {
                town.trust().and_then(|held| held.update(bytes))
            };
            match judged {
                Ok(trust) => {
                    let list = trust.list();
                    self.write(|transaction| {
                        towns::set_trust_list(transaction, &town.town, bytes, list.version, list.issued)
                    })?;
                    let mut state = self.lock();
                    let held = &mut state.snapshot.towns[index];
                    held.trust_list = bytes.to_vec().into();
                    held.trust_issued = Some(list.issued);
                    state.snapshot.newest_signed = state.snapshot.newest_signed.max(list.issued);
                    return Ok(Received::plain(Outcome::Kept, list.version.to_string()));
                }
                Err(Refusal::WrongTown) => {}
                Err(other) => refusal = other,
            }
        }
        Ok(Received::plain(Outcome::Refused(refusal), ""))
    }

    fn take_revocation(&self, bytes: &[u8], now: DateTime<Utc>) -> Result<Received, PhoneError> {
        let towns = self.lock().snapshot.towns.clone();
        let mut refusal = Refusal::WrongTown;
        for (index, town) in towns.iter().enumerate() {
            if town.revocations.iter().any(|held| held.as_slice() == bytes) {
                return Ok(Received::plain(Outcome::Duplicate, ""));
            }
            match town.trust().and_then(|held| held.revoke(bytes, now)) {
                Ok(_) => {
                    self.write(|transaction| towns::add_revocation(transaction, &town.town, bytes, now))?;
                    self.lock().snapshot.towns[index].revocations.push(bytes.to_vec().into());
                    return Ok(Received::plain(Outcome::Kept, ""));
                }
                Err(Refusal::WrongTown) => {}
                Err(other) => refusal = other,
            }
        }
        Ok(Received::plain(Outcome::Refused(refusal), ""))
    }
}
