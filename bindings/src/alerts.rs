//! The area `alerts()`: the list, an alert, bytes that arrived.

use std::sync::Arc;

use campanile_core::{
    alerts::{self, CardKind},
    phone::{ListedCard, Phone},
    push::Outcome,
    words::{Language, Words},
};

use crate::{
    AlertKind, AlertsObserver, CampanileError, Level, Phase, PushNotification, Status, Subscription,
    UtcInstant, campanile::Shared, push::push_notification,
};

/// One row of the alert list. Every word is made by the core, in the language of the preferences.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct AlertRow {
    /// Stable over time; notifications use it as their tag.
    pub id: String,
    /// An officer's alert, or a day of the bulletin.
    pub kind: AlertKind,
    /// Its level now.
    pub level: Level,
    /// The level in words, such as "Allerta rossa".
    pub level_words: String,
    /// The name of the shape that stands for the level, such as "ottagono": level is never told by colour alone.
    pub shape: String,
    /// Actual, Exercise or Test.
    pub status: Status,
    /// Where it stands.
    pub phase: Phase,
    /// The saved places that it concerns, by the person's own names; empty when it is elsewhere.
    pub place_names: Vec<String>,
    /// Whether it concerns a saved place.
    pub concerns_me: bool,
    /// One line that begins with the level.
    pub title: String,
    /// Until when, in words; empty when it no longer holds.
    pub until: String,
    /// Who says it and when.
    pub source: String,
    /// The whole row as it should be read aloud; begins with the level.
    pub spoken: String,
    /// Remarks in words, such as "In verifica" or "Abbassata da rossa, da confermare"; usually empty.
    pub labels: Vec<String>,
    /// When it was released.
    pub sent: UtcInstant,
    /// When it stops holding by itself.
    pub expires: UtcInstant,
    /// Whether the person opened it.
    pub is_seen: bool,
}

/// One alert in full.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct AlertDetail {
    /// The same as its row.
    pub row: AlertRow,
    /// What it is.
    pub description: String,
    /// What to do.
    pub instruction: String,
    /// Where, in words.
    pub area_desc: String,
}

/// Whether the phone knows what is in force, from the signed hourly head of each town.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct HeadState {
    /// False means *not known*: never show it as "no alerts".
    pub is_known: bool,
    /// The time of the newest head held; of the oldest town when there are several.
    pub checked_at: Option<UtcInstant>,
    /// "Controllato alle 14:05", or that the situation is not known.
    pub words: String,
}

/// What the alert screen shows.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct AlertList {
    /// Sorted as shown: what concerns the person first, then the worst, then the newest. May be empty.
    pub rows: Vec<AlertRow>,
    /// Whether the situation is known.
    pub head: HeadState,
    /// What to show in place of an empty list.
    pub empty_words: String,
    /// Whether an empty list may be drawn as an all-clear, in green. False also while the bulletin of today is not known.
    #[uniffi(default = false)]
    pub is_all_clear: bool,
}

/// What became of bytes that arrived.
#[derive(Debug, Clone, PartialEq, uniffi::Enum)]
pub enum ReceiveReceipt {
    /// Verified and kept.
    Accepted {
        /// The item's own id; the number of a head.
        item_id: String,
        /// What to post; it also waits in `unshown` until it is marked as shown.
        notification: Option<PushNotification>,
        /// Tags of posted notifications to take away.
        removes: Vec<String>,
    },
    /// Verified earlier; nothing changed.
    Duplicate {
        /// The item's own id.
        item_id: String,
    },
    /// Not shown. The reason is a stable name such as `too_few_persons`, listed in docs/protocol.md.
    Refused {
        /// The stable name of the reason.
        reason: String,
    },
}

/// One line of the log of what was refused. It holds no content.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RefusedRow {
    /// When it arrived.
    pub at: UtcInstant,
    /// The stable name of the reason.
    pub reason: String,
}

/// The area of alerts. Calls may come from any thread; they block on the disk for milliseconds.
#[derive(uniffi::Object)]
pub struct Alerts {
    pub(crate) shared: Arc<Shared>,
}

#[uniffi::export]
impl Alerts {
    /// The whole list as it stands now.
    pub fn list(&self) -> Result<AlertList, CampanileError> {
        alert_list(&self.shared.phone)
    }

