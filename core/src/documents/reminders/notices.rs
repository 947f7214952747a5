//! The next notices over all that a person follows, for the shell to schedule.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::Serialize;

use super::{Moment, Why, moments, plan};
use crate::{
    area::IstatCode,
    calendar::{Holidays, add_days, local_time, resolve},
    documents::{Document, Expiry, Holder, kind},
    elections::{VoterCard, next_vote},
    payments::Fine,
    rules::RuleSet,
    words::{Language, Words},
};

/// What a person follows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Watched<'a> {
    /// Documents.
    pub documents: &'a [Document],
    /// Fines.
    pub fines: &'a [Fine],
    /// Where the person votes: without it nobody is reminded of a voter's card.
    pub votes_in: Option<IstatCode>,
}

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "about")]
pub enum About {
    /// A document runs out.
    Expiry,
    /// A voter's card deserves a look before a vote.
    Vote,
    /// A fine, until the end of the discount.
    FineDiscount {
        /// The whole sum in cents, if known.
        total_cents: Option<u64>,
    },
    /// A fine, until the end of the reduced sum.
    FineReduced {
        /// The whole sum in cents, if known.
        total_cents: Option<u64>,
    },
}

/// One message of a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoticeItem {
    /// The document or fine, by its name in the store.
    pub id: String,
    /// The kind of document; none for a fine.
    pub kind: Option<String>,
    /// Whose it is.
    pub holder: Holder,
    /// What the owner calls it.
    pub label: Option<String>,
    /// What is said.
    pub about: About,
    /// The day it is about: of the expiry, of the vote, the last one to pay.
    pub day: NaiveDate,
    /// Why it is said on this day.
    pub why: Why,
}

/// What a phone shows at one time: at most one for each day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// A name that stays the same however often the plan is made, as in `promemoria-2027-06-12`.
    pub id: String,
    /// Civil time of Europe/Rome.
    pub local: NaiveDateTime,
    /// The same as an instant.
    pub at: DateTime<Utc>,
    /// What it is about; never empty, the nearest day first.
    pub items: Vec<NoticeItem>,
}

/// A day to be reminded of, with all that its messages say.
struct Due {
    item: NoticeItem,
    moments: Vec<Moment>,
    entered: DateTime<Utc>,
    snoozed_until: Option<NaiveDate>,
}

/// The next notices from `now` on, sorted by time, at most `limit`.
///
/// iOS keeps 64 pending at most. Documents that do not run out on a day, are done, or miss a date have none; nor have
/// fines that are paid.
pub fn next_notices(rules: &RuleSet, watched: &Watched<'_>, now: DateTime<Utc>, limit: usize) -> Vec<Notice> {
    let holidays = Holidays::new(rules);
    let now_local = local_time(now);
    let documents = watched.documents.iter().filter_map(|document| {
        of_document(rules, document)
            .or_else(|| of_voter_card(rules, document, watched.votes_in, now_local.date()))
    });
    let fines = watched.fines.iter().flat_map(|fine| of_fine(rules, fine));
    let mut days: BTreeMap<NaiveDate, (NaiveDateTime, Vec<NoticeItem>)> = BTreeMap::new();
    for due in documents.chain(fines) {
        let planned = plan(&holidays, &due.moments, local_time(due.entered), due.snoozed_until);
        for reminder in planned.reminders {
            // Catching up with a sum that is no longer to be had would only vex.
            let is_stale = due.item.kind.is_none() && reminder.at.date() > due.item.day;
            if reminder.at < now_local || is_stale {
                continue;
            }
            let day = days.entry(reminder.at.date()).or_insert((reminder.at, Vec::new()));
            day.0 = day.0.min(reminder.at);
            day.1.push(NoticeItem { why: reminder.why, ..due.item.clone() });
        }
    }
    let notices = days.into_values().take(limit).map(|(local, mut items)| {
        items.sort_by(|a, b| (a.day, &a.id).cmp(&(b.day, &b.id)));
        Notice { id: format!("promemoria-{}", local.date()), local, at: resolve(local).instant(), items }
    });
    notices.collect()
}

fn item(document: &Document, about: About, day: NaiveDate) -> NoticeItem {
    NoticeItem {
        id: document.id.clone(),
        kind: Some(document.kind.clone()),
        holder: document.holder.clone(),
        label: document.label.clone(),
        about,
        day,
        why: Why::CatchUp,
    }
}

fn of_document(rules: &RuleSet, document: &Document) -> Option<Due> {
    let row = kind(rules, &document.kind).or_else(|| kind(rules, "altro"))?;
    let expires = document.assess(rules).ok()?.expiry.date()?;
    let is_done = document.series.done_for == Some(expires);
    (!is_done).then(|| Due {
        item: item(document, About::Expiry, expires),
        moments: moments(rules, row, &document.facts, expires),
        entered: document.dated_at,
        snoozed_until: document.series.snoozed_until,
    })
}

