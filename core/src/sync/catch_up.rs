//! Trust first, then items by cursor, then the head and what it names that is missing.

use super::{Client, SyncError, api::from_base64};
use crate::{
    assets::Town,
    notice::{self, Head},
    phone::Phone,
    push::Outcome,
    store::{items, towns},
    trust::SignedItem,
};

/// Pages of one catch-up; a server that always says "more" is stopped here.
const MOST_PAGES: u32 = 500;

/// What a synchronisation did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Synced {
    /// Items kept for the first time.
    pub accepted: u32,
    /// Items refused.
    pub refused: u32,
}

impl Synced {
    fn count(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Shown | Outcome::Kept => self.accepted += 1,
            Outcome::Refused(_) => self.refused += 1,
            Outcome::Duplicate => {}
        }
    }

    /// The sum of both.
    pub fn add(&mut self, other: Self) {
        self.accepted += other.accepted;
        self.refused += other.refused;
    }
}

impl Client {
    /// Fetches everything new from every town. One town's failure does not keep the others waiting:
    /// the first error is given back after all were asked.
    ///
    /// `so_far` counts as it goes, so that a call that is stopped can say what it did.
    pub async fn refresh(&self, phone: &Phone, so_far: &mut Synced) -> Result<(), SyncError> {
        let mut first_error = None;
        for town in phone.relevant_towns() {
            if let Err(error) = self.refresh_town(phone, town, so_far).await {
                tracing::info!(town = %town.anchor.town, %error, "a town could not be synchronised");
                first_error.get_or_insert(error);
            }
        }
        match first_error {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    pub(super) async fn refresh_town(
        &self,
        phone: &Phone,
        town: &Town,
        so_far: &mut Synced,
    ) -> Result<(), SyncError> {
        self.refresh_trust(phone, town, so_far).await?;
        let id = &town.anchor.town;
        let held = phone.read(|connection| towns::get(connection, id))?;
        // What was in force before the phone knew the town is listed, and does not ring.
        let silently = held.caught_up.is_none();
        self.catch_up(phone, town, held.cursor, silently, so_far).await?;
        let now = phone.now();
        phone.write(|transaction| towns::set_caught_up(transaction, id, now))?;
        self.check_head(phone, town, so_far).await
    }

    pub(super) async fn refresh_trust(
        &self,
        phone: &Phone,
        town: &Town,
        so_far: &mut Synced,
    ) -> Result<(), SyncError> {
        if let Some(bytes) = self.trust(town).await? {
            so_far.count(&phone.receive(&bytes, None)?.outcome);
        }
        for bytes in self.revocations(town).await? {
            so_far.count(&phone.receive(&bytes, None)?.outcome);
        }
        Ok(())
    }

    async fn catch_up(
        &self,
        phone: &Phone,
        town: &Town,
        mut cursor: u64,
        silently: bool,
        so_far: &mut Synced,
    ) -> Result<(), SyncError> {
        for _ in 0..MOST_PAGES {
            let page = self.alerts(town, cursor).await?;
            for wire in &page.items {
                take(phone, &wire.item, wire.sequence, silently, so_far)?;
            }
            // Lower than asked for when the server's storage was lost and it starts over.
            let next = page.cursor;
            phone.write(|transaction| towns::set_cursor(transaction, &town.anchor.town, next))?;
            if !page.more || next == cursor {
                return Ok(());
            }
            cursor = next;
        }
        Err(SyncError::BadAnswer { what: "alerts without end" })
    }

    /// Fetches the head, and fetches again from before the first item that it names and the phone lacks.
    async fn check_head(&self, phone: &Phone, town: &Town, so_far: &mut Synced) -> Result<(), SyncError> {
        let Some(bytes) = self.head(town).await? else { return Ok(()) };
        let outcome = phone.receive(&bytes, None)?.outcome;
        so_far.count(&outcome);
        if matches!(outcome, Outcome::Refused(_)) {
            return Ok(());
        }
        let Ok(head) = SignedItem::decode(&bytes).and_then(|item| notice::decode::<Head>(&item.payload))
        else {
            return Ok(());
        };
        let id = &town.anchor.town;
        let mut first_missing = None;
        for entry in &head.in_force {
            if !phone.read(|connection| items::is_held(connection, id, &entry.id))? {
                first_missing = first_missing.into_iter().chain([entry.sequence]).min();
            }
        }
        let Some(sequence) = first_missing else { return Ok(()) };
        tracing::info!(town = %id, "the head names items that are missing");
        self.catch_up_missing(phone, town, sequence.saturating_sub(1), so_far).await
    }

    async fn catch_up_missing(
        &self,
        phone: &Phone,
        town: &Town,
        mut after: u64,
        so_far: &mut Synced,
    ) -> Result<(), SyncError> {
        for _ in 0..MOST_PAGES {
            let page = self.alerts(town, after).await?;
            for wire in &page.items {
                take(phone, &wire.item, wire.sequence, false, so_far)?;
            }
            if !page.more || page.cursor <= after {
                return Ok(());
            }
            after = page.cursor;
        }
        Ok(())
    }
}

/// Takes in one item of the server's order. One that cannot be read is counted and passed over: it must not hold up
/// those after it.
pub(super) fn take(
    phone: &Phone,
    base64: &str,
    sequence: u64,
    silently: bool,
    so_far: &mut Synced,
) -> Result<(), SyncError> {
    let Ok(bytes) = from_base64(base64, "item") else {
        so_far.refused += 1;
        return Ok(());
    };
    let received = phone.receive(&bytes, Some(sequence))?;
    so_far.count(&received.outcome);
    if let Some(notification) = received.notification.filter(|_| silently) {
        phone.mark_shown(&notification.tag)?;
    }
    Ok(())
}
