//! The 18 digits of a pagoPA notice.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::rules::RuleSet;

/// Why a text is no notice number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoticeNumberError {
    /// Something else than digits and spaces.
    #[error("a notice number has only digits: look at place {place} again")]
    Character {
        /// Counted from 1, spaces included.
        place: usize,
    },
    /// Not 18 digits.
    #[error("a notice number has 18 digits, this one has {digits}: look at the numbers again")]
    Length {
        /// How many there are.
        digits: usize,
    },
    /// A first digit that nobody uses.
    #[error("no notice number begins with {digit}: look at the numbers again")]
    Aux {
        /// The first digit.
        digit: u8,
    },
    /// The last two digits do not fit the others.
    #[error("the last two digits do not fit the others: look at the numbers again")]
    CheckDigit,
}

impl NoticeNumberError {
    /// The stable name of the cause.
    pub fn code(self) -> &'static str {
        match self {
            Self::Character { .. } => "digits",
            Self::Length { .. } => "length",
            Self::Aux { .. } => "aux",
            Self::CheckDigit => "check_digit",
        }
    }
}

/// The first digit, which says how the others are parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aux {
    /// `0`: application code and IUV. Not for new notices.
    ApplicationCode,
    /// `1`: 17 digits without check (RAV of the collection agency). Not for new notices.
    Free,
    /// `2`: 15 digits and check. Not for new notices.
    Single,
    /// `3`: segregation code, 13 digits, check.
    Segregated,
}

/// A notice number whose digits fit together.
///
/// Source: pagoPA, SACI 3.2 and SANP 2.5.1: 18 digits, check = the first 16 as a number, modulo 93.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NoticeNumber(String);

impl NoticeNumber {
    /// The 18 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first digit.
    pub fn aux(&self) -> Aux {
        match self.0.as_bytes() {
            [b'0', ..] => Aux::ApplicationCode,
            [b'1', ..] => Aux::Free,
            [b'2', ..] => Aux::Single,
            _ => Aux::Segregated,
        }
    }

    /// The first digit as a number.
    pub fn aux_digit(&self) -> u8 {
        self.0.as_bytes().first().map_or(0, |digit| digit - b'0')
    }

    /// Whether the number is of a form that new notices must not have any more.
    pub fn is_legacy(&self) -> bool {
        self.aux() != Aux::Segregated
    }

    /// The two digits after the first: segregation code, or application code of an old notice.
    pub fn segregation(&self) -> Option<&str> {
        matches!(self.aux(), Aux::Segregated | Aux::ApplicationCode).then(|| self.0.get(1..3)).flatten()
    }

    /// The IUV: what follows the first digit, and the application code of an old notice.
    pub fn iuv(&self) -> &str {
        let from = if self.aux() == Aux::ApplicationCode { 3 } else { 1 };
        self.0.get(from..).unwrap_or_default()
    }

    /// The national service that the segregation code stands for, if it is one.
    pub fn service<'a>(&self, rules: &'a RuleSet) -> Option<&'a str> {
        let code = self.segregation().filter(|_| self.aux() == Aux::Segregated)?;
        let services = rules.segregation.iter().flat_map(|row| &row.rule.services);
        services.into_iter().find(|service| service.code == code).map(|service| service.name.as_str())
    }

    /// Whether somebody has been given the segregation code; a number of an old form has none to ask about.
    pub fn is_code_assigned(&self, rules: &RuleSet) -> bool {
        let code = self.segregation().filter(|_| self.aux() == Aux::Segregated);
        let Some(number) = code.and_then(|code| code.parse::<u8>().ok()) else { return true };
        let ranges = rules.segregation.iter().filter_map(|row| row.rule.assigned);
        self.service(rules).is_some() || { ranges }.any(|range| (range.first..=range.last).contains(&number))
    }

    /// In groups of four, as printed.
    pub fn grouped(&self) -> String {
        let groups: Vec<&str> =
            (0..18).step_by(4).filter_map(|at| self.0.get(at..(at + 4).min(18))).collect();
        groups.join(" ")
    }
}

impl FromStr for NoticeNumber {
    type Err = NoticeNumberError;

