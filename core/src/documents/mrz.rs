//! The machine-readable zone of identity cards, passports and visas.
//!
//! Read [`parse`] and [`Mrz`] first. Typed or scanned text is repaired where only a digit or only a letter can stand,
//! and where one swap of O and 0 or I and 1 makes a check digit fit; every repair is said. A check digit that does
//! not fit is said too, and refuses nothing. Source: ICAO 9303, parts 3 to 7.

mod layout;
mod write;

use std::fmt;

use chrono::{Datelike as _, NaiveDate};

use super::Facts;
use layout::{Layout, Span};

pub use layout::{Format, check_digit};

/// Why a text is no machine-readable zone. Never carries the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MrzError {
    /// Not lines of a known length.
    #[error(
        "expected 3 lines of 30 characters, 2 of 36 or 2 of 44; found {lines} lines, the longest of {longest}"
    )]
    Shape {
        /// How many lines there are.
        lines: usize,
        /// Length of the longest.
        longest: usize,
    },
    /// A character that no zone has.
    #[error(
        "line {line}, place {place}: only capital letters, digits and < stand in a machine-readable zone"
    )]
    Character {
        /// From 1.
        line: usize,
        /// From 1.
        place: usize,
    },
}

/// A part of the zone with a check digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Checked {
    /// Number of the document.
    Number,
    /// Birth of the holder.
    Birth,
    /// Expiry.
    Expiry,
    /// Optional data of a passport.
    Optional,
    /// Everything together.
    Composite,
}

/// A character that was read as another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repair {
    /// From 1.
    pub line: usize,
    /// From 1.
    pub place: usize,
    /// What was given.
    pub from: char,
    /// What it was taken for.
    pub to: char,
}

/// Sex as the zone has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MrzSex {
    /// Female.
    F,
    /// Male.
    M,
    /// Not said.
    Unspecified,
}

/// What a machine-readable zone says.
#[derive(Clone, PartialEq, Eq)]
pub struct Mrz {
    /// Which form it has.
    pub format: Format,
    /// One or two letters: `P`, `ID`, `CA`, …
    pub document_code: String,
    /// Three letters of the issuing state, less where the state has less.
    pub issuer: String,
    /// Number of the document, without fillers.
    pub number: String,
    /// Three letters of the nationality.
    pub nationality: String,
    /// Surname; its parts are parted by one space.
    pub surname: String,
    /// Given names, parted by spaces; may be empty or cut.
    pub given_names: String,
    /// Birth as `YYMMDD`; unknown parts are `<`.
    pub birth: String,
    /// Sex.
    pub sex: MrzSex,
    /// Expiry as `YYMMDD`.
    pub expiry: String,
    /// Optional data, one text for each field of the form, without fillers at their end.
    pub optional: Vec<String>,
    /// Check digits that do not fit.
    pub failed: Vec<Checked>,
    /// Characters that were taken for others.
    pub repairs: Vec<Repair>,
    lines: Vec<String>,
}

impl Mrz {
    /// Whether all check digits fit.
    pub fn is_sound(&self) -> bool {
        self.failed.is_empty()
    }

    /// The birth: the latest such day that is not after `today`.
    pub fn birth_date(&self, today: NaiveDate) -> Option<NaiveDate> {
        let century = today.year() - today.year().rem_euclid(100);
        [century, century - 100].iter().find_map(|c| date_in(&self.birth, *c).filter(|day| *day <= today))
    }

    /// The expiry: such a day at most fifty years after `today`.
    pub fn expiry_date(&self, today: NaiveDate) -> Option<NaiveDate> {
        let century = today.year() - today.year().rem_euclid(100);
        [century + 100, century, century - 100]
            .iter()
            .find_map(|c| date_in(&self.expiry, *c).filter(|day| day.year() <= today.year() + 50))
    }

    /// Our kind of document.
    pub fn kind(&self) -> &'static str {
        let mut code = self.document_code.chars();
        match (code.next(), code.next()) {
            (Some('P'), _) => "passaporto",
            (Some('I' | 'A'), Some('R')) => "permesso_soggiorno",
            (Some('I' | 'C' | 'A'), _) if self.issuer == "ITA" => "cie",
            _ => "altro",
        }
    }

    /// The dates for a document: birth, and the expiry as printed. Dates whose check digit fails are left out.
    pub fn facts(&self, today: NaiveDate) -> Facts {
        let sound = |part| !self.failed.contains(&part);
        Facts {
            birth: self.birth_date(today).filter(|_| sound(Checked::Birth)),
            printed: self.expiry_date(today).filter(|_| sound(Checked::Expiry)),
            ..Facts::default()
        }
    }
}

