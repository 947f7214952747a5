//! Kinds of documents: names, renewal, guides.

use chrono::{Datelike as _, NaiveDate};
use serde::Deserialize;

use super::Facts;
use crate::{
    calendar::{DayOfYear, add_days, add_months, age},
    rules::{Dated, RuleSet},
};

/// Whom or what a kind belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A person.
    #[default]
    Person,
    /// A vehicle.
    Vehicle,
    /// A pet.
    Animal,
}

/// From when a kind may be renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Opens {
    /// No rule says.
    #[default]
    Unknown,
    /// At any time.
    AnyTime,
    /// The new one comes by itself.
    ByItself,
    /// From 1 January after the expiry.
    FromNextYear,
    /// So many days before the expiry.
    DaysBefore(u32),
    /// So many months before the expiry, clamped to the month's end.
    MonthsBefore(u32),
}

/// Holders of an age who may swap a good document for one of longer validity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EarlySwap {
    /// Least age on the first day of the swap.
    pub age_from: u32,
    /// Only documents issued before this day.
    pub issued_before: NaiveDate,
    /// First day of the swap.
    pub from: NaiveDate,
}

/// A kind of document. Its name in the rows is the `id`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindRule {
    /// Italian name.
    pub it: String,
    /// English name.
    pub en: String,
    /// Other names under which it may be asked for.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Whom it belongs to.
    #[serde(default)]
    pub subject: Subject,
    /// Reminders in days before the expiry, negative after it.
    pub remind: Vec<i32>,
    /// One more reminder on the day on which the renewal opens.
    #[serde(default)]
    pub remind_when_window_opens: bool,
    /// One more on the first day of the month of the expiry.
    #[serde(default)]
    pub remind_on_month_start: bool,
    /// One more on this day of the year after the expiry.
    #[serde(default)]
    pub remind_in_next_year: Option<DayOfYear>,
    /// From when it may be renewed.
    #[serde(default)]
    pub earliest: Opens,
    /// To be asked for at least so many days before the expiry.
    #[serde(default)]
    pub ask_by_days: Option<u32>,
    /// Days after the expiry within which it may still be asked for.
    #[serde(default)]
    pub grace_days: Option<u32>,
    /// Days of cover after the expiry.
    #[serde(default)]
    pub cover_days: Option<u32>,
    /// Spaces for stamps.
    #[serde(default)]
    pub stamps: Option<u8>,
    /// An early swap.
    #[serde(default)]
    pub early_swap: Option<EarlySwap>,
}

/// The row of a kind, by its name or one of its other names.
pub fn kind<'a>(rules: &'a RuleSet, name: &str) -> Option<&'a Dated<KindRule>> {
    rules
        .kinds
        .iter()
        .find(|row| row.source.id == name)
        .or_else(|| rules.kinds.iter().find(|row| row.rule.aliases.iter().any(|alias| alias == name)))
}

/// From when a document may be renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Earliest {
    /// No rule says.
    Unknown,
    /// At any time.
    AnyTime,
    /// The new one comes by itself.
    ByItself,
    /// From this day on.
    From(NaiveDate),
}

/// The days of a renewal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RenewalWindow {
    /// From when.
    pub earliest: Earliest,
    /// The last day on which to ask, if a law sets one.
    pub ask_by: Option<NaiveDate>,
    /// The last day on which asking still helps, after the expiry.
    pub last_useful: Option<NaiveDate>,
    /// From when this holder may swap it early.
    pub early_swap_from: Option<NaiveDate>,
}

/// When a document of a kind that runs out on `expires` may be renewed.
///
/// `facts` decides the early swap alone. A kind that no row knows has no window.
pub fn renewal_window(
    rules: &RuleSet,
    kind_name: &str,
    facts: &Facts,
    expires: Option<NaiveDate>,
) -> RenewalWindow {
    let none =
        RenewalWindow { earliest: Earliest::Unknown, ask_by: None, last_useful: None, early_swap_from: None };
    let Some(row) = kind(rules, kind_name) else { return none };
    let rule = &row.rule;
    let before = |day: NaiveDate| match rule.earliest {
        Opens::DaysBefore(days) => Some(add_days(day, -i64::from(days))),
        Opens::MonthsBefore(months) => Some(add_months(day, -i32::try_from(months).unwrap_or(i32::MAX))),
        Opens::FromNextYear => NaiveDate::from_ymd_opt(day.year().saturating_add(1), 1, 1),
        Opens::Unknown | Opens::AnyTime | Opens::ByItself => None,
    };
    let earliest = match rule.earliest {
        Opens::AnyTime => Earliest::AnyTime,
        Opens::ByItself => Earliest::ByItself,
        _ => expires.and_then(before).map_or(Earliest::Unknown, Earliest::From),
    };
    let shifted = |days: Option<u32>, sign: i64| {
        expires.zip(days).map(|(day, days)| add_days(day, sign * i64::from(days)))
    };
    RenewalWindow {
        earliest,
        ask_by: shifted(rule.ask_by_days, -1),
        last_useful: shifted(rule.grace_days, 1),
        early_swap_from: rule.early_swap.filter(|swap| can_swap(*swap, facts)).map(|swap| swap.from),
    }
}

fn can_swap(swap: EarlySwap, facts: &Facts) -> bool {
    facts.issued.is_some_and(|issued| issued < swap.issued_before)
        && facts.birth.is_some_and(|birth| age(birth, swap.from) >= swap.age_from)
}

/// How to renew kinds of documents, in words.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuideRule {
    /// The kinds.
    pub kinds: Vec<String>,
    /// Where to book or begin.
    #[serde(default)]
    pub link: Option<String>,
    /// Italian words.
    pub it: GuideText,
    /// English words.
    pub en: GuideText,
}

/// The words of a guide, as short sentences.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuideText {
    /// Where to go.
    pub place: String,
    /// What to bring; one thing each.
    pub bring: Vec<String>,
    /// What it costs.
    pub cost: String,
    /// How long it takes, and what holds meanwhile.
    pub time: String,
    /// Something useful to know.
    #[serde(default)]
    pub hint: Option<String>,
}

/// The guide of a kind that holds on `day`.
pub fn guide<'a>(rules: &'a RuleSet, kind_name: &str, day: NaiveDate) -> Option<&'a GuideRule> {
    let id = kind(rules, kind_name).map_or(kind_name, |row| row.source.id.as_str());
    rules.guides.iter().filter_map(|row| row.on(day)).find(|rule| rule.kinds.iter().any(|kind| kind == id))
}
