//! Fines of the codice della strada: two amounts, two dates, and where to appeal.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    area::IstatCode,
    calendar::Term,
    rules::{RuleSet, TermOf},
};

/// The days of a fine. An indication: what is printed on the fine counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FineDates {
    /// The day from which all terms run.
    pub notified: NaiveDate,
    /// Last day with the discount; none if the law excludes it.
    pub discount_until: Option<NaiveDate>,
    /// Last day for the reduced sum; then half of the maximum is due.
    pub reduced_until: Option<NaiveDate>,
    /// Term for the appeal to the Giudice di pace.
    pub appeal_judge: Option<Term>,
    /// Term for the appeal to the Prefetto. Paying closes both ways.
    pub appeal_prefect: Option<Term>,
}

impl FineDates {
    /// The days of a fine notified on `notified`.
    ///
    /// `excludes_discount`: suspension of the licence or confiscation goes with it. `comune` decides holidays that the
    /// law gives to one town alone; patron days move nothing.
    pub fn new(
        rules: &RuleSet,
        notified: NaiveDate,
        excludes_discount: bool,
        comune: Option<IstatCode>,
    ) -> Self {
        let end = |of| rules.term_end(of, notified, comune);
        Self {
            notified,
            discount_until: end(TermOf::FineDiscount).filter(|_| !excludes_discount).map(|term| term.due),
            reduced_until: end(TermOf::FineReduced).map(|term| term.due),
            appeal_judge: end(TermOf::AppealJudge),
            appeal_prefect: end(TermOf::AppealPrefect),
        }
    }
}

/// The sums of a fine, in cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FineAmounts {
    /// The reduced sum (the minimum of the law).
    pub reduced_cents: u64,
    /// Costs of the notification: never discounted.
    pub notification_cents: u64,
}

impl FineAmounts {
    /// What is due within the discount: the discounted sum and the costs. None if no discount holds on `notified`.
    pub fn discounted_total_cents(self, rules: &RuleSet, notified: NaiveDate) -> Option<u64> {
        let percent = rules.term(TermOf::FineDiscount, notified)?.percent_off?;
        Some(discounted_cents(self.reduced_cents, percent).saturating_add(self.notification_cents))
    }

    /// What is due after the discount: the reduced sum and the costs.
    pub fn reduced_total_cents(self) -> u64 {
        self.reduced_cents.saturating_add(self.notification_cents)
    }
}

/// `cents` less `percent_off` per cent, half a cent rounded up.
pub fn discounted_cents(cents: u64, percent_off: u32) -> u64 {
    let share = u128::from(100_u32.saturating_sub(percent_off));
    let exact_hundredths = u128::from(cents) * share;
    u64::try_from((exact_hundredths + 50) / 100).unwrap_or(cents)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[rstest]
    #[case(4200, 2940)]
    #[case(17300, 12110)]
    #[case(4205, 2944)] // 2943.5 is rounded up
    #[case(0, 0)]
    #[case(1, 1)]
    fn thirty_per_cent_are_taken_off_to_the_cent(#[case] cents: u64, #[case] discounted: u64) {
        assert_eq!(discounted_cents(cents, 30), discounted);
    }

    #[test]
    fn the_costs_of_the_notification_are_not_discounted() {
        let amounts = FineAmounts { reduced_cents: 17300, notification_cents: 1650 };
        let rules = RuleSet::built_in();
        assert_eq!(amounts.discounted_total_cents(rules, day("2026-12-01")), Some(13760));
        assert_eq!(amounts.reduced_total_cents(), 18950);
        assert_eq!(amounts.discounted_total_cents(rules, day("2013-08-20")), None, "before the law of 2013");
    }

    #[test]
    fn paying_and_appealing_run_by_two_calendars() {
        let dates = FineDates::new(RuleSet::built_in(), day("2027-07-20"), false, None);
        assert_eq!(dates.reduced_until, Some(day("2027-09-18")), "a Saturday stays");
        let judge = dates.appeal_judge.unwrap();
        assert_eq!((judge.nominal, judge.due), (day("2027-09-19"), day("2027-09-20")));
    }

    #[test]
    fn a_suspension_of_the_licence_excludes_the_discount() {
        let dates = FineDates::new(RuleSet::built_in(), day("2026-12-01"), true, None);
        assert_eq!(dates.discount_until, None);
        assert_eq!(dates.reduced_until, Some(day("2027-01-30")));
    }
}
