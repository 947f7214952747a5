//! Civil time of Europe/Rome: gaps, overlaps, and days of 23 and 25 hours.

use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::{Europe::Rome, Tz};

use super::add_days;

/// The instant of a civil time, and whether the clocks made it doubtful.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocalTime {
    /// It happens once.
    Once(DateTime<Utc>),
    /// It happens twice, in autumn; the first is meant.
    Twice(DateTime<Utc>),
    /// It is skipped, in spring; shifted forward by the length of the gap.
    Skipped(DateTime<Utc>),
}

impl LocalTime {
    /// The instant that is meant.
    pub fn instant(self) -> DateTime<Utc> {
        match self {
            Self::Once(instant) | Self::Twice(instant) | Self::Skipped(instant) => instant,
        }
    }
}

/// The instant of `local` in Europe/Rome.
pub fn resolve(local: NaiveDateTime) -> LocalTime {
    resolve_in(Rome, local)
}

/// The instant of `local` in `zone`.
pub fn resolve_in(zone: Tz, local: NaiveDateTime) -> LocalTime {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(time) => LocalTime::Once(time.to_utc()),
        LocalResult::Ambiguous(first, second) => LocalTime::Twice(first.min(second).to_utc()),
        LocalResult::None => LocalTime::Skipped(after_gap(zone, local)),
    }
}

/// Reads a skipped time with the offset in force before the gap.
fn after_gap(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    // No gap of any zone is longer than a day.
    for quarters in 1..=96 {
        let earlier = TimeDelta::minutes(15 * quarters);
        if let Some(time) =
            local.checked_sub_signed(earlier).and_then(|before| zone.from_local_datetime(&before).latest())
        {
            return time.to_utc() + earlier;
        }
    }
    local.and_utc()
}

/// The civil time in Europe/Rome at `instant`.
pub fn local_time(instant: DateTime<Utc>) -> NaiveDateTime {
    instant.with_timezone(&Rome).naive_local()
}

/// The civil date in Europe/Rome at `instant`.
pub fn local_date(instant: DateTime<Utc>) -> NaiveDate {
    local_time(instant).date()
}

/// A whole civil day as two instants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaySpan {
    /// Its first instant.
    pub from: DateTime<Utc>,
    /// The first instant of the next day.
    pub to: DateTime<Utc>,
}

impl DaySpan {
    /// Its length: 23, 24 or 25 hours.
    pub fn hours(self) -> i64 {
        (self.to - self.from).num_hours()
    }
}

/// From midnight to midnight of `date` in Europe/Rome.
pub fn day_span(date: NaiveDate) -> DaySpan {
    let midnight = |day: NaiveDate| resolve(day.and_time(NaiveTime::MIN)).instant();
    DaySpan { from: midnight(date), to: midnight(add_days(date, 1)) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap()
    }

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_skipped_time_is_shifted_forward() {
        assert_eq!(resolve(at("2027-03-28T02:30")), LocalTime::Skipped(utc("2027-03-28T01:30:00Z")));
        assert_eq!(local_time(utc("2027-03-28T01:30:00Z")), at("2027-03-28T03:30"));
    }

    #[test]
    fn a_time_that_comes_twice_means_the_first() {
        assert_eq!(resolve(at("2026-10-25T02:30")), LocalTime::Twice(utc("2026-10-25T00:30:00Z")));
    }

    #[test]
    fn a_gap_at_midnight_shortens_the_day_that_begins() {
        // In 1966 summer time began at midnight.
        assert_eq!(day_span("1966-05-22".parse().unwrap()).hours(), 23);
        assert_eq!(day_span("1966-05-21".parse().unwrap()).hours(), 24);
    }

    #[rstest]
    #[case("2027-03-28", 23)]
    #[case("2026-10-25", 25)]
    #[case("2026-11-25", 24)]
    fn a_day_lasts_as_long_as_the_clocks_say(#[case] date: &str, #[case] hours: i64) {
        assert_eq!(day_span(date.parse().unwrap()).hours(), hours);
    }

    #[test]
    fn every_change_of_the_clocks_from_1900_to_2100_is_survived() {
        let mut day: NaiveDate = "1900-01-01".parse().unwrap();
        let end: NaiveDate = "2101-01-01".parse().unwrap();
        let mut changes = 0;
        while day < end {
            let span = day_span(day);
            let minutes = (span.to - span.from).num_minutes();
            assert!((22 * 60..=26 * 60).contains(&minutes), "{day} lasts {minutes} minutes");
            if minutes != 24 * 60 {
                changes += 1;
                for quarter in 0..96 {
                    let local = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(15 * quarter);
                    match resolve(local) {
                        LocalTime::Once(instant) | LocalTime::Twice(instant) => {
                            assert_eq!(local_time(instant), local);
                        }
                        LocalTime::Skipped(instant) => assert!(local_time(instant) > local),
                    }
                }
            }
            day = add_days(day, 1);
        }
        assert!(changes > 200, "only {changes} changes");
    }

    proptest! {
        #[test]
        fn the_civil_time_of_an_instant_leads_back_to_it(minutes in -36_816_480_i64..68_374_080) {
            let instant = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::minutes(minutes);
            match resolve(local_time(instant)) {
                LocalTime::Once(back) => prop_assert_eq!(back, instant),
                LocalTime::Twice(first) => prop_assert!(first <= instant && instant - first <= TimeDelta::hours(2)),
                LocalTime::Skipped(_) => prop_assert!(false, "an instant has a civil time"),
            }
        }
    }
}
