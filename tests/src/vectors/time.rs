//! Area `time`: civil time of a zone, and whole days.

use campanile_core::calendar::day_span;

use super::{
    Answer, NoAnswer,
    input::{Input, date, local, resolved, spanned},
};

pub(super) fn answer(input: &Input) -> Answer {
    if let Some(day) = date(input, "valid_day")? {
        return Ok(spanned(day_span(day)));
    }
    let time = local(input, "local")?
        .ok_or_else(|| NoAnswer::Refused("neither local nor valid_day is given".to_owned()))?;
    resolved(input, time)
}
