//! Civil dates plus days, months and years.

use chrono::{Datelike as _, Days, Months, NaiveDate};

/// `day` plus `days`, which may be negative; the last day that can be written if the sum cannot.
pub fn add_days(day: NaiveDate, days: i64) -> NaiveDate {
    let distance = Days::new(days.unsigned_abs());
    if days < 0 {
        day.checked_sub_days(distance).unwrap_or(NaiveDate::MIN)
    } else {
        day.checked_add_days(distance).unwrap_or(NaiveDate::MAX)
    }
}

/// The same day of the month `months` later (earlier if negative), clamped to the end of the month.
pub fn add_months(day: NaiveDate, months: i32) -> NaiveDate {
    let distance = Months::new(months.unsigned_abs());
    if months < 0 {
        day.checked_sub_months(distance).unwrap_or(NaiveDate::MIN)
    } else {
        day.checked_add_months(distance).unwrap_or(NaiveDate::MAX)
    }
}

/// The same day `years` later; 29 February becomes 28 February in a common year.
pub fn add_years(day: NaiveDate, years: i32) -> NaiveDate {
    add_months(day, years.saturating_mul(12))
}

/// The last day of the month in which `day` lies.
pub fn month_end(day: NaiveDate) -> NaiveDate {
    let first = day.with_day(1).unwrap_or(day);
    add_days(add_months(first, 1), -1)
}

/// Completed years on `day` of a person born on `birth`; 0 before the birth.
///
/// Who was born on 29 February has the birthday on 28 February in a common year (our policy; 1 March is the other
/// reading).
pub fn age(birth: NaiveDate, day: NaiveDate) -> u32 {
    let years = day.year() - birth.year();
    let completed = if add_years(birth, years) <= day { years } else { years - 1 };
    u32::try_from(completed).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[rstest]
    #[case("2028-02-29", 1, "2029-02-28")]
    #[case("2028-02-29", 4, "2032-02-29")]
    #[case("2027-02-28", 1, "2028-02-28")]
    fn a_leap_day_becomes_28_february_in_a_common_year(
        #[case] from: &str,
        #[case] years: i32,
        #[case] to: &str,
    ) {
        assert_eq!(add_years(day(from), years), day(to));
    }

    #[rstest]
    #[case("2027-06-30", -4, "2027-02-28")]
    #[case("2028-06-30", -4, "2028-02-29")]
    #[case("2027-10-31", 1, "2027-11-30")]
    fn months_are_clamped_to_their_end(#[case] from: &str, #[case] months: i32, #[case] to: &str) {
        assert_eq!(add_months(day(from), months), day(to));
    }

    #[rstest]
    #[case("1992-02-29", "2026-02-27", 33)]
    #[case("1992-02-29", "2026-02-28", 34)]
    #[case("1992-02-29", "2028-02-28", 35)]
    #[case("1992-02-29", "2028-02-29", 36)]
    #[case("2008-11-26", "2026-11-25", 17)]
    #[case("2008-11-26", "2000-01-01", 0)]
    fn age_counts_completed_years(#[case] birth: &str, #[case] on: &str, #[case] years: u32) {
        assert_eq!(age(day(birth), day(on)), years);
    }

    #[test]
    fn sums_beyond_the_calendar_stop_at_its_ends() {
        assert_eq!(add_days(NaiveDate::MAX, 1), NaiveDate::MAX);
        assert_eq!(add_years(NaiveDate::MIN, -1), NaiveDate::MIN);
        assert_eq!(add_years(day("2026-11-25"), i32::MAX), NaiveDate::MAX);
    }

    proptest! {
        #[test]
        fn the_end_of_a_month_is_the_day_before_the_first(days in 0_i64..73_414) {
            let on = add_days(day("1900-01-01"), days);
            let end = month_end(on);
            prop_assert!(end >= on);
            prop_assert_eq!(end.month(), on.month());
            prop_assert_eq!(add_days(end, 1).day(), 1);
        }
    }
}
