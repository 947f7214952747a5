//! Area `fine`: days and sums.

use campanile_core::{
    payments::{FineAmounts, FineDates, discounted_cents},
    rules::{RuleSet, TermOf},
};
use chrono::NaiveDate;

use super::{
    Answer, NoAnswer,
    input::{Input, comune, date, day, flag, number, text},
};

pub(super) fn answer(input: &Input) -> Answer {
    let rules = RuleSet::built_in();
    let mut answer = Input::new();
    let notified = date(input, "notified")?;
    let excludes =
        ["licence_suspension", "confiscation", "accessory_sanction"].iter().any(|key| flag(input, key));
    if let Some(notified) = notified {
        let dates = FineDates::new(rules, notified, excludes, comune(input)?);
        answer.insert("discount_until".to_owned(), day(dates.discount_until));
        answer.insert("reduced_until".to_owned(), day(dates.reduced_until));
        let appeal = match text(input, "event") {
            Some("appeal_gdp" | "appeal_judge") => dates.appeal_judge,
            Some("appeal_prefetto" | "appeal_prefect") => dates.appeal_prefect,
            Some(other) => return Err(NoAnswer::Refused(format!("event: '{other}' is not known"))),
            None => None,
        };
        answer.insert("nominal".to_owned(), day(appeal.map(|term| term.nominal)));
        answer.insert("due".to_owned(), day(appeal.map(|term| term.due)));
    }
    if let Some(found) = date(input, "found")? {
        let end = rules.term_end(TermOf::FineNotification, found, None);
        answer.insert("notify_by".to_owned(), day(end.map(|term| term.due)));
    }
    if let Some(amounts) = amounts(input) {
        let on = notified.or_else(|| NaiveDate::from_ymd_opt(2026, 11, 25)).unwrap_or_default();
        let percent =
            rules.term(TermOf::FineDiscount, on).and_then(|term| term.percent_off).filter(|_| !excludes);
        let total = percent.and_then(|_| amounts.discounted_total_cents(rules, on));
        answer.insert(
            "discounted_cents".to_owned(),
            percent.map(|p| discounted_cents(amounts.reduced_cents, p)).into(),
        );
        answer.insert("discounted_total_cents".to_owned(), total.into());
        answer.insert("reduced_total_cents".to_owned(), amounts.reduced_total_cents().into());
    }
    Ok(answer)
}

fn amounts(input: &Input) -> Option<FineAmounts> {
    let cents = |key| number(input, key).and_then(|cents| u64::try_from(cents).ok());
    Some(FineAmounts {
        reduced_cents: cents("amount_cents")?,
        notification_cents: cents("notification_cents").unwrap_or_default(),
    })
}
