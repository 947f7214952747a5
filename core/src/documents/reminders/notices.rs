//! The next notices over all documents, for the shell to schedule.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, Utc};
use serde::Serialize;

use super::{Why, moments, plan};
use crate::{
    calendar::{Holidays, local_time, resolve},
    documents::{Document, Holder, kind},
    rules::RuleSet,
    words::Language,
};

/// One message of a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoticeItem {
    /// The document, by its name in the store.
    pub document: String,
    /// Its kind.
    pub kind: String,
    /// Whose it is.
    pub holder: Holder,
    /// What the owner calls it.
    pub label: Option<String>,
    /// When it runs out.
    pub expires: NaiveDate,
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
    /// What it is about; never empty, the nearest expiry first.
    pub items: Vec<NoticeItem>,
}

/// The next notices from `now` on, sorted by time, at most `limit`.
///
/// iOS keeps 64 pending at most. Documents that do not run out on a day, are done, or miss a date have none.
pub fn next_notices(
    rules: &RuleSet,
    documents: &[Document],
    now: DateTime<Utc>,
    limit: usize,
) -> Vec<Notice> {
    let holidays = Holidays::new(rules);
    let now_local = local_time(now);
    let mut days: BTreeMap<NaiveDate, (NaiveDateTime, Vec<NoticeItem>)> = BTreeMap::new();
    for document in documents {
        let Some((expires, moments)) = due(rules, document) else { continue };
        let planned = plan(&holidays, &moments, local_time(document.dated_at), document.series.snoozed_until);
        for reminder in planned.reminders.into_iter().filter(|reminder| reminder.at >= now_local) {
            let item = NoticeItem {
                document: document.id.clone(),
                kind: document.kind.clone(),
                holder: document.holder.clone(),
                label: document.label.clone(),
                expires,
                why: reminder.why,
            };
            let day = days.entry(reminder.at.date()).or_insert((reminder.at, Vec::new()));
            day.0 = day.0.min(reminder.at);
            day.1.push(item);
        }
    }
    let notices = days.into_values().take(limit).map(|(local, mut items)| {
        items.sort_by(|a, b| (a.expires, &a.document).cmp(&(b.expires, &b.document)));
        Notice { id: format!("promemoria-{}", local.date()), local, at: resolve(local).instant(), items }
    });
    notices.collect()
}

fn due(rules: &RuleSet, document: &Document) -> Option<(NaiveDate, Vec<super::Moment>)> {
    let row = kind(rules, &document.kind).or_else(|| kind(rules, "altro"))?;
    let expires = document.assess(rules).ok()?.expiry.date()?;
    let is_done = document.series.done_for == Some(expires);
    (!is_done).then(|| (expires, moments(rules, row, &document.facts, expires)))
}

impl Notice {
    /// The words for a lock screen: kind, holder and day, never a number.
    pub fn words(&self, rules: &RuleSet, language: Language) -> String {
        let lines: Vec<String> =
            self.items.iter().map(|item| item.words(rules, self.local.date(), language)).collect();
        lines.join("\n")
    }
}

impl NoticeItem {
    /// What the document is called in words for `language`, with its holder.
    pub fn name(&self, rules: &RuleSet, language: Language) -> String {
        let row = kind(rules, &self.kind).or_else(|| kind(rules, "altro"));
        let of_kind = row.map_or(self.kind.as_str(), |row| match language {
            Language::Italian => row.rule.it.as_str(),
            Language::English => row.rule.en.as_str(),
        });
        let name = self.label.as_deref().unwrap_or(of_kind);
        match (&self.holder, language) {
            (Holder::Me, _) => name.to_owned(),
            (Holder::Other(holder), Language::Italian) => format!("{name} di {holder}"),
            (Holder::Other(holder), Language::English) => format!("{name} of {holder}"),
        }
    }

    /// The words of the message on `day`.
    pub fn words(&self, rules: &RuleSet, day: NaiveDate, language: Language) -> String {
        let name = self.name(rules, language);
        let left = (self.expires - day).num_days();
        let date = date_words(self.expires, language);
        match (language, left) {
            (Language::Italian, ..0) => format!("{name}: scaduta la validità il {date}"),
            (Language::Italian, 0) => format!("{name}: la validità finisce oggi"),
            (Language::Italian, 1) => format!("{name}: la validità finisce domani"),
            (Language::Italian, _) => format!("{name}: valida fino al {date}, mancano {left} giorni"),
            (Language::English, ..0) => format!("{name}: ran out on {date}"),
            (Language::English, 0) => format!("{name}: runs out today"),
            (Language::English, 1) => format!("{name}: runs out tomorrow"),
            (Language::English, _) => format!("{name}: good until {date}, {left} days left"),
        }
    }
}

fn date_words(day: NaiveDate, language: Language) -> String {
    match language {
        Language::Italian => format!("{}/{}/{}", day.day(), day.month(), day.year()),
        Language::English => day.format("%-d %B %Y").to_string(),
    }
}

#[cfg(test)]
mod tests;
