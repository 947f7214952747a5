//! Area `holiday`: closed days of the law and of a town's offices.

use campanile_core::{calendar::Holidays, rules::RuleSet};

use super::{
    Answer,
    input::{Input, comune, needed_date},
};

pub(super) fn answer(input: &Input) -> Answer {
    let holidays = Holidays::new(RuleSet::built_in());
    let (date, comune) = (needed_date(input, &["date"])?, comune(input)?);
    let holiday = holidays.is_holiday(date, comune);
    Ok(Input::from_iter([
        ("holiday".to_owned(), holiday.into()),
        ("holiday_for_legal_terms".to_owned(), holiday.into()),
        ("office_closed".to_owned(), holidays.is_office_closed(date, comune).into()),
    ]))
}