    /// One alert in full. Throws `NotFound` when no row has this id (any more).
    pub fn detail(&self, id: String) -> Result<AlertDetail, CampanileError> {
        let listed = self.shared.phone.card(&id)?;
        Ok(AlertDetail {
            description: listed.card.description.clone(),
            instruction: listed.card.instruction.clone(),
            area_desc: listed.card.area_desc.clone(),
            row: alert_row(listed, words(&self.shared.phone)?),
        })
    }

    /// Takes the bytes of a pushed or fetched item: verifies, keeps, tells the observers. Safe to repeat.
    pub fn receive(&self, bytes: Vec<u8>) -> Result<ReceiveReceipt, CampanileError> {
        let received = self.shared.phone.receive(&bytes, None)?;
        Ok(match received.outcome {
            Outcome::Shown | Outcome::Kept => ReceiveReceipt::Accepted {
                item_id: received.item_id,
                notification: match received.notification {
                    Some(notification) => Some(push_notification(notification, words(&self.shared.phone)?)),
                    None => None,
                },
                removes: received.removes,
            },
            Outcome::Duplicate => ReceiveReceipt::Duplicate { item_id: received.item_id },
            Outcome::Refused(refusal) => ReceiveReceipt::Refused { reason: refusal.code().to_owned() },
        })
    }

    /// The notifications that must still be posted, oldest first: they stay, over restarts, until `mark_shown`.
    pub fn unshown(&self) -> Result<Vec<PushNotification>, CampanileError> {
        let words = words(&self.shared.phone)?;
        let unshown = self.shared.phone.unshown()?;
        Ok(unshown.into_iter().map(|notification| push_notification(notification, words)).collect())
    }

    /// Confirms that the notification with this tag was posted, or its row was on screen. Safe to repeat.
    pub fn mark_shown(&self, tag: String) -> Result<(), CampanileError> {
        Ok(self.shared.phone.mark_shown(&tag)?)
    }

    /// Notes that the person opened the alert. Throws `NotFound` when no row has this id (any more).
    pub fn mark_seen(&self, id: String) -> Result<(), CampanileError> {
        Ok(self.shared.phone.mark_seen(&id)?)
    }

    /// The newest refusals, newest first, at most `limit`.
    pub fn refused(&self, limit: u32) -> Result<Vec<RefusedRow>, CampanileError> {
        let rows = self.shared.phone.refused(limit)?;
        Ok(rows.into_iter().map(|row| RefusedRow { at: row.received, reason: row.reason }).collect())
    }

    /// Calls `observer` with the whole list, once at first and again whenever it changed, in order, from one thread.
    ///
    /// Stops when the subscription is cancelled or dropped. Throws `Closed` while paused or closed.
    pub fn subscribe_alerts(
        &self,
        observer: Arc<dyn AlertsObserver>,
    ) -> Result<Arc<Subscription>, CampanileError> {
        alert_list(&self.shared.phone)?;
        Ok(self.shared.notifier.subscribe(observer))
    }
}

pub(crate) fn words(phone: &Phone) -> Result<&'static Words, CampanileError> {
    Ok(Words::of(Language::of(&phone.language_tag()?)))
}

/// The list as the screen shows it.
pub(crate) fn alert_list(phone: &Phone) -> Result<AlertList, CampanileError> {
    let words = words(phone)?;
    let list = phone.list()?;
    Ok(AlertList {
        rows: list.cards.into_iter().map(|listed| alert_row(listed, words)).collect(),
        head: HeadState {
            is_known: list.head.is_known,
            checked_at: list.head.checked_at,
            words: list.head.text,
        },
        empty_words: list.head.empty_list_text,
        is_all_clear: list.head.is_all_clear,
    })
}

fn alert_row(listed: ListedCard, words: &Words) -> AlertRow {
    let ListedCard { card, is_seen } = listed;
    AlertRow {
        kind: match card.kind {
            CardKind::Alert => AlertKind::Alert,
            CardKind::Bulletin => AlertKind::Bulletin,
        },
        level_words: words.level(card.level),
        shape: words.shape(card.level),
        phase: match card.phase {
            alerts::Phase::InForce => Phase::InForce,
            alerts::Phase::Ended => Phase::Ended,
            alerts::Phase::FalseAlarm => Phase::FalseAlarm,
            alerts::Phase::Expired => Phase::Expired,
        },
        concerns_me: card.concerns_me(),
        labels: card.labels.iter().map(|label| label.say(words)).collect(),
        id: card.id,
        level: card.level,
        status: card.status,
        place_names: card.place_names,
        title: card.title,
        until: card.until,
        source: card.source,
        spoken: card.spoken,
        sent: card.sent,
        expires: card.expires,
        is_seen,
    }
}
