//! The shared ring, and one reader's way through it.

use std::{
    collections::VecDeque,
    sync::{Arc, PoisonError, RwLock},
};

use bytes::Bytes;
use chrono::DateTime;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    time::{Instant, sleep_until},
};
use tokio_util::sync::CancellationToken;

use super::{StreamError, StreamSettings, item_event, message::KEEP_ALIVE};
use crate::storage::{SequencedItem, Storage};

/// How many missed items a reader takes from storage at once.
const CATCH_UP_ITEMS: u32 = 32;

/// The live stream of a town.
pub struct Stream {
    settings: StreamSettings,
    storage: Arc<dyn Storage>,
    ring: RwLock<Ring>,
    newest: watch::Sender<u64>,
    head: watch::Sender<Option<Bytes>>,
    trust: watch::Sender<Option<Bytes>>,
    seats: Arc<Semaphore>,
    closing: CancellationToken,
}

#[derive(Default)]
struct Ring {
    /// Encoded events by sequence, one after the other.
    events: VecDeque<(u64, Bytes)>,
}

impl Ring {
    /// The event after `cursor`, if the ring reaches back that far.
    fn after(&self, cursor: u64) -> Option<(u64, Bytes)> {
        let (first, _) = self.events.front()?;
        let index = usize::try_from((cursor + 1).checked_sub(*first)?).ok()?;
        self.events.get(index).cloned()
    }
}

impl Stream {
    /// The stream of what `storage` holds, up to `newest`.
    pub fn new(
        settings: StreamSettings,
        storage: Arc<dyn Storage>,
        newest: u64,
        closing: CancellationToken,
    ) -> Self {
        let seats = Arc::new(Semaphore::new(settings.most_readers.min(Semaphore::MAX_PERMITS)));
        Self {
            settings,
            storage,
            ring: RwLock::default(),
            newest: watch::Sender::new(newest),
            head: watch::Sender::new(None),
            trust: watch::Sender::new(None),
            seats,
            closing,
        }
    }

    /// Tells every reader of an item that is stored.
    pub fn publish(&self, item: &SequencedItem) {
        {
            let mut ring = self.ring.write().unwrap_or_else(PoisonError::into_inner);
            let follows = ring.events.back().is_none_or(|(last, _)| *last + 1 == item.sequence);
            if !follows {
                // Written by another process, or out of turn: readers take it from storage.
                ring.events.clear();
            }
            ring.events.push_back((item.sequence, item_event(item.sequence, &item.cose)));
            while ring.events.len() > self.settings.ring_events {
                ring.events.pop_front();
            }
        }
        self.newest.send_if_modified(|newest| {
            let grew = item.sequence > *newest;
            *newest = (*newest).max(item.sequence);
            grew
        });
    }

    /// Tells every reader of a new head.
    pub fn publish_head(&self, event: Bytes) {
        self.head.send_replace(Some(event));
    }

    /// Tells every reader of a new trust list.
    pub fn publish_trust(&self, event: Bytes) {
        self.trust.send_replace(Some(event));
    }

    /// How many readers are connected.
    pub fn readers(&self) -> usize {
        self.settings.most_readers.saturating_sub(self.seats.available_permits())
    }

    /// A reader of everything after `cursor`; none when all seats are taken.
    pub fn reader(self: &Arc<Self>, cursor: u64) -> Option<Reader> {
        let seat = Arc::clone(&self.seats).try_acquire_owned().ok()?;
        let mut head = self.head.subscribe();
        head.mark_changed();
        let mut trust = self.trust.subscribe();
        trust.mark_unchanged();
        Some(Reader {
            stream: Arc::clone(self),
            newest: self.newest.subscribe(),
            head,
            trust,
            cursor,
            missed: VecDeque::new(),
            greeted: false,
            _seat: seat,
        })
    }
}

/// One phone on the stream.
pub struct Reader {
    stream: Arc<Stream>,
    newest: watch::Receiver<u64>,
    head: watch::Receiver<Option<Bytes>>,
    trust: watch::Receiver<Option<Bytes>>,
    cursor: u64,
    missed: VecDeque<SequencedItem>,
    greeted: bool,
    _seat: OwnedSemaphorePermit,
}

impl Reader {
    /// The next event, after waiting for it; none when the server is closing.
    pub async fn next(&mut self) -> Option<Result<Bytes, StreamError>> {
        if !self.greeted {
            // The answer's head leaves with its first bytes: the phone knows at once that it is connected.
            self.greeted = true;
            return Some(Ok(KEEP_ALIVE));
        }
        loop {
            let newest = *self.newest.borrow_and_update();
            if self.cursor < newest {
                return Some(self.next_item().await);
            }
            let keep_alive = Instant::now() + self.stream.settings.keep_alive();
            let closing = self.stream.closing.clone();
            tokio::select! {
                biased;
                () = closing.cancelled() => return None,
                changed = self.newest.changed() => changed.ok()?,
                changed = self.head.changed() => {
                    changed.ok()?;
                    if let Some(event) = self.head.borrow_and_update().clone() {
                        return Some(Ok(event));
                    }
                }
                changed = self.trust.changed() => {
                    changed.ok()?;
                    if let Some(event) = self.trust.borrow_and_update().clone() {
                        return Some(Ok(event));
                    }
                }
                () = sleep_until(keep_alive) => return Some(Ok(KEEP_ALIVE)),
            }
        }
    }

    async fn next_item(&mut self) -> Result<Bytes, StreamError> {
        let from_ring = self.stream.ring.read().unwrap_or_else(PoisonError::into_inner).after(self.cursor);
        if let Some((sequence, event)) = from_ring {
            self.cursor = sequence;
            self.missed.clear();
            return Ok(event);
        }
        if self.missed.is_empty() {
            // Whatever the age: the phone says where it was, and what ended long ago is few.
            let missed = self.stream.storage.items_after(self.cursor, CATCH_UP_ITEMS, DateTime::UNIX_EPOCH);
            self.missed = missed.await?.into();
        }
        let Some(item) = self.missed.pop_front() else {
            // A sequence was announced that storage does not have: nothing to wait for below it.
            self.cursor = *self.newest.borrow();
            return Ok(KEEP_ALIVE);
        };
        self.cursor = item.sequence;
        Ok(item_event(item.sequence, &item.cose))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ring_answers_for_what_it_holds_and_leaves_the_rest_to_storage() {
        let mut ring = Ring::default();
        assert_eq!(ring.after(0), None);
        for sequence in 5..8 {
            ring.events.push_back((sequence, Bytes::from(sequence.to_string())));
        }
        assert_eq!(ring.after(3), None);
        assert_eq!(ring.after(4).unwrap().0, 5);
        assert_eq!(ring.after(6).unwrap().0, 7);
        assert_eq!(ring.after(7), None);
    }
}
