//! From the facts of a document to the day on which it runs out.

mod rule;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use rule::{CutOffRule, ExpiryRule, FallsOn};

use super::{Fact, Facts, kinds::kind};
use crate::{calendar::add_years, rules::RuleSet};

/// When a document runs out: a type, because it is not always a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expiry {
    /// On this day, which is the last good one.
    Exact(NaiveDate),
    /// On one of these days, sorted, at least two: no source decides. The earliest is used; ask for the printed date.
    Ambiguous(Vec<NaiveDate>),
    /// Practically never; its authentication certificate may be renewed from a day on.
    LongValidity {
        /// First day for a new certificate.
        cert_renewal_from: NaiveDate,
    },
    /// Never.
    NoExpiry,
    /// When its spaces are full.
    ByStamps {
        /// Spaces used; not known if none.
        used: Option<u8>,
        /// All spaces.
        total: u8,
    },
}

impl Expiry {
    /// The day to remind by: the exact one, or the earliest of several.
    pub fn date(&self) -> Option<NaiveDate> {
        match self {
            Self::Exact(day) => Some(*day),
            Self::Ambiguous(days) => days.iter().min().copied(),
            Self::LongValidity { .. } | Self::NoExpiry | Self::ByStamps { .. } => None,
        }
    }

    /// Whether a new one is needed because the spaces are full.
    pub fn is_full(&self) -> bool {
        matches!(self, Self::ByStamps { used: Some(used), total } if used >= total)
    }

    fn of_candidates(mut days: Vec<NaiveDate>) -> Option<Self> {
        days.sort_unstable();
        days.dedup();
        match days.as_slice() {
            [] => None,
            [day] => Some(Self::Exact(*day)),
            _ => Some(Self::Ambiguous(days)),
        }
    }
}

/// Something that must be known before the expiry can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the expiry cannot be told without this date: {0:?}")]
pub struct MissingFact(pub Fact);

/// What a person should look at again. A warning never refuses a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// The printed date is not the one that the rules give.
    PrintedDiffers {
        /// What the rules give, sorted.
        expected: Vec<NaiveDate>,
    },
    /// The printed date gives more years than the rules do.
    LongerThanTheRules,
    /// The printed date lies before the day of issue.
    PrintedBeforeIssue,
    /// No source decides between several days: the printed date is wanted.
    Ambiguous,
    /// The kind is worth nothing after a day, whatever is printed.
    CutOff {
        /// The last good day.
        last_day: NaiveDate,
    },
}

/// What the rules say of a document, and what holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// What holds: the printed date if there is one, cut off where a law does so.
    pub expiry: Expiry,
    /// What the rules give, if enough is known.
    pub computed: Option<Expiry>,
    /// The last day before it was moved on from a closed one, if it was.
    pub nominal: Option<NaiveDate>,
    /// Last day of cover or use after the expiry, if the kind has one (24:00 of that day).
    pub covered_until: Option<NaiveDate>,
    /// What a person should look at again.
    pub warnings: Vec<Warning>,
}

/// Whether a document is good on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Good on that day.
    Valid,
    /// Run out, or full.
    Expired,
}

impl Assessment {
    /// Whether the document is good on `day`; the expiry day itself still is.
    pub fn status_on(&self, day: NaiveDate) -> Status {
        let run_out = self.expiry.is_full() || self.expiry.date().is_some_and(|last| last < day);
        if run_out { Status::Expired } else { Status::Valid }
    }
}

/// What the rules alone give, and the last day before it was moved on.
///
/// Errors: the fact that is missing for the first rule of the kind that could apply.
pub fn computed_expiry(
    rules: &RuleSet,
    kind_id: &str,
    facts: &Facts,
) -> Result<(Expiry, Option<NaiveDate>), MissingFact> {
    let kind_id = kind(rules, kind_id).map_or(kind_id, |row| row.source.id.as_str());
    let mut missing = None;
    for row in rules.expiry.iter().filter(|row| row.rule.is_for(kind_id)) {
        let Some(from) = row.rule.from else { return row.rule.without_date(rules, kind_id, facts) };
        let Some(start) = facts.date(from) else {
            missing = missing.or(Some(from));
            continue;
        };
        if row.source.holds_on(start) && row.rule.fits(facts, start)? {
            return row.rule.apply(rules, facts, start);
        }
    }
    Err(MissingFact(missing.unwrap_or(Fact::Printed)))
}

