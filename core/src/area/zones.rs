//! Alert zones as one dated list, found by code or by the name a bulletin gives them.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{
    ZoneCode,
    names::{folded, matches_scarred},
};

/// Below this many characters a cut name is not completed: too many zones begin alike.
const LEAST_CUT_NAME_CHARS: usize = 40;

/// An alert zone of the national bulletin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// Code, fixed while names drift.
    pub code: ZoneCode,
    /// Name in right Italian, such as "Pianura modenese". May hold commas.
    pub name: String,
    /// Region, such as "Emilia-Romagna".
    pub region: String,
    /// First day on which the zone is in force.
    pub valid_from: NaiveDate,
    /// Last day on which it is in force; `None` while it is.
    pub valid_to: Option<NaiveDate>,
    /// Other spellings met in published bulletins.
    pub aliases: Vec<String>,
}

/// The alert zones in force on one day. Sorted by code; empty before the first recorded day.
#[derive(Debug, Clone, Default)]
pub struct ZoneList {
    zones: Vec<Zone>,
    by_name: HashMap<String, usize>,
    /// Pieces between commas of the name with most of them.
    most_pieces: usize,
}

/// What [`ZoneList::read_names`] made of a run of names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NamesRead {
    /// Zones in the order of the text, each once.
    pub zones: Vec<ZoneCode>,
    /// Pieces between commas that are no zone of this list, as they were written.
    pub unresolved: Vec<String>,
}

impl ZoneList {
    /// The list of `zones`; a later zone of the same name or alias does not displace an earlier one.
    pub fn new(mut zones: Vec<Zone>) -> Self {
        zones.sort_by(|a, b| a.code.cmp(&b.code));
        let mut by_name = HashMap::new();
        for (i, zone) in zones.iter().enumerate() {
            for name in std::iter::once(&zone.name).chain(&zone.aliases) {
                by_name.entry(folded(name)).or_insert(i);
            }
        }
        let most_pieces = by_name.keys().map(|name| name.split(',').count()).max().unwrap_or(0);
        Self { zones, by_name, most_pieces }
    }

    /// Number of zones.
    pub fn len(&self) -> usize {
        self.zones.len()
    }

    /// Whether no zone is known for the day.
    pub fn is_empty(&self) -> bool {
        self.zones.is_empty()
    }

    /// The zones, sorted by code.
    pub fn iter(&self) -> std::slice::Iter<'_, Zone> {
        self.zones.iter()
    }

    /// The zone of this code, if it is in force.
    pub fn get(&self, code: &ZoneCode) -> Option<&Zone> {
        self.zones.binary_search_by(|zone| zone.code.cmp(code)).ok().and_then(|i| self.zones.get(i))
    }

    /// The zone that a bulletin calls `name`.
    ///
    /// Case, accents, apostrophes and spaces do not count; a character lost in encoding (`Valle d?Aosta`) may be any;
    /// a name cut at the end of a fixed field is completed when only one zone begins so.
    pub fn named(&self, name: &str) -> Option<&Zone> {
        let name = folded(name);
        if let Some(&i) = self.by_name.get(&name) {
            return self.zones.get(i);
        }
        if name.contains('?')
            && let Some(zone) = self.only(|known| matches_scarred(&name, known))
        {
            return Some(zone);
        }
        let chars = name.chars().count();
        let is_scarred = name.contains('?');
        let begins = |known: &str| {
            let is_start = || matches_scarred(&name, &known.chars().take(chars).collect::<String>());
            known.starts_with(&name) || (is_scarred && is_start())
        };
        if chars < LEAST_CUT_NAME_CHARS { None } else { self.only(begins) }
    }

    fn only(&self, fits: impl Fn(&str) -> bool) -> Option<&Zone> {
        let mut found = self.by_name.iter().filter(|(known, _)| fits(known)).map(|(_, &i)| i);
        let first = found.next()?;
        if found.all(|i| i == first) { self.zones.get(first) } else { None }
    }

    /// Reads a comma-separated run of zone names, as the prose of a bulletin gives them after the region.
    ///
    /// Names hold commas themselves, so at each place the longest run of pieces that names a zone is taken.
    pub fn read_names(&self, text: &str) -> NamesRead {
        let pieces: Vec<&str> = text.split(',').collect();
        let mut read = NamesRead::default();
        let mut start = 0;
        while start < pieces.len() {
            let longest = (start + 1..=pieces.len().min(start + self.most_pieces))
                .rev()
                .find_map(|end| Some((self.named(&pieces.get(start..end)?.join(","))?, end)));
            if let Some((zone, end)) = longest {
                if !read.zones.contains(&zone.code) {
                    read.zones.push(zone.code.clone());
                }
                start = end;
            } else {
                read.unresolved
                    .extend(pieces.get(start).map(|piece| piece.trim().to_owned()).filter(|p| !p.is_empty()));
                start += 1;
            }
        }
        read
    }
}

impl<'a> IntoIterator for &'a ZoneList {
    type Item = &'a Zone;
    type IntoIter = std::slice::Iter<'a, Zone>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::assets;

    fn list() -> &'static ZoneList {
        assets::zones_on("2026-07-30".parse().unwrap())
    }

    #[rstest]
    #[case("Pianura modenese", "Emil-F1")]
    #[case("PIANURA MODENESE", "Emil-F1")]
    #[case("Versante Jionico Centro-meridionale", "Cala-7")]
    #[case("Versante Jonico Centro-meridionale", "Cala-7")]
    #[case("Nodo idraulico di Milano", "Lomb-09")]
    #[case("Valle di Cogne, Valsavarenche e Valle di Rh?mes", "VDAo-C")]
    #[case("Valle di Cogne, Valsavarenche e Valle di RhÃªmes", "VDAo-C")]
    #[case("Bassa Valle d?Aosta, dalla Gola di Montjovet a Pont-Saint-Martin, Valle del", "VDAo-B")]
    fn a_name_is_found_however_it_is_spelt(#[case] name: &str, #[case] code: &str) {
        assert_eq!(list().named(name).map(|zone| zone.code.as_str()), Some(code));
    }

    #[test]
    fn a_short_or_ambiguous_beginning_names_no_zone() {
        assert_eq!(list().named("Pianura"), None);
        assert_eq!(list().named("Costa ?"), None);
        assert_eq!(list().named(""), None);
    }

    #[test]
    fn names_with_commas_are_read_whole() {
        let read = list().read_names(
            "Tavoliere - bassi bacini del Candelaro, Cervaro e Carapelle, Gargano e Tremiti, Isola che non c'è, Marc-1",
        );
        let codes: Vec<&str> = read.zones.iter().map(ZoneCode::as_str).collect();
        assert_eq!(codes, ["Pugl-B", "Pugl-A", "Marc-1"]);
        assert_eq!(read.unresolved, ["Isola che non c'è"]);
    }

    #[test]
    fn every_zone_is_found_by_its_own_name_and_in_one_run_of_all_names() {
        let names: Vec<&str> = list().iter().map(|zone| zone.name.as_str()).collect();
        let read = list().read_names(&names.join(", "));
        assert_eq!(read.unresolved, Vec::<String>::new());
        assert_eq!(read.zones.len(), 187);
    }
}
