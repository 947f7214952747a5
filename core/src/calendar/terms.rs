//! Terms: on which day so many days are over.

use chrono::{Datelike as _, NaiveDate, Weekday};
use serde::Deserialize;

use super::{Holidays, add_days};
use crate::area::IstatCode;

/// What happens to a term whose last day is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Roll {
    /// Nothing: the day stays.
    #[default]
    Stays,
    /// From a Sunday or a holiday it goes to the next day that is neither.
    Holidays,
    /// As above, and from a Saturday too.
    HolidaysAndSaturdays,
}

impl Roll {
    /// The day on which a term ends that by count ends on `nominal`.
    pub fn from_nominal(
        self,
        holidays: &Holidays<'_>,
        nominal: NaiveDate,
        comune: Option<IstatCode>,
    ) -> NaiveDate {
        let closed = |day: NaiveDate| match self {
            Self::Stays => false,
            Self::Holidays => holidays.is_holiday(day, comune),
            Self::HolidaysAndSaturdays => day.weekday() == Weekday::Sat || holidays.is_holiday(day, comune),
        };
        let mut day = nominal;
        while closed(day) && day < NaiveDate::MAX {
            day = add_days(day, 1);
        }
        day
    }
}

/// Which days count for a term. The first day never does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Terms {
    /// All days count; a Sunday or holiday at the end moves it on, a Saturday does not (art. 2963 c.c., 155 c.p.c.).
    Legal,
    /// As legal, but a Saturday at the end moves it too, and the days from 1 to 31 August do not count (law 742/1969).
    Court,
    /// Only days count on which the offices of a comune are open.
    Office,
    /// All days count and nothing moves.
    Plain,
}

/// The end of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The last day by count alone.
    pub nominal: NaiveDate,
    /// The last day in effect.
    pub due: NaiveDate,
}

impl Terms {
    /// When `days` days from `start` are over; `start` itself is not counted.
    ///
    /// `comune` decides the patron day of [`Terms::Office`] and the holidays that the law gives to one town.
    pub fn end(
        self,
        holidays: &Holidays<'_>,
        start: NaiveDate,
        days: u32,
        comune: Option<IstatCode>,
    ) -> Term {
        let nominal = match self {
            Self::Legal | Self::Plain => add_days(start, i64::from(days)),
            Self::Court => counted(start, days, |day| day.month() != 8),
            Self::Office => counted(start, days, |day| !holidays.is_office_closed(day, comune)),
        };
        Term { nominal, due: self.roll().from_nominal(holidays, nominal, comune) }
    }

    /// What happens to a last day that is closed.
    pub fn roll(self) -> Roll {
        match self {
            Self::Legal => Roll::Holidays,
            Self::Court => Roll::HolidaysAndSaturdays,
            Self::Office | Self::Plain => Roll::Stays,
        }
    }
}

fn counted(start: NaiveDate, days: u32, counts: impl Fn(NaiveDate) -> bool) -> NaiveDate {
    let mut day = start;
    let mut left = days;
    while left > 0 && day < NaiveDate::MAX {
        day = add_days(day, 1);
        left -= u32::from(counts(day));
    }
    day
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;
    use crate::rules::RuleSet;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn end(terms: Terms, start: &str, days: u32, comune: Option<&str>) -> (String, String) {
        let comune = comune.map(|code| code.parse().unwrap());
        let term = terms.end(&Holidays::new(RuleSet::built_in()), day(start), days, comune);
        (term.nominal.to_string(), term.due.to_string())
    }

    #[rstest]
    #[case("2026-12-01", 5, "2026-12-06", "2026-12-07")]
    #[case("2026-11-30", 5, "2026-12-05", "2026-12-05")] // a Saturday stays
    #[case("2026-12-20", 5, "2026-12-25", "2026-12-28")]
    fn a_legal_term_moves_on_from_sundays_and_holidays_alone(
        #[case] start: &str,
        #[case] days: u32,
        #[case] nominal: &str,
        #[case] due: &str,
    ) {
        assert_eq!(end(Terms::Legal, start, days, None), (nominal.to_owned(), due.to_owned()));
    }

    #[rstest]
    #[case("2027-07-20", 30, "2027-09-19", "2027-09-20")]
    #[case("2027-08-10", 30, "2027-09-30", "2027-09-30")]
    #[case("2026-11-05", 30, "2026-12-05", "2026-12-07")] // a Saturday moves on
    fn a_court_term_sleeps_in_august_and_moves_on_from_saturdays(
        #[case] start: &str,
        #[case] days: u32,
        #[case] nominal: &str,
        #[case] due: &str,
    ) {
        assert_eq!(end(Terms::Court, start, days, None), (nominal.to_owned(), due.to_owned()));
    }

    #[rstest]
    #[case("2028-01-28", 2, "036023", "2028-02-02")] // San Geminiano is lost
    #[case("2028-01-28", 2, "038008", "2028-02-01")]
    #[case("2026-12-03", 6, "036023", "2026-12-14")]
    fn an_office_term_counts_the_open_days_of_its_town(
        #[case] start: &str,
        #[case] days: u32,
        #[case] comune: &str,
        #[case] due: &str,
    ) {
        assert_eq!(end(Terms::Office, start, days, Some(comune)).1, due);
    }

    proptest! {
        #[test]
        fn a_term_ends_on_a_day_that_its_calendar_allows(from in 0_i64..73_414, days in 0_u32..400) {
            let holidays = Holidays::new(RuleSet::built_in());
            let start = add_days(day("1900-01-01"), from);
            for terms in [Terms::Legal, Terms::Court, Terms::Office, Terms::Plain] {
                let term = terms.end(&holidays, start, days, None);
                prop_assert!(start <= term.nominal && term.nominal <= term.due);
                prop_assert!(add_days(start, i64::from(days)) <= term.nominal);
                if terms == Terms::Legal || terms == Terms::Court {
                    prop_assert!(!holidays.is_holiday(term.due, None));
                }
                if terms == Terms::Office && days > 0 {
                    prop_assert!(!holidays.is_office_closed(term.due, None));
                }
            }
        }
    }
}
