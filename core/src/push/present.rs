//! The whole decision of what the phone shows of bytes that arrived.

use std::cmp::Reverse;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{
    decide::{Loudness, at_place, capped, without_places},
    snapshot::{HeadState, Held, Snapshot},
};
use crate::{
    alerts::{
        Announced, Card, Chain, Label, Level, News, Phase, Place, alert_card, bulletin_card, concerns,
        place_and_end, severity_rank,
    },
    calendar::local_date,
    notice::{AlertNotice, BulletinNotice, MsgType, Purpose, Status, ZoneRow},
    trust::{Refusal, Trust, Verified},
    words::Words,
};

/// What became of the bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// There is something to show.
    Shown,
    /// Verified and kept; nothing to show.
    Kept,
    /// Held already.
    Duplicate,
    /// Not accepted, and not shown (safety rule 7).
    Refused(Refusal),
}

/// A notification in words, for the shell to put up as it is.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Notification {
    /// Replaces an earlier one of the same tag.
    pub tag: String,
    /// How loud.
    pub loudness: Loudness,
    /// The level, for colour and shape.
    pub level: Level,
    /// Actual, Exercise or Test.
    pub status: Status,
    /// Begins with the level.
    pub title: String,
    /// What to do, where, until when.
    pub body: String,
    /// For reading aloud; begins with the level.
    pub spoken: String,
    /// Remarks to show with it.
    pub labels: Vec<String>,
}

/// The answer to bytes that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presentation {
    /// What became of them.
    pub outcome: Outcome,
    /// What to put up, if anything.
    pub notification: Option<Notification>,
    /// Tags of notifications to take away.
    pub removes: Vec<String>,
    /// The item, when it was verified now or before.
    pub verified: Option<Verified>,
    /// The next state, to be written atomically; none when nothing changed.
    pub snapshot: Option<Snapshot>,
}

impl Presentation {
    fn refused(refusal: Refusal) -> Self {
        Self::without_notification(Outcome::Refused(refusal), None, None)
    }

    fn without_notification(
        outcome: Outcome,
        verified: Option<Verified>,
        snapshot: Option<Snapshot>,
    ) -> Self {
        Self { outcome, notification: None, removes: Vec::new(), verified, snapshot }
    }
}

/// Decides what to show of `bytes`. Pure: same input, same answer; opens no store and reads no clock.
///
/// `places` is none when they cannot be read yet (before the first unlock): the item is then verified and shown
/// without targeting. `now` is the phone's clock.
pub fn present(
    bytes: &[u8],
    snapshot: &Snapshot,
    places: Option<&[Place]>,
    now: DateTime<Utc>,
) -> Presentation {
    let mut refusal = Refusal::WrongTown;
    for index in 0..snapshot.towns.len() {
        match judge(bytes, snapshot, index, now) {
            Ok((trust, held, verified)) => {
                let arrival =
                    Arrival { bytes, snapshot, town: index, trust: &trust, held: &held, places, now };
                return arrival.present(verified);
            }
            // Another town's trust list may know it; what is wrong with it there is the better reason.
            Err(Refusal::WrongTown) => {}
            Err(other) => refusal = other,
        }
    }
    Presentation::refused(refusal)
}

fn judge(
    bytes: &[u8],
    snapshot: &Snapshot,
    town: usize,
    now: DateTime<Utc>,
) -> Result<(Trust, Held, Verified), Refusal> {
    let town = &snapshot.towns[town];
    let trust = town.trust()?;
    let held = town.held();
    let chains = held.chains();
    let highest = |id: &str| {
        let chain = chains.iter().find(|chain| chain.ids.iter().any(|known| known == id));
        chain.filter(|chain| chain.opening_received).map(|chain| chain.highest)
    };
    let verified = trust.verify(bytes, now, highest)?;
    Ok((trust, held, verified))
}

struct Arrival<'a> {
    bytes: &'a [u8],
    snapshot: &'a Snapshot,
    town: usize,
    trust: &'a Trust,
    held: &'a Held,
    places: Option<&'a [Place]>,
    now: DateTime<Utc>,
}