/// What holds for a document of a kind, given what is known.
///
/// A kind that no rule knows is taken as the generic one: its printed date counts.
/// Errors: neither a printed date nor enough to compute one.
pub fn assess(rules: &RuleSet, kind_id: &str, facts: &Facts) -> Result<Assessment, MissingFact> {
    let kind_row = kind(rules, kind_id);
    let kind_id = kind_row.map_or(kind_id, |row| row.source.id.as_str());
    let computed = computed_expiry(rules, kind_id, facts);
    let mut warnings = Vec::new();
    let (expiry, nominal) = match (facts.printed, &computed) {
        (Some(printed), _) => {
            warnings.extend(doubts(rules, kind_id, facts, printed, computed.as_ref().ok().map(|(e, _)| e)));
            (Expiry::Exact(printed), None)
        }
        (None, Ok((expiry, nominal))) => {
            if matches!(expiry, Expiry::Ambiguous(_)) {
                warnings.push(Warning::Ambiguous);
            }
            (expiry.clone(), *nominal)
        }
        (None, Err(missing)) => match cut_off(rules, kind_id) {
            Some(last_day) => (Expiry::Exact(last_day), None),
            None => return Err(*missing),
        },
    };
    let expiry = match (cut_off(rules, kind_id), expiry.date()) {
        (Some(last_day), Some(day)) if day >= last_day => {
            warnings.push(Warning::CutOff { last_day });
            Expiry::Exact(last_day)
        }
        _ => expiry,
    };
    let cover = kind_row.and_then(|row| row.rule.cover_days);
    let covered_until =
        cover.zip(expiry.date()).map(|(days, day)| crate::calendar::add_days(day, i64::from(days)));
    Ok(Assessment {
        expiry,
        computed: computed.ok().map(|(expiry, _)| expiry),
        nominal,
        covered_until,
        warnings,
    })
}

fn cut_off(rules: &RuleSet, kind_id: &str) -> Option<NaiveDate> {
    rules.cut_off.iter().find(|row| row.rule.kinds.iter().any(|k| k == kind_id)).map(|row| row.rule.last_day)
}

fn doubts(
    rules: &RuleSet,
    kind_id: &str,
    facts: &Facts,
    printed: NaiveDate,
    computed: Option<&Expiry>,
) -> Vec<Warning> {
    let mut found = Vec::new();
    if facts.issued.is_some_and(|issued| printed < issued) {
        found.push(Warning::PrintedBeforeIssue);
    }
    match computed {
        Some(Expiry::Exact(day)) if *day != printed => {
            found.push(Warning::PrintedDiffers { expected: vec![*day] });
        }
        Some(Expiry::Ambiguous(days)) if !days.contains(&printed) => {
            found.push(Warning::PrintedDiffers { expected: days.clone() });
        }
        _ => {}
    }
    if longest(rules, kind_id, facts).is_some_and(|last| printed > last) {
        found.push(Warning::LongerThanTheRules);
    }
    found
}

/// A day after which no printed date of this kind is plausible: the years of its rule, and one to reach a birthday.
fn longest(rules: &RuleSet, kind_id: &str, facts: &Facts) -> Option<NaiveDate> {
    rules.expiry.iter().filter(|row| row.rule.is_for(kind_id)).find_map(|row| {
        let start = facts.date(row.rule.from?)?;
        let fits = row.source.holds_on(start) && row.rule.fits(facts, start).unwrap_or(false);
        let dated = row.rule.falls_on != FallsOn::LongValidity && row.rule.years > 0;
        fits.then(|| dated.then(|| add_years(start, row.rule.years + 1)))
    })?
}

#[cfg(test)]
mod tests;
