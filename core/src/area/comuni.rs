//! The comuni of Italy by code and by name.

use std::collections::HashMap;

use super::{IstatCode, names::folded};

/// A municipality. Source: ISTAT, list of comuni and resident population; dates in `assets/comuni/SOURCE.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comune {
    /// Code; the only thing that tells homonymous comuni apart.
    pub code: IstatCode,
    /// Italian name.
    pub name: String,
    /// Name in the other official language (German, Slovene, French, Ladin), where there is one.
    pub other_name: Option<String>,
    /// Sigla of the province, two letters, such as MO.
    pub province: String,
    /// Residents; `None` where the source has no figure.
    pub population: Option<u32>,
}

/// A province, metropolitan city or like unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Province {
    /// Sigla, two letters.
    pub sigla: String,
    /// Name, such as Modena.
    pub name: String,
    /// Region, such as Emilia-Romagna.
    pub region: String,
}

/// All comuni, found by code, by name, or by what a person has typed so far.
#[derive(Debug, Clone, Default)]
pub struct Comuni {
    all: Vec<Comune>,
    /// Folded names, beside `all`.
    names: Vec<[String; 2]>,
    provinces: HashMap<String, Province>,
    superseded: HashMap<IstatCode, IstatCode>,
}

impl Comuni {
    /// The table of these comuni; `superseded` leads from the code of a merged comune to today's.
    pub fn new(
        mut all: Vec<Comune>,
        provinces: Vec<Province>,
        superseded: HashMap<IstatCode, IstatCode>,
    ) -> Self {
        all.sort_by_key(|comune| comune.code);
        let fold = |comune: &Comune| {
            [folded(&comune.name), comune.other_name.as_deref().map(folded).unwrap_or_default()]
        };
        let names = all.iter().map(fold).collect();
        let provinces = provinces.into_iter().map(|province| (province.sigla.clone(), province)).collect();
        Self { all, names, provinces, superseded }
    }

    /// Number of comuni.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// All comuni, sorted by code.
    pub fn iter(&self) -> std::slice::Iter<'_, Comune> {
        self.all.iter()
    }

    /// The code that stands today for `code`: the merged comune's for a superseded code, else `code` itself.
    pub fn current(&self, code: IstatCode) -> IstatCode {
        self.superseded.get(&code).copied().unwrap_or(code)
    }

    /// The comune of this code, or the one into which it was merged.
    pub fn get(&self, code: IstatCode) -> Option<&Comune> {
        let code = self.current(code);
        self.all.binary_search_by_key(&code, |comune| comune.code).ok().and_then(|i| self.all.get(i))
    }

    /// The province of a sigla.
    pub fn province(&self, sigla: &str) -> Option<&Province> {
        self.provinces.get(sigla)
    }

    /// The comuni of this name, in either language: several where names are homonymous (Castro), sorted by code.
    ///
    /// Case and accents do not count. `Italian/other` (Bolzano/Bozen) is read as either.
    pub fn named(&self, name: &str) -> Vec<&Comune> {
        let name = folded(name);
        let wanted: Vec<&str> =
            std::iter::once(name.as_str()).chain(name.split('/')).filter(|n| !n.is_empty()).collect();
        self.all
            .iter()
            .zip(&self.names)
            .filter(|(_, names)| names.iter().any(|known| wanted.contains(&known.as_str())))
            .map(|(comune, _)| comune)
            .collect()
    }

    /// At most `limit` comuni whose name, or a word of it, begins with what was `typed`.
    ///
    /// First those whose whole name begins so, then the others; within each the most populous first.
    /// Empty for an empty text.
    pub fn beginning_with(&self, typed: &str, limit: usize) -> Vec<&Comune> {
        let typed = folded(typed);
        if typed.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(bool, std::cmp::Reverse<Option<u32>>, &Comune)> = self
            .all
            .iter()
            .zip(&self.names)
            .filter_map(|(comune, names)| {
                let whole = names.iter().any(|name| name.starts_with(&typed));
                let word = || names.iter().any(|name| has_word_beginning(name, &typed));
                (whole || word()).then_some((!whole, std::cmp::Reverse(comune.population), comune))
            })
            .collect();
        found.sort_by_key(|(later, population, comune)| (*later, *population, comune.code));
        found.into_iter().take(limit).map(|(_, _, comune)| comune).collect()
    }
}

fn has_word_beginning(name: &str, typed: &str) -> bool {
    name.match_indices([' ', '\'', '-', '/'])
        .any(|(at, _)| name.get(at + 1..).is_some_and(|word| word.starts_with(typed)))
}

impl<'a> IntoIterator for &'a Comuni {
    type Item = &'a Comune;
    type IntoIter = std::slice::Iter<'a, Comune>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use crate::assets::comuni;

    fn names(typed: &str) -> Vec<String> {
        comuni().beginning_with(typed, 3).iter().map(|c| format!("{} ({})", c.name, c.province)).collect()
    }

    #[test]
    fn homonyms_are_told_apart_by_code() {
        let castro: Vec<String> = comuni().named("castro").iter().map(|c| c.code.to_string()).collect();
        assert_eq!(castro, ["016065", "075096"]);
        assert!(comuni().named("Atlantide").is_empty());
    }

    #[test]
    fn a_bilingual_comune_is_found_in_either_language() {
        for name in ["Bolzano", "bozen", "Bolzano/Bozen"] {
            let found = comuni().named(name);
            assert_eq!(found.iter().map(|c| c.code.to_string()).collect::<Vec<_>>(), ["021008"], "{name}");
        }
    }

    #[test]
    fn typing_finds_the_largest_first_then_inner_words() {
        assert_eq!(names("mode"), ["Modena (MO)", "Fiorano Modenese (MO)", "Castelvetro di Modena (MO)"]);
        assert_eq!(names("forli"), ["Forlì (FC)", "Forlimpopoli (FC)", "Forlì del Sannio (IS)"]);
        assert_eq!(
            names("emilia"),
            ["Reggio nell'Emilia (RE)", "Castelfranco Emilia (MO)", "Finale Emilia (MO)"]
        );
        assert_eq!(names(" "), Vec::<String>::new());
    }

    #[test]
    fn the_code_of_a_merged_comune_leads_to_the_new_one() {
        let comune = comuni().get("028022".parse().unwrap()).unwrap();
        assert_eq!(
            (comune.code.to_string().as_str(), comune.name.as_str()),
            ("028108", "Santa Caterina d'Este")
        );
        assert!(comuni().get("999999".parse().unwrap()).is_none());
    }
}
