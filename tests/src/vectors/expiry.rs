//! Area `expiry`: when a document runs out.

use campanile_core::{
    documents::{Expiry, Facts, Fingerprints, Status, assess},
    rules::RuleSet,
};
use chrono::NaiveDate;
use serde_json::Value;

use super::{
    Answer, NoAnswer,
    input::{Input, date, day, flag, number, text},
};

pub(super) fn answer(input: &Input) -> Answer {
    let kind = text(input, "doc")
        .ok_or_else(|| NoAnswer::Refused("no kind of document (doc) is given".to_owned()))?;
    let assessed = assess(RuleSet::built_in(), kind, &facts(input)?)
        .map_err(|missing| NoAnswer::Refused(missing.to_string()))?;
    let expires = assessed.expiry.date();
    let mut answer = Input::new();
    let mut put = |key: &str, value: Value| answer.insert(key.to_owned(), value);
    for key in ["expires", "effective_expires", "due", "use"] {
        put(key, day(expires));
    }
    if let Expiry::Ambiguous(days) = &assessed.expiry {
        put("ambiguous", days.iter().map(|day| Value::from(day.to_string())).collect());
    }
    if let Expiry::LongValidity { cert_renewal_from } = assessed.expiry {
        put("long_validity", true.into());
        put("cert_renewal_from", day(Some(cert_renewal_from)));
    } else {
        put("long_validity", false.into());
    }
    put("nominal", day(assessed.nominal.or(expires)));
    put("covered_until", assessed.covered_until.map_or(Value::Null, |last| format!("{last}T24:00").into()));
    put("needs_new", assessed.expiry.is_full().into());
    put("accepted", true.into());
    put("warn", (!assessed.warnings.is_empty()).into());
    if let Some(on) = date(input, "on")? {
        let status = match assessed.status_on(on) {
            Status::Valid => "valid",
            Status::Expired => "expired",
        };
        put("status", status.into());
    }
    Ok(answer)
}

/// The facts that an input names.
pub(super) fn facts(input: &Input) -> Result<Facts, NoAnswer> {
    let impossible = text(input, "fingerprints").map(|found| match found {
        "temporarily_impossible" | "missing" => Fingerprints::TemporarilyImpossible,
        _ => Fingerprints::Taken,
    });
    Ok(Facts {
        birth: date(input, "birth")?,
        issued: date(input, "issued")?,
        requested: date(input, "requested")?,
        visit: date(input, "visit")?.or(date(input, "issued")?),
        previous_expiry: date(input, "previous_expiry")?.or(date(input, "old_expiry")?),
        printed: date(input, "printed")?.or(date(input, "expires")?),
        fingerprints: impossible,
        first_registration: date(input, "first_registration")?,
        last_done: date(input, "last_done")?,
        annual: flag(input, "annual"),
        expired_month: month(input)?,
        dsu_date: date(input, "dsu_date")?,
        stamps: number(input, "stamps").and_then(|used| u8::try_from(used).ok()),
        to_birthday: flag(input, "to_birthday"),
    })
}

fn month(input: &Input) -> Result<Option<NaiveDate>, NoAnswer> {
    text(input, "expired_month")
        .map(|found| {
            format!("{found}-01").parse().map_err(|_unreadable| {
                NoAnswer::Refused(format!("expired_month: '{found}' is no month YYYY-MM"))
            })
        })
        .transpose()
}
