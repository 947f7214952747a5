//! Days on which Italy, or one town, is closed.

use std::{fmt, str::FromStr};

use chrono::{Datelike as _, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::add_days;
use crate::{
    area::IstatCode,
    rules::{Dated, RuleSet},
};

/// Easter Sunday of `year` in the Gregorian calendar; none before 1583.
///
/// Source: the anonymous algorithm of *Nature* (1876), as in Meeus, *Astronomical Algorithms*, chapter 8.
pub fn easter(year: i32) -> Option<NaiveDate> {
    if year < 1583 {
        return None;
    }
    let golden = year % 19;
    let (century, of_century) = (year / 100, year % 100);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - correction + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * late + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(days / 31).ok()?, u32::try_from(days % 31 + 1).ok()?)
}

/// Why a text is no day of the year.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{found}' is no day of the year: expected MM-DD or easter+N")]
pub struct DayOfYearError {
    found: String,
}

/// A day that comes back each year: `MM-DD`, or `easter+N`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum DayOfYear {
    /// Of one date.
    Fixed {
        /// 1 to 12.
        month: u32,
        /// 1 to 31.
        day: u32,
    },
    /// So many days after Easter Sunday.
    Easter {
        /// 0 to 99.
        days: u32,
    },
}

impl DayOfYear {
    /// Whether `date` is this day of its year.
    pub fn is_on(self, date: NaiveDate) -> bool {
        match self {
            Self::Fixed { month, day } => date.month() == month && date.day() == day,
            Self::Easter { days } => {
                easter(date.year()).is_some_and(|sunday| add_days(sunday, i64::from(days)) == date)
            }
        }
    }
}

impl FromStr for DayOfYear {
    type Err = DayOfYearError;

    fn from_str(text: &str) -> Result<Self, DayOfYearError> {
        let refuse = || DayOfYearError { found: text.chars().take(20).collect() };
        if let Some(days) = text.strip_prefix("easter+") {
            return days
                .parse()
                .ok()
                .filter(|n| *n < 100)
                .map(|days| Self::Easter { days })
                .ok_or_else(refuse);
        }
        let (month, day) = text.split_once('-').ok_or_else(refuse)?;
        let (month, day) = (month.parse().ok().ok_or_else(refuse)?, day.parse().ok().ok_or_else(refuse)?);
        // A leap year, so that 29 February passes.
        NaiveDate::from_ymd_opt(2024, month, day).map(|_| Self::Fixed { month, day }).ok_or_else(refuse)
    }
}

impl TryFrom<String> for DayOfYear {
    type Error = DayOfYearError;

    fn try_from(text: String) -> Result<Self, DayOfYearError> {
        text.parse()
    }
}

impl fmt::Display for DayOfYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed { month, day } => write!(f, "{month:02}-{day:02}"),
            Self::Easter { days } => write!(f, "easter+{days}"),
        }
    }
}

impl From<DayOfYear> for String {
    fn from(day: DayOfYear) -> Self {
        day.to_string()
    }
}

/// Holidays that one law gives.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolidayRule {
    /// The only comune in which they hold; all of Italy if none.
    #[serde(default)]
    pub comune: Option<IstatCode>,
    /// The days.
    pub days: Vec<HolidayDay>,
}

/// A holiday with its names.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolidayDay {
    /// When.
    pub on: DayOfYear,
    /// Italian name.
    pub it: String,
    /// English name.
    pub en: String,
}

/// Patron days of one source.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PatronRule {
    /// The days.
    pub days: Vec<PatronDay>,
}

/// The patron day of a comune.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PatronDay {
    /// Where.
    pub comune: IstatCode,
    /// When.
    pub on: DayOfYear,
    /// The saint.
    pub it: String,
}

/// Tells the days that are closed, by the rows of a rule set.
#[derive(Debug, Clone, Copy)]
pub struct Holidays<'a> {
    laws: &'a [Dated<HolidayRule>],
    patrons: &'a [Dated<PatronRule>],
}

impl<'a> Holidays<'a> {
    /// The holidays of `rules`.
    pub fn new(rules: &'a RuleSet) -> Self {
        Self { laws: &rules.holidays, patrons: &rules.patrons }
    }

