//! The prose of an edition: levels as headings, under each the zones by region.

use std::collections::BTreeMap;

use super::{
    Which, ZoneLevels,
    cover::{DayRead, Unnamed},
    dates::date_in,
    levels::{level_of, risks_of},
};
use crate::{
    alerts::Level,
    area::{ZoneCode, ZoneList, folded},
};

/// One day of prose, before its zones are looked up: the list to look in depends on the day.
#[derive(Debug, Clone)]
pub(super) struct Prose {
    pub(super) which: Which,
    pub(super) day: Option<chrono::NaiveDate>,
    lines: Vec<String>,
}

impl Prose {
    pub(super) fn new(which: Which, html: &str) -> Self {
        let lines = lines(html);
        let day = lines.iter().find_map(|line| date_in(line));
        Self { which, day, lines }
    }

    /// Looks the zones up in `list`; names that are not in it go to `unresolved`.
    pub(super) fn read(self, list: &ZoneList, unresolved: &mut Vec<String>) -> DayRead {
        let mut said: BTreeMap<ZoneCode, ZoneLevels> = BTreeMap::new();
        let mut heading: Option<String> = None;
        let mut is_understood = false;
        for line in &self.lines {
            let mut rest = line.as_str();
            if let Some((text, after)) = split_heading(rest) {
                is_understood |= level_of(text) != Level::Unknown;
                heading = Some(text.to_owned());
                rest = after;
            }
            let Some(heading) = &heading else { continue };
            if rest.trim().is_empty() {
                continue;
            }
            let named = zones_of_line(rest, list);
            for zone in named.zones {
                let levels = said.entry(zone).or_insert(ZoneLevels::all(Level::Verde));
                for risk in risks_of(heading) {
                    levels.raise(risk, level_of(heading));
                }
            }
            unresolved.extend(named.unresolved);
        }
        let unnamed = if is_understood { Unnamed::IsGreen } else { Unnamed::IsUnknown };
        DayRead { which: self.which, day: self.day, said, unnamed }
    }
}

/// The zones that a line of a bulletin names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NamedZones {
    /// Zones in the order of the line, each once.
    pub zones: Vec<ZoneCode>,
    /// Names that are no zone of the list, as they were written.
    pub unresolved: Vec<String>,
}

/// The zones of a line such as `Puglia: Gargano e Tremiti, Salento`, or the same after its heading and a colon.
///
/// Names of zones hold commas: they are matched against `list`, never split.
pub fn zones_of_line(line: &str, list: &ZoneList) -> NamedZones {
    let line = split_heading(line).map_or(line, |(_, rest)| rest);
    let names = line.split_once(':').map_or(line, |(_, names)| names);
    let read = list.read_names(names.trim().trim_end_matches('.'));
    NamedZones { zones: read.zones, unresolved: read.unresolved }
}

/// `ORDINARIA CRITICITA' PER … / ALLERTA GIALLA: rest` as heading and rest.
fn split_heading(line: &str) -> Option<(&str, &str)> {
    let (heading, rest) = line.split_once(':').unwrap_or((line, ""));
    let folded = folded(heading);
    let is_heading = folded.split(|c: char| !c.is_alphabetic()).any(|word| word == "allerta")
        || folded.contains("criticita")
        || folded.contains("criticit?");
    is_heading.then_some((heading, rest))
}

/// The text of a page, a line for each `<br>` and paragraph, without tags and with characters for entities.
fn lines(html: &str) -> Vec<String> {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, from_tag)) = rest.split_once('<') {
        text.push_str(before);
        let Some((tag, after)) = from_tag.split_once('>') else {
            rest = "";
            break;
        };
        let name = tag.trim_start_matches('/').trim_start().to_ascii_lowercase();
        if ["br", "p", "div", "li", "ul", "h"].iter().any(|block| {
            name.strip_prefix(block).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic()))
        }) {
            text.push('\n');
        }
        rest = after;
    }
    text.push_str(rest);
    with_characters(&text)
        .lines()
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

/// Entities that Italian pages use, as characters; others stay as they are.
fn with_characters(text: &str) -> String {
    const NAMED: [(&str, char); 14] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", ' '),
        ("rsquo", '’'),
        ("agrave", 'à'),
        ("egrave", 'è'),
        ("eacute", 'é'),
        ("igrave", 'ì'),
        ("ograve", 'ò'),
        ("ugrave", 'ù'),
        ("ecirc", 'ê'),
    ];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let entity = after.split_once(';').filter(|(name, _)| name.len() <= 8);
        let character = entity.and_then(|(name, _)| {
            let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => digits.parse().ok(),
            });
            let named = || NAMED.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, c)| *c);
            number.and_then(char::from_u32).or_else(named)
        });
        if let (Some(character), Some((_, after_entity))) = (character, entity) {
            out.push(character);
            rest = after_entity;
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}
