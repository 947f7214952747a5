//! The plan of one document.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike as _};
use serde::{Deserialize, Serialize};

use super::quiet_hours;
use crate::{
    calendar::{Holidays, add_days},
    documents::{Earliest, Facts, KindRule, renewal_window},
    rules::{Dated, RuleSet},
};

/// Why a person is reminded on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// So many days before the expiry, negative after it.
    DaysBefore(i32),
    /// The renewal opens.
    WindowOpens,
    /// The month of the expiry begins.
    MonthStarts,
    /// A day of the year after the expiry.
    NextYear,
    /// The end of a snooze.
    Snoozed,
    /// One message for all days that had passed when the dates were entered.
    CatchUp,
}

/// A day on which the rules want a reminder, before closed days are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The day.
    pub day: NaiveDate,
    /// Why.
    pub why: Why,
}

/// A reminder of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedDay {
    /// Civil time of Europe/Rome, turned into an instant as late as possible.
    pub at: NaiveDateTime,
    /// Why; of several reasons for one day, the one nearest to the expiry.
    pub why: Why,
}

/// The reminders of one document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// Sorted, at most one for each day.
    pub reminders: Vec<PlannedDay>,
    /// How many moments had passed when the dates were entered.
    pub missed: usize,
}

impl Plan {
    /// Whether one message catches up with what was missed.
    pub fn has_catch_up(&self) -> bool {
        self.missed > 0
    }
}

/// The time of day at which reminders come.
pub(super) fn sending_time() -> NaiveTime {
    NaiveTime::from_hms_opt(9, 30, 0).unwrap_or(NaiveTime::MIN)
}

/// The days on which a kind wants to be reminded of for an expiry on `expires`.
pub fn moments(rules: &RuleSet, kind: &Dated<KindRule>, facts: &Facts, expires: NaiveDate) -> Vec<Moment> {
    let rule = &kind.rule;
    let mut found: Vec<Moment> = rule
        .remind
        .iter()
        .map(|before| Moment { day: add_days(expires, -i64::from(*before)), why: Why::DaysBefore(*before) })
        .collect();
    if rule.remind_when_window_opens
        && let Earliest::From(day) = renewal_window(rules, &kind.source.id, facts, Some(expires)).earliest
    {
        found.push(Moment { day, why: Why::WindowOpens });
    }
    if rule.remind_on_month_start
        && let Some(day) = expires.with_day(1)
    {
        found.push(Moment { day, why: Why::MonthStarts });
    }
    if let Some(of_year) = rule.remind_in_next_year {
        let next = expires.year().saturating_add(1);
        let day = (0..366)
            .filter_map(|n| NaiveDate::from_ymd_opt(next, 1, 1).map(|first| add_days(first, n)))
            .find(|day| of_year.is_on(*day));
        found.extend(day.map(|day| Moment { day, why: Why::NextYear }));
    }
    found
}

/// The plan for `moments`, seen from `entered`, the civil time at which the dates were entered.
///
/// A moment on a Sunday or national holiday goes to the day before that is open, never later; what had passed is
/// caught up once, at the next allowed time; one reminder a day. `snoozed_until` holds what comes before it and
/// stands for it with one reminder.
pub fn plan(
    holidays: &Holidays<'_>,
    moments: &[Moment],
    entered: NaiveDateTime,
    snoozed_until: Option<NaiveDate>,
) -> Plan {
    let mut days: BTreeMap<NaiveDate, PlannedDay> = BTreeMap::new();
    let (mut missed, mut held) = (0, false);
    for moment in moments {
        let at = holidays.open_day_until(moment.day).and_time(sending_time());
        if at < entered {
            missed += 1;
        } else if snoozed_until.is_some_and(|until| at.date() < until) {
            held = true;
        } else {
            let planned = PlannedDay { at, why: moment.why };
            days.entry(at.date()).and_modify(|day| day.why = nearer(day.why, moment.why)).or_insert(planned);
        }
    }
    if missed > 0 && snoozed_until.is_none() {
        let at = catch_up(holidays, entered);
        days.entry(at.date()).or_insert(PlannedDay { at, why: Why::CatchUp });
    }
    if let Some(until) = snoozed_until.filter(|_| held || missed > 0) {
        let at = holidays.open_day_from(until).and_time(sending_time());
        days.entry(at.date()).or_insert(PlannedDay { at, why: Why::Snoozed });
    }
    Plan { reminders: days.into_values().collect(), missed }
}

/// The first allowed time after `entered`: within the minute on an open day, else 09:30 of the next one.
fn catch_up(holidays: &Holidays<'_>, entered: NaiveDateTime) -> NaiveDateTime {
    let morning = |day: NaiveDate| day.and_time(sending_time());
    let today = entered.date();
    if !holidays.is_holiday(today, None) {
        if entered.time() < sending_time() {
            return morning(today);
        }
        if !quiet_hours().contains(entered.time()) {
            let minute = entered.with_second(0).and_then(|time| time.with_nanosecond(0)).unwrap_or(entered);
            let next = minute + TimeDelta::minutes(1);
            if !quiet_hours().contains(next.time()) {
                return next;
            }
        }
    }
    morning(holidays.open_day_from(add_days(today, 1)))
}

/// Of two reasons for one day, the one to say: the fewest days before the expiry.
fn nearer(one: Why, other: Why) -> Why {
    match (one, other) {
        (Why::DaysBefore(one), Why::DaysBefore(other)) => Why::DaysBefore(one.min(other)),
        (Why::DaysBefore(_), _) => one,
        (_, Why::DaysBefore(_)) => other,
        _ => one.min(other),
    }
}

#[cfg(test)]
mod tests;
