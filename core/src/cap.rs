//! The Common Alerting Protocol: what emitters send, read leniently and judged strictly, and what we send.
//!
//! Read [`Alert`] first, then [`parse()`]: it takes CAP 1.0, 1.1 and 1.2, alone or inside Atom, RSS or EDXL-DE,
//! in any element order, and gives each alert as a model, with the list of [`Problem`]s that its XSD finds.
//! [`write()`] gives CAP 1.2 that has none. [`inspect`] is the same as a table for people and scripts.
//! Not here: what an alert means for a place ([`crate::alerts`]), signatures (said present, not verified),
//! the national bulletin as levels of zones ([`crate::bollettino`]).
//!
//! Source: OASIS CAP 1.2 (2010), 1.1 (2005, errata 2007), 1.0 (2004) and their XML schemas.

mod codes;
mod datatype;
pub(crate) mod decode;
pub mod inspect;
mod model;
mod parse;
pub(crate) mod read;
mod schema;
pub(crate) mod time;
mod tree;
mod uri;
mod verdict;
mod write;

pub use codes::{Category, Certainty, MsgType, ResponseType, Scope, Severity, Status, Urgency, Version};
pub use model::{Alert, Area, Info, NamedValue, Reference, Resource};
pub use parse::{Container, Limits, ParseError, Parsed, ParsedAlert, parse};
pub use verdict::Problem;
pub use write::{WriteError, write};

#[cfg(test)]
mod tests;
