//! The live stream: alerts while the app is open, or where there is no push service.

use std::sync::atomic::{AtomicBool, Ordering};

use super::{
    Client, SyncError, Synced,
    api::from_base64,
    backoff::Backoff,
    catch_up::take,
    sse::{Event, Parser},
};
use crate::{assets::Town, phone::Phone, store::towns};

impl Client {
    /// Listens to one town without end: catches up, follows the stream, and comes back after each cut, ever more
    /// slowly. Ends only with an error that waiting does not mend: the phone is closed, or the address is not secure.
    ///
    /// `is_connected` tells whether the stream is open now.
    pub async fn listen(
        &self,
        phone: &Phone,
        town: &Town,
        is_connected: &AtomicBool,
        told: &(dyn Fn(Synced) + Sync),
    ) -> Result<std::convert::Infallible, SyncError> {
        let _disconnected = Disconnected(is_connected);
        let mut backoff = Backoff::default();
        loop {
            let mut synced = Synced::default();
            let result = match self.refresh_town(phone, town, &mut synced).await {
                Ok(()) => {
                    told(synced);
                    self.follow(phone, town, is_connected, &mut backoff, told).await
                }
                Err(error) => Err(error),
            };
            is_connected.store(false, Ordering::SeqCst);
            match result {
                Err(error @ (SyncError::Phone(_) | SyncError::NotSecure { .. } | SyncError::NoClient)) => {
                    return Err(error);
                }
                Err(error) => tracing::info!(town = %town.anchor.town, %error, "the stream was cut"),
                Ok(()) => tracing::info!(town = %town.anchor.town, "the stream ended"),
            }
            tokio::time::sleep(backoff.next()).await;
        }
    }

    async fn follow(
        &self,
        phone: &Phone,
        town: &Town,
        is_connected: &AtomicBool,
        backoff: &mut Backoff,
        told: &(dyn Fn(Synced) + Sync),
    ) -> Result<(), SyncError> {
        let id = &town.anchor.town;
        let after = phone.read(|connection| towns::get(connection, id))?.cursor;
        let mut answer = self.stream(town, after).await?;
        is_connected.store(true, Ordering::SeqCst);
        let mut parser = Parser::default();
        while let Some(piece) = answer.chunk().await? {
            // A server that accepts and cuts at once is not a success.
            backoff.reset();
            for event in parser.push(&piece) {
                let mut synced = Synced::default();
                self.take_event(phone, town, &event, &mut synced).await?;
                if synced != Synced::default() {
                    told(synced);
                }
            }
        }
        Ok(())
    }

    async fn take_event(
        &self,
        phone: &Phone,
        town: &Town,
        event: &Event,
        synced: &mut Synced,
    ) -> Result<(), SyncError> {
        match event.name.as_str() {
            "item" => {
                let sequence = event.id.as_deref().and_then(|id| id.parse::<u64>().ok());
                let Some(sequence) = sequence else { return Err(SyncError::BadAnswer { what: "event id" }) };
                take(phone, &event.data, sequence, false, synced)?;
                let cursor = phone.read(|connection| towns::get(connection, &town.anchor.town))?.cursor;
                if sequence > cursor {
                    phone.write(|transaction| towns::set_cursor(transaction, &town.anchor.town, sequence))?;
                }
            }
            "head" => {
                let bytes = from_base64(&event.data, "head event")?;
                phone.receive(&bytes, None)?;
            }
            // Whatever it carries, the whole trust is fetched: a revocation may have come with it.
            "trust" => self.refresh_trust(phone, town, synced).await?,
            // Later kinds of events.
            _ => {}
        }
        Ok(())
    }
}

/// Says "not connected" when listening ends, however it ends.
struct Disconnected<'a>(&'a AtomicBool);

impl Drop for Disconnected<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::SeqCst);
    }
}
