//! Kinds of procedures.

use serde::Deserialize;

use crate::rules::{Dated, RuleSet, TermOf};

/// What the law makes of no answer in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// The request counts as granted.
    Assent,
    /// The request counts as refused.
    Refusal,
    /// Nothing: the office is late.
    Nothing,
}

/// A kind of procedure. Its name in the rows is the `id`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcedureRule {
    /// Italian name.
    pub it: String,
    /// English name.
    pub en: String,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Its term; none if it has none of law (a call has its own dates).
    #[serde(default)]
    pub term: Option<TermOf>,
    /// What no answer means.
    pub silence: Silence,
}

/// The row of a kind of procedure, by its name or one of its other names.
pub fn procedure<'a>(rules: &'a RuleSet, name: &str) -> Option<&'a Dated<ProcedureRule>> {
    rules
        .procedures
        .iter()
        .find(|row| row.source.id == name)
        .or_else(|| rules.procedures.iter().find(|row| row.rule.aliases.iter().any(|alias| alias == name)))
}
