//! When the town must have answered.

use chrono::NaiveDate;

use crate::{
    area::IstatCode,
    calendar::{Holidays, Terms, add_days},
    rules::{RuleSet, TermOf},
    words::{Language, Words},
};

/// The days of a change of residence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Residence {
    /// The change holds from the day of the declaration.
    pub effective_from: NaiveDate,
    /// Last day for the town to register it.
    pub register_by: NaiveDate,
    /// Day after which silence confirms it; counted from the declaration, not from the registration.
    pub confirmed_on: NaiveDate,
}

/// The days of a change of residence declared on `declared` in `comune`; none if the rules know no term for it.
pub fn residence(rules: &RuleSet, declared: NaiveDate, comune: Option<IstatCode>) -> Option<Residence> {
    Some(Residence {
        effective_from: declared,
        register_by: rules.term_end(TermOf::ResidenceRegistration, declared, comune)?.due,
        confirmed_on: rules.term_end(TermOf::ResidenceCheck, declared, comune)?.due,
    })
}

/// The day by which a card requested on `requested` should have come.
///
/// `working_days`: what the office says, if it says other than the rules.
pub fn cie_delivery(
    rules: &RuleSet,
    requested: NaiveDate,
    working_days: Option<u32>,
    comune: Option<IstatCode>,
) -> Option<NaiveDate> {
    let term = rules.term(TermOf::CieDelivery, requested)?;
    let days = working_days.unwrap_or(term.days);
    Some(term.count.end(&Holidays::new(rules), requested, days, comune).due)
}

/// Why the term of a procedure stood still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suspension {
    /// A notice of refusal (law 241/1990, art. 10-bis): the citizen may write observations.
    Refusal {
        /// Day on which the notice came.
        notice: NaiveDate,
        /// Day of the observations, if any were written.
        observations: Option<NaiveDate>,
    },
    /// Missing papers (art. 2, par. 7).
    Papers {
        /// Day on which they were asked for.
        asked: NaiveDate,
        /// Day on which they came, if they did.
        given: Option<NaiveDate>,
    },
}

/// The term of a procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProcedureTerm {
    /// Last day for the citizen's observations, after a notice of refusal.
    pub citizen_until: Option<NaiveDate>,
    /// Day on which the term runs on, after the last suspension.
    pub resume: Option<NaiveDate>,
    /// Last day for the office. An indication: it is shown, not moved on from a closed day.
    pub due: NaiveDate,
}

impl ProcedureTerm {
    /// The term of a request received on `received` with so many `days` (the 30 of the law if none), after its
    /// suspensions in order of time. None if the rules know no term.
    ///
    /// Each suspension adds the days from its beginning to the day on which the term runs on.
    pub fn new(
        rules: &RuleSet,
        received: NaiveDate,
        days: Option<u32>,
        suspensions: &[Suspension],
    ) -> Option<Self> {
        let law = rules.term(TermOf::Procedure, received)?;
        let first = Terms::Plain.end(&Holidays::new(rules), received, days.unwrap_or(law.days), None).due;
        let mut term = Self { citizen_until: None, resume: None, due: first };
        for suspension in suspensions {
            let (from, resume) = match *suspension {
                Suspension::Refusal { notice, observations } => {
                    let until = rules.term_end(TermOf::ProcedureObservations, notice, None)?.due;
                    term.citizen_until = Some(until);
                    let written = observations.filter(|day| *day <= until);
                    let resume = match written {
                        Some(day) => rules.term_end(TermOf::ProcedureObservations, day, None)?.due,
                        None => until,
                    };
                    (notice, resume)
                }
                Suspension::Papers { asked, given } => {
                    let longest = rules.term_end(TermOf::ProcedurePapers, asked, None)?.due;
                    (asked, given.map_or(longest, |day| day.clamp(asked, longest)))
                }
            };
            term.resume = Some(resume);
            term.due = add_days(term.due, (resume - from).num_days());
        }
        Some(term)
    }
}

/// The words for a term, which promise nothing.
pub fn term_words(due: NaiveDate, today: NaiveDate, language: Language) -> String {
    let words = Words::of(language);
    if today > due {
        words.say("term-over", &[])
    } else {
        words.say("term-indicative", &[("date", &due.format("%d/%m/%Y").to_string())])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn rules() -> &'static RuleSet {
        RuleSet::built_in()
    }

    #[test]
    fn a_notice_of_refusal_suspends_and_does_not_begin_anew() {
        let refusal = |observations: Option<&str>| Suspension::Refusal {
            notice: day("2026-11-20"),
            observations: observations.map(day),
        };
        let term = |suspension| ProcedureTerm::new(rules(), day("2026-11-02"), None, &[suspension]).unwrap();
        let written = term(refusal(Some("2026-11-27")));
        assert_eq!((written.resume, written.due), (Some(day("2026-12-07")), day("2026-12-19")));
        let silent = term(refusal(None));
        assert_eq!((silent.citizen_until, silent.due), (Some(day("2026-11-30")), day("2026-12-12")));
        assert_eq!(term(refusal(Some("2026-12-05"))), silent, "too late to count");
    }

    #[test]
    fn missing_papers_suspend_for_thirty_days_at_most() {
        let papers = |given: Option<&str>| {
            let suspension = Suspension::Papers { asked: day("2026-11-20"), given: given.map(day) };
            ProcedureTerm::new(rules(), day("2026-11-02"), None, &[suspension]).unwrap().due
        };
        assert_eq!(papers(Some("2026-11-25")), day("2026-12-07"));
        assert_eq!(papers(None), day("2027-01-01"));
        assert_eq!(papers(Some("2027-06-01")), day("2027-01-01"));
    }

    #[test]
    fn a_residence_is_registered_by_office_days_and_confirmed_by_plain_ones() {
        let modena = "036023".parse().ok();
        let days = residence(rules(), day("2028-01-28"), modena).unwrap();
        assert_eq!((days.register_by, days.confirmed_on), (day("2028-02-02"), day("2028-03-13")));
    }

    #[test]
    fn a_term_that_is_over_promises_nothing() {
        assert_eq!(
            term_words(day("2026-12-25"), day("2026-12-25"), Language::Italian),
            "entro il 25/12/2026 (indicativo)"
        );
        assert_eq!(
            term_words(day("2026-12-25"), day("2026-12-26"), Language::Italian),
            "il termine è passato, chiedi conferma"
        );
    }

    proptest! {
        #[test]
        fn a_suspension_never_shortens_a_term(from in 0_i64..60_000, notice in 0_i64..60, written in 0_i64..60) {
            let received = add_days(day("1900-01-01"), 45_000 + from / 2);
            let asked = add_days(received, notice);
            let plain = ProcedureTerm::new(rules(), received, None, &[]).unwrap();
            for suspension in [
                Suspension::Refusal { notice: asked, observations: Some(add_days(asked, written)) },
                Suspension::Papers { asked, given: Some(add_days(asked, written)) },
            ] {
                if let Some(term) = ProcedureTerm::new(rules(), received, None, &[suspension]) {
                    prop_assert!(term.due >= plain.due);
                }
            }
        }
    }
}
