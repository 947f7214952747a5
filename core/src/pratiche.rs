//! Procedures at the town hall: their terms and their states.
//!
//! Read [`ProcedureTerm`] and [`PraticaState`] first. A term is an indication and promises nothing: when it is over we
//! say "il termine è passato, chiedi conferma", never that something is approved. Not here: how the state of a
//! pratica reaches the phone.

mod procedure;
mod states;
mod terms;

pub use procedure::{ProcedureRule, Silence, procedure};
pub use states::{CitizenView, PraticaState};
pub use terms::{ProcedureTerm, Residence, Suspension, cie_delivery, residence, term_words};
