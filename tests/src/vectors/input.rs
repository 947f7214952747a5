//! Reading the fields of a vector's input.

use campanile_core::{
    area::IstatCode,
    assets,
    calendar::{DaySpan, resolve_in},
};
use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat, Utc};
use serde_json::{Map, Value};

use super::NoAnswer;

pub(super) type Input = Map<String, Value>;

/// The text of `key`; none if it is missing or null.
pub(super) fn text<'a>(input: &'a Input, key: &str) -> Option<&'a str> {
    input.get(key).and_then(Value::as_str)
}

/// Whether `key` is `true`.
pub(super) fn flag(input: &Input, key: &str) -> bool {
    input.get(key).and_then(Value::as_bool).unwrap_or(false)
}

/// The whole number of `key`.
pub(super) fn number(input: &Input, key: &str) -> Option<i64> {
    input.get(key).and_then(Value::as_i64)
}

/// The civil date of `key`; the date alone if a time is given too.
pub(super) fn date(input: &Input, key: &str) -> Result<Option<NaiveDate>, NoAnswer> {
    text(input, key)
        .map(|found| {
            let day = found.split('T').next().unwrap_or(found);
            day.parse()
                .map_err(|_unreadable| NoAnswer::Refused(format!("{key}: '{found}' is no date YYYY-MM-DD")))
        })
        .transpose()
}

/// The first known date of `keys`; an error that names the first key if there is none.
pub(super) fn needed_date(input: &Input, keys: &[&str]) -> Result<NaiveDate, NoAnswer> {
    for key in keys {
        if let Some(found) = date(input, key)? {
            return Ok(found);
        }
    }
    Err(NoAnswer::Refused(format!("no {} is given", keys.first().unwrap_or(&"date"))))
}

/// The civil time of `key`, `YYYY-MM-DDTHH:MM` with or without seconds.
pub(super) fn local(input: &Input, key: &str) -> Result<Option<NaiveDateTime>, NoAnswer> {
    text(input, key)
        .map(|found| {
            NaiveDateTime::parse_from_str(found, "%Y-%m-%dT%H:%M:%S")
                .or_else(|_| NaiveDateTime::parse_from_str(found, "%Y-%m-%dT%H:%M"))
                .map_err(|_unreadable| {
                    NoAnswer::Refused(format!("{key}: '{found}' is no local time YYYY-MM-DDTHH:MM"))
                })
        })
        .transpose()
}

/// The comune of `comune`, by ISTAT code or by name; none if the key is missing.
pub(super) fn comune(input: &Input) -> Result<Option<IstatCode>, NoAnswer> {
    let Some(found) = text(input, "comune") else { return Ok(None) };
    if let Ok(code) = found.parse() {
        return Ok(Some(code));
    }
    let name = found.replace('_', " ");
    let comuni = assets::comuni();
    let named = |name: &str| comuni.named(name).first().map(|comune| comune.code);
    named(&name)
        .or_else(|| named(&name.replace('-', " ")))
        .or_else(|| {
            named(&name.to_lowercase().replace('-', " ").replace("reggio emilia", "reggio nell'emilia"))
        })
        .map(Some)
        .ok_or_else(|| NoAnswer::Refused(format!("comune: '{found}' is neither a code nor a name")))
}

/// An instant as `YYYY-MM-DDTHH:MM:SSZ`.
pub(super) fn utc(instant: DateTime<Utc>) -> Value {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true).into()
}

/// A civil date, or null.
pub(super) fn day(date: Option<NaiveDate>) -> Value {
    date.map_or(Value::Null, |date| date.to_string().into())
}

/// A civil time to the minute.
pub(super) fn minute(local: NaiveDateTime) -> Value {
    local.format("%Y-%m-%dT%H:%M").to_string().into()
}

/// The answers for `local` and `tz`: `utc`, `resolve`, `nonexistent`, `ambiguous`.
pub(super) fn resolved(input: &Input, local: NaiveDateTime) -> Result<Input, NoAnswer> {
    use campanile_core::calendar::LocalTime;

    let zone = text(input, "tz").unwrap_or("Europe/Rome");
    let zone = zone.parse().map_err(|_unreadable| NoAnswer::Refused(format!("tz: '{zone}' is no zone")))?;
    let time = resolve_in(zone, local);
    Ok(Input::from_iter([
        ("utc".to_owned(), utc(time.instant())),
        ("resolve".to_owned(), utc(time.instant())),
        ("nonexistent".to_owned(), matches!(time, LocalTime::Skipped(_)).into()),
        ("ambiguous".to_owned(), matches!(time, LocalTime::Twice(_)).into()),
    ]))
}

/// The answers for a whole day.
pub(super) fn spanned(span: DaySpan) -> Input {
    Input::from_iter([
        ("from".to_owned(), utc(span.from)),
        ("to".to_owned(), utc(span.to)),
        ("hours".to_owned(), span.hours().into()),
    ])
}
