//! Terms as rows: so many days, counted by a calendar.

use chrono::{NaiveDate, NaiveTime};
use serde::Deserialize;

use super::RuleSet;
use crate::{
    area::IstatCode,
    calendar::{Holidays, Term, Terms},
};

/// What a term is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermOf {
    /// To pay a fine with the discount.
    FineDiscount,
    /// To pay a fine at the reduced sum.
    FineReduced,
    /// To appeal to the Giudice di pace.
    AppealJudge,
    /// To appeal to the Prefetto.
    AppealPrefect,
    /// For the fine to be notified, from the day of the finding.
    FineNotification,
    /// For a letter to lie at the post office until it counts as notified.
    PostStorage,
    /// For a digital SEND notification to take effect.
    SendDigital,
    /// For a SEND notification on paper to take effect.
    SendPaper,
    /// For a SEND notification to a full mailbox to take effect.
    SendMailboxFull,
    /// To declare a new residence.
    ResidenceDeclaration,
    /// For the town to register it.
    ResidenceRegistration,
    /// For the town to check it.
    ResidenceCheck,
    /// For an office to end a procedure.
    Procedure,
    /// The longest suspension for missing papers.
    ProcedurePapers,
    /// For observations on a notice of refusal, and after them.
    ProcedureObservations,
    /// For an identity card to be delivered.
    CieDelivery,
    /// For access to records.
    RecordsAccess,
    /// For checks on a certified notice of start.
    SciaChecks,
    /// For checks on one of building.
    SciaBuildingChecks,
    /// For marriage banns to be posted.
    MarriagePosting,
    /// From the end of the posting to the first day of a marriage.
    MarriageEarliest,
    /// From the end of the posting to the last.
    MarriageLatest,
}

/// A term.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermRule {
    /// What it is for.
    pub of: TermOf,
    /// How many days.
    pub days: u32,
    /// Which days count.
    pub count: Terms,
    /// What is taken off the sum within the term, in per cent.
    #[serde(default)]
    pub percent_off: Option<u32>,
    /// After this time of day the term runs from the next day.
    #[serde(default)]
    pub next_day_after: Option<NaiveTime>,
}

impl TermRule {
    /// When the term that runs from `start` ends.
    pub fn end(&self, rules: &RuleSet, start: NaiveDate, comune: Option<IstatCode>) -> Term {
        self.count.end(&Holidays::new(rules), start, self.days, comune)
    }
}

impl RuleSet {
    /// The term that holds for what begins on `day`; none if no law sets one.
    pub fn term(&self, of: TermOf, day: NaiveDate) -> Option<&TermRule> {
        self.terms.iter().filter_map(|row| row.on(day)).find(|rule| rule.of == of)
    }

    /// When the term that runs from `start` ends; none if no law sets one.
    pub fn term_end(&self, of: TermOf, start: NaiveDate, comune: Option<IstatCode>) -> Option<Term> {
        self.term(of, start).map(|rule| rule.end(self, start, comune))
    }
}