/// A voter's card is said before a vote only, and only if it is nearly full or not counted.
fn of_voter_card(
    rules: &RuleSet,
    document: &Document,
    votes_in: Option<IstatCode>,
    today: NaiveDate,
) -> Option<Due> {
    let Expiry::ByStamps { used, .. } = document.assess(rules).ok()?.expiry else { return None };
    let vote = next_vote(rules, votes_in?, today)?;
    let first = vote.first_day().filter(|first| document.series.done_for != Some(*first))?;
    let days = vote.card_reminders(rules, &VoterCard::Paper { stamps: used }, NaiveDate::MIN);
    let before = |day: NaiveDate| i32::try_from((first - day).num_days()).unwrap_or_default();
    (!days.is_empty()).then(|| Due {
        item: item(document, About::Vote, first),
        moments: days.into_iter().map(|day| Moment { day, why: Why::DaysBefore(before(day)) }).collect(),
        entered: document.dated_at,
        snoozed_until: document.series.snoozed_until,
    })
}

fn of_fine(rules: &RuleSet, fine: &Fine) -> Vec<Due> {
    let dues = fine.dues(rules).into_iter().map(|due| {
        let total_cents = due.total_cents;
        let about = if due.is_discounted {
            About::FineDiscount { total_cents }
        } else {
            About::FineReduced { total_cents }
        };
        let moment = |before: &i32| Moment {
            day: add_days(due.until, -i64::from(*before)),
            why: Why::DaysBefore(*before),
        };
        Due {
            item: NoticeItem {
                id: fine.id.clone(),
                kind: None,
                holder: Holder::Me,
                label: fine.label.clone(),
                about,
                day: due.until,
                why: Why::CatchUp,
            },
            moments: due.remind.iter().map(moment).collect(),
            entered: fine.entered_at,
            snoozed_until: fine.snoozed_until,
        }
    });
    dues.collect()
}

impl Notice {
    /// The words for a lock screen, one line for each message: kind, holder, day and sum, never a number.
    pub fn words(&self, rules: &RuleSet, language: Language) -> String {
        let lines: Vec<String> =
            self.items.iter().map(|item| item.words(rules, self.local.date(), language)).collect();
        lines.join("\n")
    }
}

impl NoticeItem {
    /// What the document or fine is called, with its holder.
    pub fn name(&self, rules: &RuleSet, language: Language) -> String {
        let words = Words::of(language);
        let row = self.kind.as_deref().map(|name| kind(rules, name).or_else(|| kind(rules, "altro")));
        let of_kind = match (row, language) {
            (None, _) => words.say("fine-name", &[]),
            (Some(None), _) => String::new(),
            (Some(Some(row)), Language::Italian) => row.rule.it.clone(),
            (Some(Some(row)), Language::English) => row.rule.en.clone(),
        };
        let name = self.label.clone().unwrap_or(of_kind);
        match &self.holder {
            Holder::Me => name,
            Holder::Other(holder) => words.say("owned-by", &[("name", &name), ("holder", holder)]),
        }
    }

    /// The words of the message on `today`.
    pub fn words(&self, rules: &RuleSet, today: NaiveDate, language: Language) -> String {
        let words = Words::of(language);
        let (name, date) = (self.name(rules, language), words.date_with_year(self.day));
        let left = (self.day - today).num_days();
        let days = left.to_string();
        let (id, total_cents) = match (self.about, left) {
            (About::Expiry, ..0) => ("reminder-past", None),
            (About::Expiry, 0) => ("reminder-today", None),
            (About::Expiry, 1) => ("reminder-tomorrow", None),
            (About::Expiry, _) => ("reminder-days", None),
            (About::Vote, _) => ("reminder-vote", None),
            (About::FineDiscount { total_cents: None }, _) => ("fine-discount-plain", None),
            (About::FineReduced { total_cents: None }, _) => ("fine-reduced-plain", None),
            (About::FineDiscount { total_cents }, 0) => ("fine-discount-today", total_cents),
            (About::FineReduced { total_cents }, 0) => ("fine-reduced-today", total_cents),
            (About::FineDiscount { total_cents }, _) => ("fine-discount", total_cents),
            (About::FineReduced { total_cents }, _) => ("fine-reduced", total_cents),
        };
        let amount = total_cents.map(|cents| euro(cents, language)).unwrap_or_default();
        words.say(id, &[("name", &name), ("date", &date), ("days", &days), ("amount", &amount)])
    }
}

/// `29,40` or `29.40`.
fn euro(cents: u64, language: Language) -> String {
    let comma = if language == Language::Italian { ',' } else { '.' };
    format!("{}{comma}{:02}", cents / 100, cents % 100)
}

#[cfg(test)]
mod tests;
