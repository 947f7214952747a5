//! Where a rule comes from and when it holds.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};

use super::RulesError;

/// How sure we are of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Read in a public source.
    Verified,
    /// Known, but not read in a source.
    Believed,
    /// No law decides it: our own choice.
    Policy,
}

impl Certainty {
    /// The word of the rule files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Believed => "believed",
            Self::Policy => "policy",
        }
    }
}

/// Name, days and source of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Name of the row, unique over the whole set.
    pub id: String,
    /// First civil day on which the rule holds; since ever if none.
    #[serde(default)]
    pub valid_from: Option<NaiveDate>,
    /// Last civil day on which the rule holds; open if none.
    #[serde(default)]
    pub valid_to: Option<NaiveDate>,
    /// The law, circular or page, in words.
    pub source: String,
    /// Its address; may be missing for a policy alone.
    #[serde(default)]
    pub source_url: Option<String>,
    /// Day on which we last looked.
    pub checked_on: NaiveDate,
    /// How sure we are.
    pub certainty: Certainty,
    /// What is still to be settled.
    #[serde(default)]
    pub to_confirm: Option<String>,
}

impl Source {
    /// Whether the rule holds on `day`.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    pub(super) fn checked(&self) -> Result<(), RulesError> {
        let has_address = self.source_url.as_deref().is_some_and(|url| url.starts_with("https://"));
        if self.source.trim().is_empty() || !(has_address || self.certainty == Certainty::Policy) {
            return Err(RulesError::WithoutSource { id: self.id.clone() });
        }
        match (self.valid_from, self.valid_to) {
            (Some(from), Some(to)) if to < from => {
                Err(RulesError::Backwards { id: self.id.clone(), from, to })
            }
            _ => Ok(()),
        }
    }
}

/// A rule with its source: in TOML, one table that holds the fields of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated<T> {
    /// Name, days, source.
    pub source: Source,
    /// What the rule says.
    pub rule: T,
}

impl<T> Dated<T> {
    /// What the rule says, if it holds on `day`.
    pub fn on(&self, day: NaiveDate) -> Option<&T> {
        self.source.holds_on(day).then_some(&self.rule)
    }
}

const SOURCE_FIELDS: [&str; 8] =
    ["id", "valid_from", "valid_to", "source", "source_url", "checked_on", "certainty", "to_confirm"];

impl<'de, T: DeserializeOwned> Deserialize<'de> for Dated<T> {
    /// Parts the table in two, so that both halves refuse fields that they do not know (serde's `flatten` cannot).
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut rule = toml::Table::deserialize(deserializer)?;
        let mut source = toml::Table::new();
        for field in SOURCE_FIELDS {
            if let Some(value) = rule.remove(field) {
                source.insert(field.to_owned(), value);
            }
        }
        let id = source.get("id").and_then(toml::Value::as_str).unwrap_or("without id").to_owned();
        let named = |error: toml::de::Error| serde::de::Error::custom(format!("rule '{id}': {error}"));
        Ok(Self { source: source.try_into().map_err(named)?, rule: rule.try_into().map_err(named)? })
    }
}
