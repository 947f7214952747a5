//! Area `renewal_window`: from when a document may be renewed.

use campanile_core::{
    documents::{Earliest, assess, renewal_window},
    rules::RuleSet,
};
use serde_json::Value;

use super::{
    Answer, NoAnswer,
    expiry::facts,
    input::{Input, day, text},
};

pub(super) fn answer(input: &Input) -> Answer {
    let kind = text(input, "doc")
        .ok_or_else(|| NoAnswer::Refused("no kind of document (doc) is given".to_owned()))?;
    let (rules, facts) = (RuleSet::built_in(), facts(input)?);
    let expires = assess(rules, kind, &facts).ok().and_then(|assessed| assessed.expiry.date());
    let window = renewal_window(rules, kind, &facts, expires);
    let earliest = match window.earliest {
        Earliest::Unknown => Value::Null,
        Earliest::AnyTime => "any".into(),
        Earliest::ByItself => "by_itself".into(),
        Earliest::From(from) => day(Some(from)),
    };
    Ok(Input::from_iter([
        ("earliest".to_owned(), earliest),
        ("ask_by".to_owned(), day(window.ask_by)),
        ("last_useful".to_owned(), day(window.last_useful)),
        ("early_swap_from".to_owned(), day(window.early_swap_from)),
    ]))
}
