//! Tessera elettorale, section, seat and votes.
//!
//! Read [`VoterCard`] first. Everything about a person stays on the phone, and nothing here records
//! whether somebody voted: stamps are the person's own counter, which can be deleted.
//! Hours are set for each vote and are data. Not here: the list of sections, which a comune publishes.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::{
    area::IstatCode,
    calendar::{Holidays, add_days},
    rules::RuleSet,
};

/// Spaces on a voter's card (D.P.R. 299/2000).
pub const STAMP_SPACES: u8 = 18;

/// Used spaces from which a person is reminded to look at the card.
const NEARLY_FULL: u8 = STAMP_SPACES - 1;

/// Days before a vote on which a person is reminded (our policy).
const REMINDERS: [i64; 3] = [45, 15, 5];

/// What a person knows of the own voter's card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "form")]
pub enum VoterCard {
    /// On paper, with spaces for stamps.
    Paper {
        /// Spaces used; not counted if none.
        stamps: Option<u8>,
    },
    /// In the digital wallet: nothing runs out.
    Digital,
}

impl VoterCard {
    /// Whether a new card is needed before the next vote.
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Paper { stamps: Some(used) } if *used >= STAMP_SPACES)
    }

    /// Whether to remind of it: nearly full, or not counted.
    pub fn is_to_be_checked(&self) -> bool {
        match self {
            Self::Paper { stamps } => stamps.is_none_or(|used| used >= NEARLY_FULL),
            Self::Digital => false,
        }
    }
}

/// Hours of a day, civil time of Europe/Rome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The day.
    pub day: NaiveDate,
    /// From.
    pub opens: NaiveTime,
    /// To.
    pub closes: NaiveTime,
}

/// A vote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoteRule {
    /// Italian name.
    pub it: String,
    /// English name.
    pub en: String,
    /// The comuni that vote; all if none is named.
    #[serde(default)]
    pub comuni: Vec<IstatCode>,
    /// Hours of the polling stations, in order.
    pub days: Vec<Hours>,
    /// Extra hours of the electoral offices before and during the vote.
    #[serde(default)]
    pub office: Vec<Hours>,
}

/// A section of the comune's published list: where its voters go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Number, as on the card.
    pub number: u32,
    /// Name of the seat.
    pub seat: String,
    /// Address of the seat.
    pub address: String,
    /// Whether the seat is without steps, if the comune says so.
    #[serde(default)]
    pub step_free: Option<bool>,
}

/// The seat of a section in the comune's list.
pub fn seat(sections: &[Section], number: u32) -> Option<&Section> {
    sections.iter().find(|section| section.number == number)
}

impl VoteRule {
    /// The first day of the vote.
    pub fn first_day(&self) -> Option<NaiveDate> {
        self.days.iter().map(|hours| hours.day).min()
    }

    /// Whether the polling stations are open at `local`.
    pub fn is_open(&self, local: NaiveDateTime) -> bool {
        self.days.iter().any(|hours| {
            hours.day == local.date() && hours.opens <= local.time() && local.time() < hours.closes
        })
    }

    /// The days on which to remind of the card, from `today` on, sorted; empty if the card needs no look.
    ///
    /// A closed day goes to the one before it.
    pub fn card_reminders(&self, rules: &RuleSet, card: &VoterCard, today: NaiveDate) -> Vec<NaiveDate> {
        let Some(first) = self.first_day().filter(|_| card.is_to_be_checked()) else { return Vec::new() };
        let holidays = Holidays::new(rules);
        let days = REMINDERS.iter().map(|before| holidays.open_day_until(add_days(first, -before)));
        days.filter(|day| *day >= today).collect()
    }
}

/// The next vote of `comune` that has not closed by `today`, if the rules know one.
pub fn next_vote(rules: &RuleSet, comune: IstatCode, today: NaiveDate) -> Option<&VoteRule> {
    rules
        .votes
        .iter()
        .map(|row| &row.rule)
        .filter(|vote| vote.comuni.is_empty() || vote.comuni.contains(&comune))
        .filter(|vote| vote.days.iter().any(|hours| hours.day >= today))
        .min_by_key(|vote| vote.first_day())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn paper(stamps: Option<u8>) -> VoterCard {
        VoterCard::Paper { stamps }
    }

    #[test]
    fn a_card_is_full_with_eighteen_stamps_and_looked_at_from_seventeen() {
        assert!(paper(Some(18)).is_full() && !paper(Some(17)).is_full() && !paper(None).is_full());
        assert!(paper(Some(17)).is_to_be_checked() && paper(None).is_to_be_checked());
        assert!(!paper(Some(16)).is_to_be_checked() && !VoterCard::Digital.is_to_be_checked());
    }

    #[test]
    fn a_vote_reminds_only_of_a_card_that_needs_a_look() {
        let rules = RuleSet::built_in();
        let modena = "036023".parse().unwrap();
        let vote = next_vote(rules, modena, day("2026-02-01")).unwrap();
        assert_eq!(vote.first_day(), Some(day("2026-03-22")));
        let reminders = vote.card_reminders(rules, &paper(None), day("2026-02-01"));
        // The 45th day before is Thursday 5 February; the 15th Saturday 7 March; the 5th Tuesday 17 March.
        assert_eq!(reminders, [day("2026-02-05"), day("2026-03-07"), day("2026-03-17")]);
        assert!(vote.card_reminders(rules, &paper(Some(3)), day("2026-02-01")).is_empty());
    }

    #[test]
    fn polling_hours_are_those_of_the_vote() {
        let vote = &RuleSet::built_in().votes[0].rule;
        let at = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap();
        assert!(vote.is_open(at("2026-03-22T22:59")));
        assert!(!vote.is_open(at("2026-03-22T23:00")));
        assert!(!vote.is_open(at("2026-03-23T15:00")));
    }

    #[test]
    fn a_vote_that_is_over_is_not_the_next() {
        let rules = RuleSet::built_in();
        assert!(next_vote(rules, "036023".parse().unwrap(), day("2026-05-26")).is_none());
    }

    #[test]
    fn a_seat_is_found_by_the_number_on_the_card() {
        let sections = [Section {
            number: 12,
            seat: "Scuola Primaria".into(),
            address: "Via Roma 1".into(),
            step_free: Some(true),
        }];
        assert_eq!(seat(&sections, 12), Some(&sections[0]));
        assert_eq!(seat(&sections, 13), None);
    }
}