    /// The holiday of the law on `date`, Sundays aside: a national one, or one that the law gives to `comune` alone.
    pub fn named(&self, date: NaiveDate, comune: Option<IstatCode>) -> Option<&'a HolidayDay> {
        self.laws
            .iter()
            .filter_map(|row| row.on(date))
            .filter(|rule| rule.comune.is_none() || rule.comune == comune)
            .flat_map(|rule| &rule.days)
            .find(|day| day.on.is_on(date))
    }

    /// The patron day of `comune`, if it is on `date`.
    pub fn patron(&self, date: NaiveDate, comune: IstatCode) -> Option<&'a PatronDay> {
        self.patrons
            .iter()
            .filter_map(|row| row.on(date))
            .flat_map(|rule| &rule.days)
            .find(|day| day.comune == comune && day.on.is_on(date))
    }

    /// Whether `date` is a holiday for legal terms: a Sunday or a holiday of the law.
    ///
    /// Patron days are not: they are not in law 260/1949.
    pub fn is_holiday(&self, date: NaiveDate, comune: Option<IstatCode>) -> bool {
        date.weekday() == Weekday::Sun || self.named(date, comune).is_some()
    }

    /// Whether the offices of `comune` are closed on `date`: a holiday, a Saturday, or the patron day.
    ///
    /// Without a comune no patron day counts.
    pub fn is_office_closed(&self, date: NaiveDate, comune: Option<IstatCode>) -> bool {
        date.weekday() == Weekday::Sat
            || self.is_holiday(date, comune)
            || comune.is_some_and(|comune| self.patron(date, comune).is_some())
    }

    /// `date`, or the nearest day before it that is no holiday.
    pub fn open_day_until(&self, date: NaiveDate) -> NaiveDate {
        let mut day = date;
        while self.is_holiday(day, None) && day > NaiveDate::MIN {
            day = add_days(day, -1);
        }
        day
    }

    /// `date`, or the nearest day after it that is no holiday.
    pub fn open_day_from(&self, date: NaiveDate) -> NaiveDate {
        let mut day = date;
        while self.is_holiday(day, None) && day < NaiveDate::MAX {
            day = add_days(day, 1);
        }
        day
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn holidays() -> Holidays<'static> {
        Holidays::new(RuleSet::built_in())
    }

    #[rstest]
    #[case("1954-04-18")]
    #[case("1981-04-19")]
    #[case("2000-04-23")]
    #[case("2024-03-31")]
    #[case("2025-04-20")]
    #[case("2026-04-05")]
    #[case("2027-03-28")]
    #[case("2028-04-16")]
    #[case("2029-04-01")]
    #[case("2030-04-21")]
    #[case("2038-04-25")]
    #[case("2049-04-18")]
    #[case("2076-04-19")]
    fn easter_falls_on_its_known_days(#[case] sunday: &str) {
        assert_eq!(easter(day(sunday).year()), Some(day(sunday)));
    }

    #[rstest]
    #[case("1976-03-19", true)]
    #[case("1978-03-19", true)] // a Sunday
    #[case("1979-03-19", false)]
    #[case("1985-01-06", true)] // a Sunday
    #[case("1984-01-06", false)]
    #[case("1986-01-06", true)]
    #[case("2000-06-02", false)]
    #[case("2001-06-02", true)]
    #[case("2025-10-04", false)]
    #[case("2026-10-04", true)]
    #[case("2027-10-04", true)]
    #[case("2027-11-04", false)]
    #[case("2027-06-29", false)]
    fn holidays_come_and_go_with_their_laws(#[case] date: &str, #[case] holiday: bool) {
        assert_eq!(holidays().is_holiday(day(date), None), holiday);
    }

    #[test]
    fn peter_and_paul_is_a_holiday_of_the_law_in_rome_alone() {
        let rome = "058091".parse().ok();
        let modena = "036023".parse().ok();
        assert!(holidays().is_holiday(day("2027-06-29"), rome));
        assert!(!holidays().is_holiday(day("2027-06-29"), modena));
    }

    #[test]
    fn a_patron_day_closes_the_offices_of_its_town_and_moves_no_term() {
        let modena: IstatCode = "036023".parse().unwrap();
        let ferrara: IstatCode = "038008".parse().unwrap();
        let geminiano = day("2028-01-31");
        assert!(holidays().is_office_closed(geminiano, Some(modena)));
        assert!(!holidays().is_office_closed(geminiano, Some(ferrara)));
        assert!(!holidays().is_holiday(geminiano, Some(modena)));
    }

    #[test]
    fn every_patron_day_names_a_comune_that_there_is() {
        for row in &RuleSet::built_in().patrons {
            for patron in &row.rule.days {
                assert!(crate::assets::comuni().get(patron.comune).is_some(), "{}", patron.it);
            }
        }
    }

    #[rstest]
    #[case("13-01")]
    #[case("02-30")]
    #[case("easter-1")]
    #[case("easter+1000")]
    #[case("pasqua")]
    fn what_is_no_day_of_the_year_is_refused_by_name(#[case] text: &str) {
        let error = text.parse::<DayOfYear>().unwrap_err();
        assert!(error.to_string().contains(text));
    }

    proptest! {
        #[test]
        fn every_day_of_two_centuries_has_an_open_day_near(days in 0_i64..73_414) {
            let date = add_days(day("1900-01-01"), days);
            let (before, after) = (holidays().open_day_until(date), holidays().open_day_from(date));
            prop_assert!(before <= date && date <= after);
            prop_assert!((after - before).num_days() <= 5);
            prop_assert!(!holidays().is_holiday(before, None) && !holidays().is_holiday(after, None));
        }

        #[test]
        fn easter_is_a_sunday_of_march_or_april(year in 1583_i32..4100) {
            let sunday = easter(year).unwrap();
            prop_assert_eq!(sunday.weekday(), Weekday::Sun);
            prop_assert!((3..=4).contains(&sunday.month()));
        }

        #[test]
        fn a_day_of_the_year_is_written_as_it_is_read(month in 1_u32..=12, of_month in 1_u32..=28) {
            let read = DayOfYear::Fixed { month, day: of_month };
            prop_assert_eq!(read.to_string().parse::<DayOfYear>().unwrap(), read);
        }
    }
}
