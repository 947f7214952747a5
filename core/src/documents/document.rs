//! A document as the phone keeps it: one value, one row of the store.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Assessment, Facts, MissingFact, assess};
use crate::rules::RuleSet;

/// The number of a document: kept whole, shown masked.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DocumentNumber(String);

impl DocumentNumber {
    /// The number as it was typed, without spaces around it.
    pub fn new(number: &str) -> Self {
        Self(number.trim().to_owned())
    }

    /// The whole number: for the person's own eyes, after asking.
    pub fn revealed(&self) -> &str {
        &self.0
    }

    /// Dots, and the last three characters of a number that has more than five.
    pub fn masked(&self) -> String {
        let characters: Vec<char> = self.0.chars().collect();
        let shown = if characters.len() > 5 { 3 } else { 0 };
        let hidden = characters.len() - shown;
        "•".repeat(hidden).chars().chain(characters.into_iter().skip(hidden)).collect()
    }
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Debug for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DocumentNumber(…)")
    }
}

/// Whose document it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// The owner of the phone.
    #[default]
    Me,
    /// Somebody the owner looks after, by the name that the owner uses.
    Other(String),
}

/// Where the dates of a document come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Typed in, or read from the machine-readable zone.
    User,
    /// From a login, with consent.
    Login,
    /// Sent by the town.
    Town,
}

/// What a person decided about the reminders of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Series {
    /// "Fatto": no more reminders for the expiry on this day. A new expiry begins a new series.
    pub done_for: Option<NaiveDate>,
    /// Quiet until this day, on which one reminder stands for all that were held.
    pub snoozed_until: Option<NaiveDate>,
}

/// A document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Name of the row, never shown.
    pub id: String,
    /// Its kind, as in the rules.
    pub kind: String,
    /// Whose it is.
    #[serde(default)]
    pub holder: Holder,
    /// What the owner calls it, if not by its kind ("Panda rossa").
    #[serde(default)]
    pub label: Option<String>,
    /// Its number.
    #[serde(default)]
    pub number: Option<DocumentNumber>,
    /// Its dates.
    pub facts: Facts,
    /// Where the dates come from.
    pub origin: Origin,
    /// When the owner last said that the dates are right.
    #[serde(default)]
    pub confirmed_at: Option<DateTime<Utc>>,
    /// When the dates last changed: reminders of before are caught up once, after it.
    pub dated_at: DateTime<Utc>,
    /// What the owner decided about reminders.
    #[serde(default)]
    pub series: Series,
}

impl Document {
    /// What the rules say of the document.
    pub fn assess(&self, rules: &RuleSet) -> Result<Assessment, MissingFact> {
        assess(rules, &self.kind, &self.facts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_shown_by_its_last_characters_alone() {
        assert_eq!(DocumentNumber::new(" CA12345AB ").masked(), "••••••5AB");
        assert_eq!(DocumentNumber::new("12345").masked(), "•••••");
        assert_eq!(DocumentNumber::new("").masked(), "");
        assert!(!format!("{:?}", DocumentNumber::new("CA12345AB")).contains("5AB"));
    }

    #[test]
    fn a_document_is_read_as_it_was_written() {
        let document = Document {
            id: "d1".into(),
            kind: "cie".into(),
            holder: Holder::Other("Anna".into()),
            label: None,
            number: Some(DocumentNumber::new("CA12345AB")),
            facts: Facts { printed: "2035-06-20".parse().ok(), ..Facts::default() },
            origin: Origin::User,
            confirmed_at: None,
            dated_at: "2026-11-25T09:00:00Z".parse().unwrap(),
            series: Series::default(),
        };
        let text = serde_json::to_string(&document).unwrap();
        assert_eq!(serde_json::from_str::<Document>(&text).unwrap(), document);
    }
}
