//! Times of CAP: read in the forms that emitters write, written in the only form that CAP 1.2 allows.

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone as _};
use chrono_tz::Europe::Rome;

use crate::calendar::resolve;

/// A time and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TimeRead {
    pub(crate) time: DateTime<FixedOffset>,
    /// No offset was written: the time is taken as civil time of Europe/Rome.
    pub(crate) offset_assumed: bool,
}

/// Longer texts are no times.
const MOST_CHARS: usize = 48;

/// The time of a text, in ISO 8601 with or without seconds, fraction, colon and offset, or in RFC 2822.
pub(crate) fn read_time(text: &str) -> Option<TimeRead> {
    let text = text.trim();
    if text.len() > MOST_CHARS || !text.is_ascii() {
        return None;
    }
    read_iso(text).or_else(|| {
        let time = DateTime::parse_from_rfc2822(text).ok()?;
        Some(TimeRead { time, offset_assumed: false })
    })
}

fn read_iso(text: &str) -> Option<TimeRead> {
    let date = NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()?;
    let rest = text.get(10..)?.strip_prefix(['T', 't', ' '])?.trim_start();
    let offset_at = rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len());
    let (clock, offset) = rest.split_at_checked(offset_at)?;
    let (date, clock) = match clock.trim_end() {
        "24:00:00" | "24:00" => (date.checked_add_days(Days::new(1))?, NaiveTime::MIN),
        clock => (date, read_clock(clock)?),
    };
    let civil = date.and_time(clock);
    let offset_assumed = offset.is_empty();
    let time = if offset_assumed {
        in_rome(civil)
    } else {
        read_offset(offset)?.from_local_datetime(&civil).single()?
    };
    Some(TimeRead { time, offset_assumed })
}

fn read_clock(text: &str) -> Option<NaiveTime> {
    // chrono takes ":60" for a leap second and a lone digit for a number; a time of day here has two digits each.
    let whole = text.split('.').next().unwrap_or(text);
    let two_digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()) && part != "60";
    if !whole.split(':').all(two_digits) {
        return None;
    }
    let format = if whole.len() == 5 { "%H:%M" } else { "%H:%M:%S%.f" };
    NaiveTime::parse_from_str(text, format).ok()
}

/// An offset from UTC: `Z`, `+02:00`, `+0200` or `+02`, of at most 14 hours.
fn read_offset(text: &str) -> Option<FixedOffset> {
    let sign = match text.as_bytes().first()? {
        b'Z' | b'z' => return (text.len() == 1).then(|| FixedOffset::east_opt(0))?,
        b'-' => -1,
        _ => 1,
    };
    let digits: String = text.chars().skip(1).filter(|c| *c != ':').collect();
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = digits.get(2..).filter(|m| !m.is_empty()).map_or(Some(0), |m| m.parse().ok())?;
    let minutes_east = sign * (hours * 60 + minutes);
    if minutes > 59 || minutes_east.abs() > 14 * 60 { None } else { FixedOffset::east_opt(minutes_east * 60) }
}

/// A civil time of Italy with its offset; of two the first, and shifted forward in the gap of spring.
pub(crate) fn in_rome(civil: NaiveDateTime) -> DateTime<FixedOffset> {
    resolve(civil).instant().with_timezone(&Rome).fixed_offset()
}

/// The time as CAP 1.2 wants it: whole seconds, `-00:00` for UTC (§3.3.2).
pub(super) fn written(time: DateTime<FixedOffset>) -> String {
    let seconds_east = time.offset().local_minus_utc();
    if seconds_east == 0 || seconds_east % 60 != 0 {
        time.to_utc().format("%Y-%m-%dT%H:%M:%S-00:00").to_string()
    } else {
        time.format("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("2026-07-30T15:11:00+02:00", "2026-07-30T15:11:00+02:00")]
    #[case(" 2026-07-30T15:11:00Z ", "2026-07-30T15:11:00+00:00")]
    #[case("2012-10-14T22:53:04.360Z", "2012-10-14T22:53:04.360+00:00")]
    #[case("2026-07-30 15:11:00 +0200", "2026-07-30T15:11:00+02:00")]
    #[case("2026-07-30T15:11+02", "2026-07-30T15:11:00+02:00")]
    #[case("2026-07-30T24:00:00+02:00", "2026-07-31T00:00:00+02:00")]
    #[case("Wed, 11 Jun 2003 22:39:00 -0700", "2003-06-11T22:39:00-07:00")]
    #[case("2026-07-30T15:11:00", "2026-07-30T15:11:00+02:00")]
    #[case("2026-01-30T15:11:00", "2026-01-30T15:11:00+01:00")]
    #[case("2026-10-25T02:30:00", "2026-10-25T02:30:00+02:00")]
    #[case("2027-03-28T02:30:00", "2027-03-28T03:30:00+02:00")]
    fn a_time_is_read_in_every_usual_form(#[case] text: &str, #[case] time: &str) {
        assert_eq!(read_time(text).map(|read| read.time.to_rfc3339()), Some(time.to_owned()));
    }

    #[rstest]
    #[case("")]
    #[case("2026-02-30T15:11:00+02:00")]
    #[case("2026-07-30")]
    #[case("2026-07-30T25:00:00+02:00")]
    #[case("2026-07-30T15:11:60+02:00")]
    #[case("2026-07-30T15:11:00+15:00")]
    #[case("2026-07-30T15:11:00+02:00:00")]
    #[case("oggi alle 15")]
    fn what_is_no_time_is_not_read_as_one(#[case] text: &str) {
        assert_eq!(read_time(text), None);
    }

    #[test]
    fn a_time_without_offset_is_civil_time_in_italy_and_said_to_be_assumed() {
        assert!(read_time("2026-07-30T15:11:00").unwrap().offset_assumed);
        assert!(!read_time("2026-07-30T15:11:00Z").unwrap().offset_assumed);
    }

    #[test]
    fn utc_is_written_as_the_standard_wants() {
        assert_eq!(written(read_time("2026-07-30T15:11:00Z").unwrap().time), "2026-07-30T15:11:00-00:00");
        assert_eq!(
            written(read_time("2026-07-30T15:11:00+02:00").unwrap().time),
            "2026-07-30T15:11:00+02:00"
        );
    }
}