impl Arrival<'_> {
    fn present(&self, verified: Verified) -> Presentation {
        match &verified {
            Verified::Head(head) => {
                let head = HeadState { number: head.number, time: head.time };
                self.head(head, verified)
            }
            Verified::Alert(notice) => {
                if self.held.alerts.iter().any(|held| held.id == notice.id && held.status == notice.status) {
                    return Presentation::without_notification(Outcome::Duplicate, Some(verified), None);
                }
                let (notification, removes) = self.alert(notice);
                self.kept(notice.sent, notification, removes, verified)
            }
            Verified::Bulletin(bulletin) => {
                if self.held.bulletins.iter().any(|held| held.id == bulletin.id) {
                    return Presentation::without_notification(Outcome::Duplicate, Some(verified), None);
                }
                let notification = self.bulletin(bulletin);
                self.kept(bulletin.sent, notification, Vec::new(), verified)
            }
        }
    }

    fn kept(
        &self,
        signed_at: DateTime<Utc>,
        notification: Option<Notification>,
        removes: Vec<String>,
        verified: Verified,
    ) -> Presentation {
        let mut next = self.snapshot.clone();
        next.newest_signed = next.newest_signed.max(signed_at);
        next.towns[self.town].keep(self.bytes, self.now);
        let notification = notification.filter(|notification| notification.loudness != Loudness::None);
        let outcome = if notification.is_some() { Outcome::Shown } else { Outcome::Kept };
        Presentation { outcome, notification, removes, verified: Some(verified), snapshot: Some(next) }
    }

    fn head(&self, head: HeadState, verified: Verified) -> Presentation {
        if let Some(held) = self.snapshot.towns[self.town].head
            && head.number <= held.number
        {
            return Presentation::refused(Refusal::OldHead { found: head.number, held: held.number });
        }
        let mut next = self.snapshot.clone();
        next.newest_signed = next.newest_signed.max(head.time);
        next.towns[self.town].head = Some(head);
        Presentation::without_notification(Outcome::Kept, Some(verified), Some(next))
    }

    fn alert(&self, notice: &AlertNotice) -> (Option<Notification>, Vec<String>) {
        let before = self.held.chains();
        let mut alerts = self.held.alerts.clone();
        alerts.push(notice.clone());
        let after = crate::alerts::chains(&alerts);
        let Some(chain) =
            after.iter().find(|chain| chain.latest.status == notice.status && chain.ids.contains(&notice.id))
        else {
            return (None, Vec::new());
        };
        // What was a chain of its own before may have been joined; its notifications go.
        let earlier: Vec<&Chain> = before
            .iter()
            .filter(|old| {
                old.latest.status == notice.status && old.ids.iter().any(|id| chain.ids.contains(id))
            })
            .collect();
        let removes = earlier.iter().map(|old| old.id.clone()).filter(|id| *id != chain.id).collect();

        let clock_in_doubt = self.snapshot.is_clock_in_doubt(self.now) || self.now < notice.sent - DOUBT;
        let phase = match chain.phase(self.now) {
            // A clock in doubt does not expire anything (safety rule 6).
            Phase::Expired if clock_in_doubt => Phase::InForce,
            other => other,
        };
        let is_new_word = chain.latest.id == notice.id || notice.purpose == Purpose::UnderReview;
        if phase == Phase::Expired || !is_new_word {
            return (None, removes);
        }
        let language = self.snapshot.language();
        let mut card = alert_card(chain, self.places.unwrap_or_default(), language, self.now);
        let loudness = self.alert_loudness(notice, chain, &earlier, &before, phase);
        if clock_in_doubt {
            card.labels.push(Label::ClockInDoubt);
        }
        if self.trust.is_expired(self.now) {
            card.labels.push(Label::TrustExpired);
        }
        (Some(self.notification(&card, loudness)), removes)
    }

    fn alert_loudness(
        &self,
        notice: &AlertNotice,
        chain: &Chain,
        earlier: &[&Chain],
        held: &[Chain],
        phase: Phase,
    ) -> Loudness {
        let level = chain.latest.severity.level();
        let trust_expired = self.trust.is_expired(self.now);
        let Some(places) = self.places else {
            let loudness = if phase == Phase::InForce { without_places(level) } else { Loudness::Quiet };
            return capped(loudness, notice.status);
        };
        let mut loudest = Loudness::Passive;
        for place in places {
            let had = earlier.iter().filter(|old| concerns(&old.latest.area, place));
            let had_rank = had.map(|old| severity_rank(old.highest)).max();
            let concerned = concerns(&chain.latest.area, place);
            if !concerned && had_rank.is_none() {
                continue;
            }
            let here = match phase {
                // False alarms wake those whom the alert woke; an end is told quietly.
                Phase::FalseAlarm => at_place(chain.highest.level(), &notice.hazard, place, true, self.now),
                Phase::Ended => Loudness::Quiet,
                Phase::InForce | Phase::Expired if notice.purpose == Purpose::UnderReview => Loudness::Quiet,
                Phase::InForce | Phase::Expired => {
                    let rank = severity_rank(chain.latest.severity);
                    let is_worse = had_rank.is_none_or(|before| rank > before);
                    if is_worse && concerned && !repeats(&chain.latest, held, place) {
                        at_place(level, &notice.hazard, place, trust_expired, self.now)
                    } else {
                        Loudness::Quiet
                    }
                }
            };
            loudest = loudest.max(here);
        }
        capped(loudest, notice.status)
    }

    fn bulletin(&self, bulletin: &BulletinNotice) -> Option<Notification> {
        let today = local_date(self.now);
        let Some(places) = self.places else { return self.bulletin_without_places(bulletin, today) };
        let announced = self.held.announced();
        let mut bulletins = self.held.bulletins.clone();
        bulletins.push(bulletin.clone());
        let after = Announced::of(&bulletins);
        let newest = announced.newest().is_none_or(|newest| bulletin.published >= newest);
        let language = self.snapshot.language();
        let mut best: Option<(Loudness, Card)> = None;
        for place in places {
            let mut news = announced.news(bulletin, place);
            // Days that are over never ring (safety rule 6), nor does an edition that arrives after a newer one.
            news.news.retain(|news| news.day >= today);
            let Some(worst) = news
                .news
                .iter()
                .max_by_key(|news| (news.rings, news.level.rank(), Reverse(news.day)))
                .copied()
            else {
                continue;
            };
            let loudness = if newest && news.rings() {
                at_place(worst.level, worst.risk.as_str(), place, self.trust.is_expired(self.now), self.now)
                    .min(Loudness::Ring)
            } else {
                Loudness::Quiet
            };
            let Some(card) = bulletin_card(&after, bulletin, place, worst.day, language, self.now) else {
                continue;
            };
            let all_news = self.all_news(&news.news, worst.day, &card.instruction);
            let card = card.with_instruction(all_news, Words::of(language));
            let is_louder = best
                .as_ref()
                .is_none_or(|(so_far, top)| (loudness, card.level.rank()) > (*so_far, top.level.rank()));
            if is_louder {
                best = Some((loudness, card));
            }
        }
        let (loudness, card) = best?;
        Some(self.notification(&card, loudness))
    }

    fn bulletin_without_places(&self, bulletin: &BulletinNotice, today: NaiveDate) -> Option<Notification> {
        let ahead = bulletin.days.iter().filter(|day| day.day >= today);
        let level = ahead
            .flat_map(|day| &day.rows)
            .map(ZoneRow::highest)
            .filter(|level| level.is_coloured())
            .max_by_key(|level| level.rank())?;
        let words = Words::of(self.snapshot.language());
        Some(Notification {
            tag: bulletin.id.clone(),
            loudness: without_places(level),
            level,
            status: Status::Actual,
            title: bulletin.headline.clone(),
            body: words.say("bulletin-note", &[]),
            spoken: bulletin.headline.clone(),
            labels: vec![Label::NotTargeted.say(words)],
        })
    }

    /// One ring per edition names everything that is news, the day of the title first.
    fn all_news(&self, news: &[News], title_day: NaiveDate, advice: &str) -> String {
        let words = Words::of(self.snapshot.language());
        let today = local_date(self.now);
        let others = news.iter().filter(|news| news.day != title_day).map(|news| {
            let id = if news.continues { "bulletin-body-continues" } else { "bulletin-line" };
            let (day, level) = (words.day(news.day, today), words.level(news.level));
            words.say(
                id,
                &[("day", &day), ("level", &level.to_lowercase()), ("risks", &words.risks(&[news.risk]))],
            )
        });
        let mut parts: Vec<String> = others.map(|line| format!("{}.", capitalised(&line))).collect();
        if !advice.is_empty() {
            parts.insert(0, advice.to_owned());
        }
        parts.join(" ")
    }

    fn notification(&self, card: &Card, loudness: Loudness) -> Notification {
        let words = Words::of(self.snapshot.language());
        let mut labels = card.labels.clone();
        if self.places.is_none() {
            labels.push(Label::NotTargeted);
        }
        let is_elsewhere = self.places.is_some() && !card.concerns_me() && card.phase == Phase::InForce;
        let title = if is_elsewhere {
            words.say("elsewhere-title", &[("comune", &card.area_desc), ("title", &card.title)])
        } else {
            card.title.clone()
        };
        let place_and_end = place_and_end(card, words);
        let body: Vec<&str> = [card.instruction.as_str(), &card.description, &place_and_end, &card.source]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        Notification {
            tag: card.id.clone(),
            loudness,
            level: card.level,
            status: card.status,
            title,
            body: body.join("\n"),
            spoken: card.spoken.clone(),
            labels: labels.into_iter().map(|label| label.say(words)).collect(),
        }
    }
}

/// How far ahead of the phone's clock a signature may be before the clock is in doubt.
const DOUBT: TimeDelta = TimeDelta::minutes(5);

/// Whether a chain in force already says the same here under another identifier.
fn repeats(notice: &AlertNotice, held: &[Chain], place: &Place) -> bool {
    notice.msg_type == MsgType::Alert
        && held.iter().any(|chain| {
            let other = &chain.latest;
            other.id != notice.id
                && other.msg_type != MsgType::Cancel
                && other.status == notice.status
                && other.severity == notice.severity
                && other.texts == notice.texts
                && other.expires == notice.expires
                && concerns(&other.area, place)
        })
}

fn capitalised(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}
