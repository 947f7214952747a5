//! Area `reminder`: days of a plan, the instant of a civil time, quiet hours.

use campanile_core::{
    calendar::{Holidays, add_days},
    documents::{
        Facts,
        reminders::{Moment, Plan, Why, deliver, plan, quiet_hours},
    },
    rules::RuleSet,
};
use chrono::{NaiveDate, NaiveTime};
use serde_json::Value;

use super::{
    Answer,
    input::{Input, flag, local, minute, needed_date, number, resolved, text},
};

pub(super) fn answer(input: &Input) -> Answer {
    if let Some(now) = local(input, "now_local")? {
        let delivered = deliver(quiet_hours(), now, is_immediate_danger(input));
        return Ok(Input::from_iter([
            ("deliver_local".to_owned(), minute(delivered.at)),
            ("bypass_quiet".to_owned(), delivered.bypassed.into()),
        ]));
    }
    if let Some(time) = local(input, "local")? {
        return resolved(input, time);
    }
    let (expires, today) = (needed_date(input, &["expires", "printed"])?, needed_date(input, &["today"])?);
    let planned = planned(input, expires, today);
    let days = planned.reminders.iter().filter(|reminder| reminder.why != Why::CatchUp);
    let days: Vec<Value> = days.map(|reminder| reminder.at.date().to_string().into()).collect();
    Ok(Input::from_iter([
        ("days".to_owned(), days.into()),
        ("missed".to_owned(), planned.missed.into()),
        ("catch_up".to_owned(), i64::from(planned.has_catch_up()).into()),
    ]))
}

fn planned(input: &Input, expires: NaiveDate, today: NaiveDate) -> Plan {
    let rules = RuleSet::built_in();
    let given = input.get("offsets").and_then(Value::as_array).map(|offsets| {
        let days = offsets.iter().filter_map(Value::as_i64).filter_map(|days| i32::try_from(days).ok());
        days.map(|days| Moment { day: add_days(expires, -i64::from(days)), why: Why::DaysBefore(days) })
            .collect()
    });
    let moments: Vec<Moment> = given.unwrap_or_else(|| {
        let kind = campanile_core::documents::kind(rules, text(input, "doc").unwrap_or("altro"));
        kind.map_or_else(Vec::new, |kind| {
            campanile_core::documents::reminders::moments(rules, kind, &Facts::default(), expires)
        })
    });
    plan(&Holidays::new(rules), &moments, today.and_time(NaiveTime::MIN), None)
}

/// Only a red alert, or one said to be of immediate danger, breaks the quiet; a test or an exercise never does.
fn is_immediate_danger(input: &Input) -> bool {
    let is_actual = text(input, "status").is_none_or(|status| status.eq_ignore_ascii_case("actual"));
    let red = text(input, "colour")
        .or(text(input, "level"))
        .is_some_and(|colour| matches!(colour.to_lowercase().as_str(), "rosso" | "rossa" | "red"));
    let is_alert = text(input, "kind").is_none_or(|kind| kind == "alert");
    let said = flag(input, "immediate_danger") || number(input, "immediate_danger") == Some(1);
    is_actual && is_alert && (red || said)
}
