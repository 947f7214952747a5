//! One row of the expiry rules, and what it gives.

use chrono::{Datelike as _, NaiveDate};
use serde::Deserialize;

use super::{
    super::birthday::{birthday_in, is_birthday, last_birthday_before, next_birthday, readings},
    super::{Fact, Facts, Fingerprints, kinds::kind},
    Expiry, MissingFact,
};
use crate::{
    calendar::{Holidays, Roll, add_days, add_months, add_years, age, month_end},
    rules::RuleSet,
};

/// Where the end of a validity falls once its years are added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FallsOn {
    /// On that very day.
    SameDay,
    /// On the day before it.
    DayBefore,
    /// On the first birthday on it or after.
    NextBirthday,
    /// On the last birthday before it.
    LastBirthdayBefore,
    /// On the last day of its month.
    MonthEnd,
    /// On the last day of the month after.
    FollowingMonthEnd,
    /// On 31 December of its year.
    YearEnd,
    /// Practically never.
    LongValidity,
    /// Never.
    Never,
    /// When the spaces are full.
    Stamps,
}

/// How long a kind is good.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpiryRule {
    /// The kinds it is for.
    pub kinds: Vec<String>,
    /// The date counted from; the row's own days are compared with it.
    #[serde(default)]
    pub from: Option<Fact>,
    /// Whole years added.
    #[serde(default)]
    pub years: i32,
    /// Where the end falls.
    pub falls_on: FallsOn,
    /// Least age.
    #[serde(default)]
    pub age_from: Option<u32>,
    /// First age that is too old.
    #[serde(default)]
    pub age_below: Option<u32>,
    /// The day on which the age counts; that of `from` if none.
    #[serde(default)]
    pub age_at: Option<Fact>,
    /// Only with such fingerprints.
    #[serde(default)]
    pub fingerprints: Option<Fingerprints>,
    /// Only for vehicles inspected each year.
    #[serde(default)]
    pub annual: bool,
    /// Only where the town aligns the kind to the birthday.
    #[serde(default)]
    pub to_birthday: bool,
    /// A renewal after the old expiry is counted from that one.
    #[serde(default)]
    pub late_renewal: bool,
    /// What happens to a last day that is closed.
    #[serde(default)]
    pub roll: Roll,
}

/// A day after which kinds are worth nothing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CutOffRule {
    /// The kinds.
    pub kinds: Vec<String>,
    /// The last good day.
    pub last_day: NaiveDate,
}

impl ExpiryRule {
    pub(super) fn is_for(&self, kind_id: &str) -> bool {
        self.kinds.iter().any(|kind| kind == kind_id)
    }

    /// Whether the conditions of the row are met.
    pub(super) fn fits(&self, facts: &Facts, start: NaiveDate) -> Result<bool, MissingFact> {
        if self.fingerprints.is_some() && self.fingerprints != facts.fingerprints {
            return Ok(false);
        }
        if (self.annual && !facts.annual) || (self.to_birthday && !facts.to_birthday) {
            return Ok(false);
        }
        if self.age_from.is_none() && self.age_below.is_none() {
            return Ok(true);
        }
        let birth = facts.birth.ok_or(MissingFact(Fact::Birth))?;
        let on = self.age_at.and_then(|fact| facts.date(fact)).unwrap_or(start);
        let years = age(birth, on);
        Ok(self.age_from.is_none_or(|least| years >= least) && self.age_below.is_none_or(|end| years < end))
    }

    /// A row that counts from no date.
    pub(super) fn without_date(
        &self,
        rules: &RuleSet,
        kind_id: &str,
        facts: &Facts,
    ) -> Result<(Expiry, Option<NaiveDate>), MissingFact> {
        match (self.falls_on, kind(rules, kind_id).and_then(|row| row.rule.stamps)) {
            (FallsOn::Stamps, Some(total)) => Ok((Expiry::ByStamps { used: facts.stamps, total }, None)),
            (FallsOn::Never, _) => Ok((Expiry::NoExpiry, None)),
            _ => Err(MissingFact(Fact::Printed)),
        }
    }

    /// What the row gives, counted from `start`, and the last day before it was moved on.
    pub(super) fn apply(
        &self,
        rules: &RuleSet,
        facts: &Facts,
        start: NaiveDate,
    ) -> Result<(Expiry, Option<NaiveDate>), MissingFact> {
        let limit = add_years(start, self.years);
        let exact = |day| Ok((Expiry::Exact(day), None));
        match self.falls_on {
            FallsOn::SameDay => exact(limit),
            FallsOn::DayBefore => exact(add_days(limit, -1)),
            FallsOn::MonthEnd => exact(month_end(limit)),
            FallsOn::FollowingMonthEnd => {
                let first = limit.with_day(1).unwrap_or(limit);
                let nominal = month_end(add_months(first, 1));
                let due = self.roll.from_nominal(&Holidays::new(rules), nominal, None);
                Ok((Expiry::Exact(due), Some(nominal)))
            }
            FallsOn::YearEnd => exact(NaiveDate::from_ymd_opt(limit.year(), 12, 31).unwrap_or(limit)),
            FallsOn::NextBirthday | FallsOn::LastBirthdayBefore => {
                let birth = facts.birth.ok_or(MissingFact(Fact::Birth))?;
                let days = if self.falls_on == FallsOn::NextBirthday {
                    self.next_birthdays(birth, limit, start, facts.previous_expiry)
                } else {
                    last_birthdays(birth, limit, start)
                };
                Ok((Expiry::of_candidates(days).ok_or(MissingFact(Fact::Printed))?, None))
            }
            FallsOn::LongValidity => Ok((Expiry::LongValidity { cert_renewal_from: limit }, None)),
            FallsOn::Never => Ok((Expiry::NoExpiry, None)),
            FallsOn::Stamps => Err(MissingFact(Fact::Printed)),
        }
    }

    fn next_birthdays(
        &self,
        birth: NaiveDate,
        limit: NaiveDate,
        start: NaiveDate,
        previous: Option<NaiveDate>,
    ) -> Vec<NaiveDate> {
        // A licence renewed late runs from the old expiry (circ. DFP 7/2012), unless that would already be over.
        let late = previous.filter(|old| self.late_renewal && start > *old && is_birthday(birth, *old));
        let from_old = late.map(|old| old.year().saturating_add(self.years));
        readings(birth)
            .iter()
            .filter_map(|reading| {
                let in_year = from_old.and_then(|year| {
                    birthday_in(birth, year, *reading)
                        .or_else(|| next_birthday(birth, NaiveDate::from_ymd_opt(year, 3, 1)?, *reading))
                });
                in_year.filter(|day| *day > start).or_else(|| next_birthday(birth, limit, *reading))
            })
            .collect()
    }
}

/// The last birthdays before `limit`; issued on the birthday, the limit itself is a candidate too.
fn last_birthdays(birth: NaiveDate, limit: NaiveDate, start: NaiveDate) -> Vec<NaiveDate> {
    let on_birthday = is_birthday(birth, start);
    readings(birth)
        .iter()
        .flat_map(|reading| {
            let same_day =
                birthday_in(birth, limit.year(), *reading).filter(|day| on_birthday && *day == limit);
            [last_birthday_before(birth, limit, *reading), same_day]
        })
        .flatten()
        .collect()
}
