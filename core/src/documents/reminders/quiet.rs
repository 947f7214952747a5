//! The hours in which a phone stays silent.

use chrono::{NaiveDateTime, NaiveTime};

use crate::{alerts::QuietHours, calendar::add_days};

/// From when to when nothing rings if a person has not said otherwise. Our policy: 22:00 to 08:00, civil time.
pub fn quiet_hours() -> QuietHours {
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN);
    QuietHours { from: hour(22), to: hour(8) }
}

/// When something is delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivered {
    /// The civil time.
    pub at: NaiveDateTime,
    /// Whether it broke the quiet hours.
    pub bypassed: bool,
}

/// When something that is ready at `now` is delivered, with `quiet` hours.
///
/// `bypass`: it is an alert of immediate danger, the only thing that breaks the quiet.
pub fn deliver(quiet: QuietHours, now: NaiveDateTime, bypass: bool) -> Delivered {
    if !quiet.contains(now.time()) {
        return Delivered { at: now, bypassed: false };
    }
    if bypass {
        return Delivered { at: now, bypassed: true };
    }
    let next_morning = now.time() >= quiet.to;
    Delivered { at: add_days(now.date(), i64::from(next_morning)).and_time(quiet.to), bypassed: false }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn time(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap()
    }

    #[rstest]
    #[case("2026-11-25T22:40", "2026-11-26T08:00")]
    #[case("2026-11-25T22:00", "2026-11-26T08:00")]
    #[case("2026-11-25T02:10", "2026-11-25T08:00")]
    #[case("2026-11-25T08:00", "2026-11-25T08:00")]
    #[case("2026-11-25T21:59", "2026-11-25T21:59")]
    fn a_reminder_waits_for_the_morning(#[case] now: &str, #[case] at: &str) {
        assert_eq!(deliver(quiet_hours(), time(now), false), Delivered { at: time(at), bypassed: false });
    }

    #[test]
    fn immediate_danger_breaks_the_quiet() {
        let now = time("2026-11-25T02:10");
        assert_eq!(deliver(quiet_hours(), now, true), Delivered { at: now, bypassed: true });
    }
}
