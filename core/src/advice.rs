//! Self-protection advice per hazard, from `assets/advice`.
//!
//! What an alert itself says always comes first; this fills in where it says nothing.

use std::{collections::BTreeMap, sync::OnceLock};

use serde::Deserialize;

use crate::words::Language;

/// Advice for one hazard in one language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    /// For notifications and cards.
    pub short: String,
    /// For the detail, in the order in which to act.
    pub steps: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Same { same_as: String },
    Own { source_url: String, it: Advice, en: Advice },
}

fn read() -> &'static BTreeMap<String, Entry> {
    static ENTRIES: OnceLock<BTreeMap<String, Entry>> = OnceLock::new();
    ENTRIES.get_or_init(|| {
        toml::from_str(include_str!("../../assets/advice/advice.toml")).expect("a test reads the file whole")
    })
}

fn entry(hazard: &str) -> Option<&'static Entry> {
    match read().get(hazard)? {
        Entry::Same { same_as } => read().get(same_as),
        own @ Entry::Own { .. } => Some(own),
    }
}

/// The advice for `hazard` (the key that an alert carries, or a risk of the national bulletin), if there is any.
pub fn advice(hazard: &str, language: Language) -> Option<&'static Advice> {
    match (entry(hazard)?, language) {
        (Entry::Own { it, .. }, Language::Italian) => Some(it),
        (Entry::Own { en, .. }, Language::English) => Some(en),
        (Entry::Same { .. }, _) => None,
    }
}

/// The page of the authority on which the advice for `hazard` rests.
pub fn source_url(hazard: &str) -> Option<&'static str> {
    match entry(hazard)? {
        Entry::Own { source_url, .. } => Some(source_url),
        Entry::Same { .. } => None,
    }
}

/// The keys of all hazards, sorted.
pub fn hazards() -> Vec<&'static str> {
    read().keys().map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hazard_has_advice_in_both_languages_and_a_source() {
        for hazard in hazards() {
            let it = advice(hazard, Language::Italian).unwrap_or_else(|| panic!("{hazard}"));
            let en = advice(hazard, Language::English).unwrap_or_else(|| panic!("{hazard}"));
            assert_eq!(it.steps.len(), en.steps.len(), "{hazard}");
            assert!(it.short.len() <= 120 && en.short.len() <= 120, "{hazard}");
            assert!(source_url(hazard).is_some_and(|url| url.starts_with("https://")), "{hazard}");
        }
        assert!(hazards().len() >= 10);
    }

    #[test]
    fn the_three_risks_of_the_bulletin_have_advice() {
        for risk in crate::alerts::Risk::ALL {
            assert!(advice(risk.as_str(), Language::Italian).is_some());
        }
        assert_eq!(advice("drago", Language::Italian), None);
    }
}
