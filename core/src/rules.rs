//! Rules of law and practice as dated rows: what holds, from when to when, and who says so.
//!
//! Read [`RuleSet`] and [`Dated`] first. The rows lie in `assets/rules`; a newer set, published and signed by the town,
//! is read by the same [`RuleSet::read`]. Not here: the engines, which lie with their subject
//! ([`crate::calendar`], [`crate::documents`], [`crate::payments`], [`crate::pratiche`], [`crate::elections`]).

mod source;
mod term;

use std::sync::OnceLock;

use chrono::NaiveDate;
use serde::Deserialize;

pub use source::{Certainty, Dated, Source};
pub use term::{TermOf, TermRule};

use crate::{
    calendar::{HolidayRule, PatronRule},
    documents::{CutOffRule, ExpiryRule, GuideRule, KindRule},
    elections::VoteRule,
    payments::SegregationRule,
    pratiche::ProcedureRule,
};

/// Why a rule set cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RulesError {
    /// Not TOML, or a row without its source, or with a field that its table does not have.
    #[error("{file}: {problem}")]
    Unreadable {
        /// The file, as it was called.
        file: String,
        /// What is wrong, with line and column where TOML knows them.
        problem: String,
    },
    /// Two rows of one name.
    #[error("two rules are called '{id}'; a name is used once and never again")]
    Twice {
        /// The name.
        id: String,
    },
    /// A row that names no source.
    #[error("rule '{id}' has no source: give source and source_url, or certainty = \"policy\"")]
    WithoutSource {
        /// The name of the row.
        id: String,
    },
    /// A row that ends before it begins.
    #[error("rule '{id}' ends on {to}, before it begins on {from}")]
    Backwards {
        /// The name of the row.
        id: String,
        /// Its first day.
        from: NaiveDate,
        /// Its last day.
        to: NaiveDate,
    },
    /// No file says which version the set is.
    #[error("the rule set has no version: [set] version = \"YYYY-MM-DD\"")]
    NoVersion,
}

/// The tables of one file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Tables {
    set: Option<SetRow>,
    holidays: Vec<Dated<HolidayRule>>,
    patrons: Vec<Dated<PatronRule>>,
    kinds: Vec<Dated<KindRule>>,
    expiry: Vec<Dated<ExpiryRule>>,
    cut_off: Vec<Dated<CutOffRule>>,
    guides: Vec<Dated<GuideRule>>,
    terms: Vec<Dated<TermRule>>,
    segregation: Vec<Dated<SegregationRule>>,
    procedures: Vec<Dated<ProcedureRule>>,
    votes: Vec<Dated<VoteRule>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SetRow {
    version: NaiveDate,
}

/// All rules in force, as one value that the engines are given.
#[derive(Debug, Clone)]
pub struct RuleSet {
    version: NaiveDate,
    /// Holidays of the law.
    pub holidays: Vec<Dated<HolidayRule>>,
    /// Patron days of the comuni.
    pub patrons: Vec<Dated<PatronRule>>,
    /// Kinds of documents.
    pub kinds: Vec<Dated<KindRule>>,
    /// When documents run out; the first row that fits is taken.
    pub expiry: Vec<Dated<ExpiryRule>>,
    /// Days after which a kind is worth nothing, whatever is printed.
    pub cut_off: Vec<Dated<CutOffRule>>,
    /// How to renew.
    pub guides: Vec<Dated<GuideRule>>,
    /// Terms of fines and procedures.
    pub terms: Vec<Dated<TermRule>>,
    /// Segregation codes of notice numbers.
    pub segregation: Vec<Dated<SegregationRule>>,
    /// Kinds of procedures at the town hall.
    pub procedures: Vec<Dated<ProcedureRule>>,
    /// Votes with their days and hours.
    pub votes: Vec<Dated<VoteRule>>,
}

const BUILT_IN: [(&str, &str); 8] = [
    ("holidays.toml", include_str!("../../assets/rules/holidays.toml")),
    ("kinds.toml", include_str!("../../assets/rules/kinds.toml")),
    ("expiry.toml", include_str!("../../assets/rules/expiry.toml")),
    ("guides.toml", include_str!("../../assets/rules/guides.toml")),
    ("terms.toml", include_str!("../../assets/rules/terms.toml")),
    ("pagopa.toml", include_str!("../../assets/rules/pagopa.toml")),
    ("procedures.toml", include_str!("../../assets/rules/procedures.toml")),
    ("votes.toml", include_str!("../../assets/rules/votes.toml")),
];

impl RuleSet {
    /// The rules that this build carries.
    #[expect(clippy::missing_panics_doc, reason = "a build whose files cannot be read fails its tests")]
    pub fn built_in() -> &'static Self {
        static SET: OnceLock<RuleSet> = OnceLock::new();
        SET.get_or_init(|| Self::read(&BUILT_IN).expect("assets/rules is read whole by a test"))
    }

    /// Reads a set from its files, as pairs of name and TOML text.
    ///
    /// A published set may be one file that holds all tables.
    /// Errors: a file that is not TOML or has a row of the wrong shape, a row without source, a name used twice,
    /// no version.
    pub fn read(files: &[(&str, &str)]) -> Result<Self, RulesError> {
        let mut all = Tables::default();
        for (file, text) in files {
            let tables: Tables = toml::from_str(text).map_err(|error| RulesError::Unreadable {
                file: (*file).to_owned(),
                problem: error.to_string(),
            })?;
            all.set = tables.set.or(all.set);
            all.holidays.extend(tables.holidays);
            all.patrons.extend(tables.patrons);
            all.kinds.extend(tables.kinds);
            all.expiry.extend(tables.expiry);
            all.cut_off.extend(tables.cut_off);
            all.guides.extend(tables.guides);
            all.terms.extend(tables.terms);
            all.segregation.extend(tables.segregation);
            all.procedures.extend(tables.procedures);
            all.votes.extend(tables.votes);
        }
        let set = Self {
            version: all.set.ok_or(RulesError::NoVersion)?.version,
            holidays: all.holidays,
            patrons: all.patrons,
            kinds: all.kinds,
            expiry: all.expiry,
            cut_off: all.cut_off,
            guides: all.guides,
            terms: all.terms,
            segregation: all.segregation,
            procedures: all.procedures,
            votes: all.votes,
        };
        set.checked()
    }

    /// The day of the set; a newer one replaces an older one.
    pub fn version(&self) -> NaiveDate {
        self.version
    }

    /// The sources of all rows with the table each stands in, in the order of the files.
    pub fn sources(&self) -> Vec<(&'static str, &Source)> {
        fn of<'a, T>(
            table: &'static str,
            rows: &'a [Dated<T>],
        ) -> impl Iterator<Item = (&'static str, &'a Source)> {
            rows.iter().map(move |row| (table, &row.source))
        }
        of("holidays", &self.holidays)
            .chain(of("patrons", &self.patrons))
            .chain(of("kinds", &self.kinds))
            .chain(of("expiry", &self.expiry))
            .chain(of("cut_off", &self.cut_off))
            .chain(of("guides", &self.guides))
            .chain(of("terms", &self.terms))
            .chain(of("segregation", &self.segregation))
            .chain(of("procedures", &self.procedures))
            .chain(of("votes", &self.votes))
            .collect()
    }

    fn checked(self) -> Result<Self, RulesError> {
        let mut names = std::collections::HashSet::new();
        for (_, source) in self.sources() {
            source.checked()?;
            if !names.insert(source.id.as_str()) {
                return Err(RulesError::Twice { id: source.id.clone() });
            }
        }
        drop(names);
        Ok(self)
    }
}

#[cfg(test)]
mod tests;
