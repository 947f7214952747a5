//! Civil days of Europe/Rome, as alerts need them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Europe::Rome;

/// The civil date and time in Italy at `at`.
pub(crate) fn rome(at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&Rome).naive_local()
}

/// The civil day in Italy at `at`.
pub(crate) fn rome_date(at: DateTime<Utc>) -> NaiveDate {
    rome(at).date()
}

/// The first instant after `day` in Italy; days last 23 or 25 hours when the clock changes.
pub(crate) fn end_of_day(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.succ_opt().unwrap_or(day).and_time(chrono::NaiveTime::MIN);
    // Italy changes its clock at night after midnight, so midnight exists once.
    Rome.from_local_datetime(&midnight)
        .earliest()
        .map_or_else(|| midnight.and_utc() - TimeDelta::hours(1), |local| local.with_timezone(&Utc))
}
