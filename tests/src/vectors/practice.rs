//! Area `practice`: terms of procedures and moves between states.

use campanile_core::{
    calendar::Terms,
    pratiche::{PraticaState, ProcedureTerm, Suspension, cie_delivery, procedure, residence, term_words},
    rules::{RuleSet, TermOf},
    words::Language,
};
use serde_json::Value;

use super::{
    Answer, NoAnswer,
    input::{Input, comune, date, day, needed_date, number, text},
};

pub(super) fn answer(input: &Input) -> Answer {
    if let (Some(from), Some(to)) = (text(input, "from"), text(input, "to")) {
        let state = |name: &str| {
            let by_number = name.parse().ok().and_then(PraticaState::of_number);
            let found = by_number.or_else(|| PraticaState::named(&name.to_uppercase()));
            found.ok_or_else(|| NoAnswer::Refused(format!("'{name}' is no state")))
        };
        return Ok(Input::from_iter([("allowed".to_owned(), state(from)?.may_go_to(state(to)?).into())]));
    }
    let rules = RuleSet::built_in();
    let kind = text(input, "kind").ok_or_else(|| NoAnswer::Refused("no kind is given".to_owned()))?;
    let row =
        procedure(rules, kind).ok_or_else(|| NoAnswer::Refused(format!("kind: '{kind}' is not known")))?;
    match row.rule.term {
        Some(TermOf::ResidenceCheck) => of_residence(rules, input),
        Some(TermOf::CieDelivery) => {
            let requested = needed_date(input, &["requested", "received"])?;
            let days = number(input, "working_days").and_then(|days| u32::try_from(days).ok());
            let by = cie_delivery(rules, requested, days, comune(input)?);
            Ok(Input::from_iter([("by".to_owned(), day(by))]))
        }
        Some(term) => of_procedure(rules, input, term),
        None => Ok(Input::from_iter([("due".to_owned(), Value::Null)])),
    }
}

fn of_residence(rules: &RuleSet, input: &Input) -> Answer {
    let mut answer = Input::new();
    if let Some(moved) = date(input, "moved")? {
        let end = rules.term_end(TermOf::ResidenceDeclaration, moved, None);
        answer.insert("declare_by".to_owned(), day(end.map(|term| term.due)));
    }
    if let Some(declared) = date(input, "declared")? {
        let days = residence(rules, declared, comune(input)?);
        answer.insert("effective_from".to_owned(), day(days.map(|days| days.effective_from)));
        answer.insert("register_by".to_owned(), day(days.map(|days| days.register_by)));
        answer.insert("confirmed_on".to_owned(), day(days.map(|days| days.confirmed_on)));
    }
    Ok(answer)
}

fn of_procedure(rules: &RuleSet, input: &Input, term: TermOf) -> Answer {
    let received = needed_date(input, &["received", "requested", "declared", "sent"])?;
    let mut suspensions = Vec::new();
    if let Some(asked) = date(input, "papers_asked")?.or(date(input, "suspended")?) {
        let given = date(input, "papers_given")?.or(date(input, "resumed")?);
        suspensions.push(Suspension::Papers { asked, given });
    }
    if let Some(notice) = date(input, "preavviso")? {
        suspensions.push(Suspension::Refusal { notice, observations: date(input, "observations")? });
    }
    let own = rules.term(term, received).filter(|rule| rule.count == Terms::Plain).map(|rule| rule.days);
    let days = number(input, "days").and_then(|days| u32::try_from(days).ok()).or(own);
    let ends = ProcedureTerm::new(rules, received, days, &suspensions)
        .ok_or_else(|| NoAnswer::Refused("the rules know no term".to_owned()))?;
    Ok(Input::from_iter([
        ("due".to_owned(), day(Some(ends.due))),
        ("resume".to_owned(), day(ends.resume)),
        ("citizen_until".to_owned(), day(ends.citizen_until)),
        ("shown".to_owned(), term_words(ends.due, received, Language::Italian).into()),
    ]))
}