impl fmt::Display for Mrz {
    /// The lines, repaired.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lines.join("\n"))
    }
}

impl fmt::Debug for Mrz {
    /// Without what names a person.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mrz({:?}, failed {:?}, {} repairs)", self.format, self.failed, self.repairs.len())
    }
}

fn date_in(text: &str, century: i32) -> Option<NaiveDate> {
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    let year = century.checked_add(i32::try_from(part(0, 2)?).ok()?)?;
    NaiveDate::from_ymd_opt(year, part(2, 4)?, part(4, 6)?)
}

/// Reads a machine-readable zone: lines in any case, with spaces between characters, or all in one line.
///
/// Errors: lines of no known length; a character that no zone has, with its place.
pub fn parse(text: &str) -> Result<Mrz, MrzError> {
    let mut lines = cleaned(text)?;
    let layout = Layout::of(&lines).ok_or_else(|| shape(&lines))?;
    let mut repairs = layout.repair_classes(&mut lines);
    for part in layout.checked_parts() {
        repairs.extend(layout.repair_by_check(&mut lines, part));
    }
    let failed = layout.checked_parts().into_iter().filter(|part| !layout.fits(&lines, *part)).collect();
    let text_of = |span: Span| layout::cut(&lines, span).trim_end_matches('<').to_owned();
    let (surname, given_names) = names(layout::cut(&lines, layout.names));
    let (number, long) = layout.number_of(&lines);
    let optional = layout.optional.iter().enumerate().map(|(at, span)| {
        let whole = layout::cut(&lines, *span);
        let rest = whole.get(if at == 0 { long } else { 0 }..).unwrap_or_default();
        rest.trim_end_matches('<').to_owned()
    });
    Ok(Mrz {
        format: layout.format,
        document_code: text_of(layout.document_code),
        issuer: text_of(layout.issuer),
        number,
        nationality: text_of(layout.nationality),
        surname,
        given_names,
        birth: layout::cut(&lines, layout.birth).to_owned(),
        sex: match layout::cut(&lines, layout.sex) {
            "F" => MrzSex::F,
            "M" => MrzSex::M,
            _ => MrzSex::Unspecified,
        },
        expiry: layout::cut(&lines, layout.expiry).to_owned(),
        optional: optional.collect(),
        failed,
        repairs,
        lines: lines.clone(),
    })
}

fn cleaned(text: &str) -> Result<Vec<String>, MrzError> {
    let mut lines = Vec::new();
    for (number, line) in text.lines().take(16).enumerate() {
        let mut clean = String::with_capacity(44);
        for (at, found) in line.chars().enumerate() {
            match found.to_ascii_uppercase() {
                c @ ('A'..='Z' | '0'..='9' | '<') => clean.push(c),
                '«' | '≪' => clean.push_str("<<"),
                '‹' => clean.push('<'),
                c if c.is_whitespace() => {}
                _ => return Err(MrzError::Character { line: number + 1, place: at + 1 }),
            }
        }
        if !clean.is_empty() {
            lines.push(clean);
        }
    }
    Ok(match lines.as_slice() {
        [one] => parted(one).unwrap_or(lines),
        _ => lines,
    })
}

/// A zone that came without its line breaks.
fn parted(line: &str) -> Option<Vec<String>> {
    let length = match line.len() {
        90 => 30,
        72 => 36,
        88 => 44,
        _ => return None,
    };
    (0..line.len()).step_by(length).map(|at| line.get(at..at + length).map(str::to_owned)).collect()
}

fn shape(lines: &[String]) -> MrzError {
    MrzError::Shape { lines: lines.len(), longest: lines.iter().map(String::len).max().unwrap_or(0) }
}

fn names(field: &str) -> (String, String) {
    let spaced = |part: &str| part.split('<').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    match field.split_once("<<") {
        Some((surname, given)) => (spaced(surname), spaced(given)),
        None => (spaced(field), String::new()),
    }
}

#[cfg(test)]
mod tests;