    /// Reads 18 digits, with or without spaces.
    fn from_str(text: &str) -> Result<Self, NoticeNumberError> {
        let mut digits = String::with_capacity(18);
        for (at, found) in text.chars().enumerate() {
            match found {
                '0'..='9' => digits.push(found),
                c if c.is_whitespace() => {}
                _ => return Err(NoticeNumberError::Character { place: at + 1 }),
            }
        }
        if digits.len() != 18 {
            return Err(NoticeNumberError::Length { digits: digits.len() });
        }
        let value = |part: Option<&str>| part.and_then(|part| part.parse::<u64>().ok());
        let checked = value(digits.get(..16)).map(|number| number % 93) == value(digits.get(16..));
        match digits.as_bytes() {
            [b'1', ..] => Ok(Self(digits)),
            [b'0' | b'2' | b'3', ..] if checked => Ok(Self(digits)),
            [b'0' | b'2' | b'3', ..] => Err(NoticeNumberError::CheckDigit),
            [digit, ..] => Err(NoticeNumberError::Aux { digit: digit - b'0' }),
            [] => Err(NoticeNumberError::Length { digits: 0 }),
        }
    }
}

impl TryFrom<String> for NoticeNumber {
    type Error = NoticeNumberError;

    fn try_from(text: String) -> Result<Self, NoticeNumberError> {
        text.parse()
    }
}

impl From<NoticeNumber> for String {
    fn from(number: NoticeNumber) -> Self {
        number.0
    }
}

impl fmt::Display for NoticeNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for NoticeNumber {
    /// Without the digits: they lead to a person's debt.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NoticeNumber(aux {})", self.aux_digit())
    }
}

/// Segregation codes: those that towns give out themselves, and those of national services.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegregationRule {
    /// Codes assigned to towns.
    #[serde(default)]
    pub assigned: Option<CodeRange>,
    /// National services.
    #[serde(default)]
    pub services: Vec<Service>,
}

/// Codes from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeRange {
    /// The first.
    pub first: u8,
    /// The last.
    pub last: u8,
}

/// A national service.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Two digits.
    pub code: String,
    /// Its name.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<NoticeNumber, NoticeNumberError> {
        text.parse()
    }

    #[test]
    fn a_printed_number_is_read_with_its_spaces_and_written_back() {
        let number = read("3011 2345 6789 0123 16").unwrap();
        assert_eq!(number.as_str(), "301123456789012316");
        assert_eq!(number.grouped(), "3011 2345 6789 0123 16");
        assert_eq!((number.segregation(), number.iuv()), (Some("01"), "01123456789012316"));
    }

    #[test]
    fn each_mistake_has_its_name() {
        assert_eq!(read("301123456789012317"), Err(NoticeNumberError::CheckDigit));
        assert_eq!(read("30112345678901231"), Err(NoticeNumberError::Length { digits: 17 }));
        assert_eq!(read("3O1123456789012316"), Err(NoticeNumberError::Character { place: 2 }));
        assert_eq!(read("901123456789012316"), Err(NoticeNumberError::Aux { digit: 9 }));
    }

    #[test]
    fn old_forms_are_read_and_marked() {
        assert!(read("001123456789012313").unwrap().is_legacy());
        assert!(read("112345678901234567").unwrap().is_legacy(), "no check digit");
        assert!(!read("300000000000000104").unwrap().is_legacy());
    }

    #[test]
    fn a_service_of_the_state_is_named() {
        let rules = RuleSet::built_in();
        assert_eq!(read("397000000202600166").unwrap().service(rules), Some("SUAP Unioncamere"));
        assert_eq!(read("301123456789012316").unwrap().service(rules), None);
        assert!(read("301123456789012316").unwrap().is_code_assigned(rules));
        let base = 3_600_000_000_000_000_u64;
        assert!(!read(&format!("{base}{:02}", base % 93)).unwrap().is_code_assigned(rules));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".{0,40}") {
            let _ = read(&text);
        }

        #[test]
        fn a_number_is_written_as_it_is_read(base in 0_u64..1_000_000_000_000_000) {
            let first = 3_000_000_000_000_000 + base;
            let text = format!("{first}{:02}", first % 93);
            prop_assert_eq!(read(&text).unwrap().to_string(), text);
        }
    }
}
