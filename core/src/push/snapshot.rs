//! The small state that a notification extension needs: what is trusted, what is held, what was seen.

use chrono::{DateTime, TimeDelta, Utc};
use minicbor::{Decode, Encode, bytes::ByteVec};

use crate::{
    alerts::{Announced, Chain, chains},
    calendar::{day_span, local_date},
    notice::{
        AlertNotice, BulletinNotice, Environment,
        codec::{instant, maybe_instant},
    },
    trust::{ItemKind, PublicKey, Refusal, SignedItem, Trust, TrustAnchor},
    words::{Language, Words},
};

/// How old a head may be before the situation counts as not known: the hourly head and one missed.
pub(crate) const HEAD_FRESH_MINUTES: i64 = 125;

/// Items that ended longer ago than this leave the snapshot.
const KEPT_AFTER_END_DAYS: i64 = 3;

/// How many items a snapshot holds at most; the oldest leave first.
const MOST_ITEMS: usize = 128;

/// The newest head held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct HeadState {
    /// Its number; only ever grows.
    #[n(0)]
    pub number: u64,
    /// When it was signed.
    #[cbor(n(1), with = "instant")]
    pub time: DateTime<Utc>,
}

/// What the phone may say of its last check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadView {
    /// False: the situation is "not known", never "no alerts" (safety rule 10).
    pub is_known: bool,
    /// When the newest head was signed, if there ever was one.
    pub checked_at: Option<DateTime<Utc>>,
    /// "Controllato alle 14:05", or that the situation is not known.
    pub text: String,
    /// What to show in place of an empty list.
    pub empty_list_text: String,
    /// Whether an empty list is an all-clear, to be drawn green: the situation is known, today's levels included.
    pub is_all_clear: bool,
}

impl HeadView {
    /// What `head` allows to say at `now`.
    pub fn of(head: Option<HeadState>, language: Language, now: DateTime<Utc>) -> Self {
        let words = Words::of(language);
        let Some(head) = head else {
            return Self {
                is_known: false,
                checked_at: None,
                text: words.say("head-never", &[]),
                empty_list_text: words.say("list-empty-not-known", &[]),
                is_all_clear: false,
            };
        };
        let age = now - head.time;
        let is_known = age <= TimeDelta::minutes(HEAD_FRESH_MINUTES);
        let time = Words::time(head.time);
        let today = local_date(now);
        let head_day = local_date(head.time);
        let day = words.day(head_day, today);
        let id = match (is_known, head_day == today) {
            (true, true) => "head-checked",
            (true, false) => "head-checked-day",
            (false, _) => "head-not-known",
        };
        let empty = if is_known { "list-empty" } else { "list-empty-not-known" };
        Self {
            is_known,
            checked_at: Some(head.time),
            text: words.say(id, &[("day", &day), ("time", &time)]),
            empty_list_text: words.say(empty, &[("time", &time)]),
            is_all_clear: is_known,
        }
    }

    /// The same, where no place is saved: nothing was asked, so an empty list answers nothing (safety rule 1).
    #[must_use]
    pub fn without_places(mut self, language: Language) -> Self {
        if self.is_known {
            self.empty_list_text = Words::of(language).say("list-empty-no-place", &[]);
            self.is_all_clear = false;
        }
        self
    }

    /// The same, where no town of this app serves the places of these names: nobody can tell of them here.
    #[must_use]
    pub fn with_unserved_places(mut self, names: &[String], language: Language) -> Self {
        if self.is_known {
            let words = Words::of(language);
            self.empty_list_text = words.say("list-empty-not-served", &[("places", &words.list(names))]);
            self.is_all_clear = false;
        }
        self
    }

    /// The same, where today's level is not known for the places of these names: an empty list is no all-clear then
    /// (safety rule 1).
    #[must_use]
    pub fn with_unknown_places(mut self, names: &[String], language: Language) -> Self {
        if let (true, Some(checked_at), false) = (self.is_known, self.checked_at, names.is_empty()) {
            let words = Words::of(language);
            let (places, time) = (words.list(names), Words::time(checked_at));
            self.empty_list_text =
                words.say("list-empty-unknown-places", &[("places", &places), ("time", &time)]);
            self.is_all_clear = false;
        }
        self
    }
}

/// What the phone holds of one town.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct TownSnapshot {
    /// Id of the town.
    #[n(0)]
    pub town: String,
    /// Live or demo.
    #[n(1)]
    pub environment: Environment,
    /// The roots that the app release carries.
    #[n(2)]
    pub roots: Vec<PublicKey>,
    /// How many of them must sign.
    #[n(3)]
    pub threshold: u8,
    /// The trust list held, as it came; empty before the first.
    #[n(4)]
    pub trust_list: ByteVec,
    /// The revocations that came since, as they came.
    #[n(5)]
    pub revocations: Vec<ByteVec>,
    /// The items held, as they came, each verified when it came.
    #[n(6)]
    pub items: Vec<ByteVec>,
    /// The newest head.
    #[n(7)]
    pub head: Option<HeadState>,
    /// When the trust list held was issued, against which the clock is checked.
    #[cbor(n(8), with = "maybe_instant", has_nil)]
    pub trust_issued: Option<DateTime<Utc>>,
}

