//! A fine as the phone keeps it: one value, one row of the store.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{FineAmounts, FineDates, NoticeNumber, PayeeCode};
use crate::{area::IstatCode, rules::RuleSet};

/// A fine that a person follows. No card and no account is ever in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fine {
    /// Name of the row, never shown.
    pub id: String,
    /// What the owner calls it.
    #[serde(default)]
    pub label: Option<String>,
    /// The notice to pay it with.
    #[serde(default)]
    pub notice: Option<NoticeNumber>,
    /// Who is paid.
    #[serde(default)]
    pub payee: Option<PayeeCode>,
    /// The day on which it counts as notified.
    pub notified: NaiveDate,
    /// Its sums, if they were entered.
    #[serde(default)]
    pub amounts: Option<FineAmounts>,
    /// Whether a suspension or confiscation goes with it.
    #[serde(default)]
    pub excludes_discount: bool,
    /// The comune that gave it.
    #[serde(default)]
    pub comune: Option<IstatCode>,
    /// The day on which the owner paid: nothing more is said of it.
    #[serde(default)]
    pub paid_on: Option<NaiveDate>,
    /// When it was entered.
    pub entered_at: DateTime<Utc>,
    /// Quiet until this day.
    #[serde(default)]
    pub snoozed_until: Option<NaiveDate>,
}

/// A sum that is due until a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FineDue {
    /// Whether it is the sum with the discount.
    pub is_discounted: bool,
    /// The last day.
    pub until: NaiveDate,
    /// The whole sum in cents, if the sums were entered.
    pub total_cents: Option<u64>,
    /// Days before the last one on which to remind (our policy).
    pub remind: &'static [i32],
}

impl Fine {
    /// Its days.
    pub fn dates(&self, rules: &RuleSet) -> FineDates {
        FineDates::new(rules, self.notified, self.excludes_discount, self.comune)
    }

    /// The two sums with their last days, the discounted one first; none once it is paid.
    pub fn dues(&self, rules: &RuleSet) -> Vec<FineDue> {
        if self.paid_on.is_some() {
            return Vec::new();
        }
        let dates = self.dates(rules);
        let discounted = dates.discount_until.map(|until| FineDue {
            is_discounted: true,
            until,
            total_cents: self.amounts.and_then(|sums| sums.discounted_total_cents(rules, self.notified)),
            remind: &[2, 1, 0],
        });
        let reduced = dates.reduced_until.map(|until| FineDue {
            is_discounted: false,
            until,
            total_cents: self.amounts.map(FineAmounts::reduced_total_cents),
            remind: &[15, 3, 0],
        });
        [discounted, reduced].into_iter().flatten().collect()
    }
}
