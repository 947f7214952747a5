//! Birthdays, and the readings of one on 29 February.

use chrono::{Datelike as _, NaiveDate};

/// How a birthday of 29 February is read in a common year. No source says which is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// There is none in a common year.
    LeapYearsOnly,
    /// 28 February.
    EndOfFebruary,
    /// 1 March.
    FirstOfMarch,
}

/// The readings that matter for a birth: one, or all three for 29 February.
pub(super) fn readings(birth: NaiveDate) -> &'static [Reading] {
    if is_leap_day(birth) {
        &[Reading::LeapYearsOnly, Reading::EndOfFebruary, Reading::FirstOfMarch]
    } else {
        &[Reading::LeapYearsOnly]
    }
}

fn is_leap_day(day: NaiveDate) -> bool {
    day.month() == 2 && day.day() == 29
}

/// The birthday in `year`, if that reading has one.
pub(super) fn birthday_in(birth: NaiveDate, year: i32, reading: Reading) -> Option<NaiveDate> {
    birth.with_year(year).or_else(|| match reading {
        Reading::LeapYearsOnly => None,
        Reading::EndOfFebruary => NaiveDate::from_ymd_opt(year, 2, 28),
        Reading::FirstOfMarch => NaiveDate::from_ymd_opt(year, 3, 1),
    })
}

/// The first birthday on `day` or after.
pub(super) fn next_birthday(birth: NaiveDate, day: NaiveDate, reading: Reading) -> Option<NaiveDate> {
    // Between two leap years lie at most eight years (around 1900 and 2100).
    (day.year()..=day.year().saturating_add(8))
        .filter_map(|year| birthday_in(birth, year, reading))
        .find(|birthday| *birthday >= day)
}

/// The last birthday before `day`.
pub(super) fn last_birthday_before(birth: NaiveDate, day: NaiveDate, reading: Reading) -> Option<NaiveDate> {
    (day.year().saturating_sub(8)..=day.year())
        .rev()
        .filter_map(|year| birthday_in(birth, year, reading))
        .find(|birthday| *birthday < day)
}

/// Whether `day` is the birthday in one of its readings.
pub(super) fn is_birthday(birth: NaiveDate, day: NaiveDate) -> bool {
    readings(birth).iter().any(|reading| birthday_in(birth, day.year(), *reading) == Some(day))
}