impl TownSnapshot {
    /// An empty state for the town of an app release.
    pub fn new(anchor: &TrustAnchor) -> Self {
        Self {
            town: anchor.town.clone(),
            environment: anchor.environment,
            roots: anchor.roots.clone(),
            threshold: anchor.threshold,
            trust_list: Vec::new().into(),
            revocations: Vec::new(),
            items: Vec::new(),
            head: None,
            trust_issued: None,
        }
    }

    /// The keys of the app release.
    pub fn anchor(&self) -> TrustAnchor {
        TrustAnchor {
            town: self.town.clone(),
            environment: self.environment,
            roots: self.roots.clone(),
            threshold: self.threshold,
        }
    }

    /// The trust that the held list gives.
    ///
    /// Before the first list nobody is known: [`Refusal::UnknownKey`].
    pub fn trust(&self) -> Result<Trust, Refusal> {
        if self.trust_list.is_empty() {
            return Err(Refusal::UnknownKey);
        }
        let trust = Trust::open_held(&self.anchor(), &self.trust_list)?;
        self.revocations.iter().try_fold(trust, |trust, revocation| trust.revoke_held(revocation))
    }

    /// The items held, read without judging them again.
    pub fn held(&self) -> Held {
        let mut held = Held::default();
        for bytes in &self.items {
            let Ok(item) = SignedItem::decode(bytes) else { continue };
            match item.kind {
                ItemKind::Alert => {
                    held.alerts.extend(crate::notice::decode::<AlertNotice>(&item.payload));
                }
                ItemKind::Bulletin => {
                    held.bulletins.extend(crate::notice::decode::<BulletinNotice>(&item.payload));
                }
                ItemKind::Head | ItemKind::TrustList | ItemKind::Revocation => {}
            }
        }
        held
    }

    /// Adds an item and lets go of what ended days ago.
    pub(crate) fn keep(&mut self, bytes: &[u8], now: DateTime<Utc>) {
        self.items.push(bytes.to_vec().into());
        self.trim(now);
    }

    /// Lets go of what ended days ago, and of the oldest beyond the most that a snapshot holds.
    pub(crate) fn trim(&mut self, now: DateTime<Utc>) {
        let cut_off = now - TimeDelta::days(KEPT_AFTER_END_DAYS);
        self.items.retain(|bytes| holds_until(bytes).is_some_and(|end| end > cut_off));
        let surplus = self.items.len().saturating_sub(MOST_ITEMS);
        self.items.drain(..surplus);
    }
}

fn holds_until(bytes: &[u8]) -> Option<DateTime<Utc>> {
    let item = SignedItem::decode(bytes).ok()?;
    match item.kind {
        ItemKind::Alert => {
            crate::notice::decode::<AlertNotice>(&item.payload).ok().map(|notice| notice.expires)
        }
        ItemKind::Bulletin => {
            let bulletin: BulletinNotice = crate::notice::decode(&item.payload).ok()?;
            bulletin.days.iter().map(|day| day_span(day.day).to).max()
        }
        ItemKind::Head | ItemKind::TrustList | ItemKind::Revocation => None,
    }
}

/// Verified items, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// Officers' alerts.
    pub alerts: Vec<AlertNotice>,
    /// Bulletins.
    pub bulletins: Vec<BulletinNotice>,
}

impl Held {
    /// The chains that the alerts make.
    pub fn chains(&self) -> Vec<Chain> {
        chains(&self.alerts)
    }

    /// What the bulletins announced.
    pub fn announced(&self) -> Announced {
        Announced::of(&self.bulletins)
    }

    /// The bulletin published last.
    pub fn newest_bulletin(&self) -> Option<&BulletinNotice> {
        self.bulletins.iter().max_by_key(|bulletin| (bulletin.published, bulletin.sent))
    }
}

/// Everything that [`super::present()`] needs beside the sealed places. Lies unsealed on the phone: it holds public
/// things only, so that an alert is verified and shown before the first unlock.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Snapshot {
    /// One per town served by the build.
    #[n(0)]
    pub towns: Vec<TownSnapshot>,
    /// BCP 47 tag of the language to speak.
    #[n(1)]
    pub language: String,
    /// When the app was built: a clock behind it is wrong.
    #[cbor(n(2), with = "instant")]
    pub built_at: DateTime<Utc>,
    /// The newest signed time seen: a clock behind it is in doubt (safety rule 6).
    #[cbor(n(3), with = "instant")]
    pub newest_signed: DateTime<Utc>,
}

impl Snapshot {
    /// An empty snapshot for the towns of an app release.
    pub fn new(anchors: &[TrustAnchor], language: Language, built_at: DateTime<Utc>) -> Self {
        Self {
            towns: anchors.iter().map(TownSnapshot::new).collect(),
            language: language.tag().to_owned(),
            built_at,
            newest_signed: built_at,
        }
    }

    /// The snapshot in `bytes`, as [`Snapshot::to_bytes`] wrote it.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Refusal> {
        crate::notice::decode(bytes)
    }

    /// The snapshot as bytes, to be written atomically.
    pub fn to_bytes(&self) -> Vec<u8> {
        crate::notice::encode(self)
    }

    /// The language to speak.
    pub fn language(&self) -> Language {
        Language::of(&self.language)
    }

    /// Whether the phone's clock is behind something that was certainly signed earlier, by more than a few minutes.
    pub fn is_clock_in_doubt(&self, now: DateTime<Utc>) -> bool {
        now + TimeDelta::minutes(5) < self.newest_signed.max(self.built_at)
    }
}
