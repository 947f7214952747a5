//! The codice fiscale of a person.

use std::{fmt, str::FromStr};

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::assets::{Birthplace, birthplace};

/// Letters that stand for the digits 0 to 9 where two persons would have the same code.
const OMOCODIA: &[u8; 10] = b"LMNPQRSTUV";

/// Letters of the months January to December.
const MONTHS: &[u8; 12] = b"ABCDEHLMPRST";

/// Places, counted from 0, that hold a digit or its letter.
const DIGITS: [usize; 7] = [6, 7, 9, 10, 12, 13, 14];

/// Values of 0 to 9 at odd places, counted from 1.
const ODD_DIGITS: [u32; 10] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];

/// Values of A to Z at odd places, counted from 1.
const ODD_LETTERS: [u32; 26] =
    [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/// Why a text is no codice fiscale. Never carries the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodiceFiscaleError {
    /// Not 16 characters.
    #[error("a codice fiscale has 16 characters, this one has {found}")]
    Length {
        /// How many there are.
        found: usize,
    },
    /// A character that cannot stand at its place.
    #[error("place {place} of the codice fiscale must be {expected}")]
    Character {
        /// Counted from 1.
        place: usize,
        /// What may stand there.
        expected: &'static str,
    },
    /// A day that its month does not have.
    #[error("the codice fiscale names a day of birth that there is not")]
    Day,
    /// The last letter does not fit the others.
    #[error("the last letter of the codice fiscale does not fit the others: look at it again")]
    CheckLetter,
}

/// Sex as the codice fiscale has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sex {
    /// Female.
    F,
    /// Male.
    M,
}

/// The codice fiscale of a person, with a check letter that fits.
///
/// Source: D.M. 23 December 1976 and 12 March 1974; omocodia: circ. of the Agenzia delle Entrate.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CodiceFiscale(String);

impl CodiceFiscale {
    /// The 16 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a digit is replaced by a letter, to tell two persons apart.
    pub fn is_omocodia(&self) -> bool {
        DIGITS.iter().any(|place| self.at(*place).is_ascii_alphabetic())
    }

    /// The first 15 characters with their digits restored: equal for all codes of an omocodia.
    pub fn canonical(&self) -> String {
        (0..15)
            .map(|place| {
                char::from(if DIGITS.contains(&place) { b'0' + self.digit(place) } else { self.at(place) })
            })
            .collect()
    }

    /// Sex, from the day of birth.
    pub fn sex(&self) -> Sex {
        if self.day_field() > 40 { Sex::F } else { Sex::M }
    }

    /// The birth: the latest such date that is not after `today`, since the code has two digits of the year alone.
    ///
    /// A person of more than a hundred years is taken for a child; ask.
    pub fn birth(&self, today: NaiveDate) -> Option<NaiveDate> {
        let of_century = i32::from(self.digit(6)) * 10 + i32::from(self.digit(7));
        let month = MONTHS.iter().position(|letter| *letter == self.at(8))?;
        let day = u32::from(self.day_field() % 40);
        let century = today.year() - today.year().rem_euclid(100);
        [century, century - 100, century - 200]
            .iter()
            .filter_map(|century| {
                NaiveDate::from_ymd_opt(century + of_century, u32::try_from(month).ok()? + 1, day)
            })
            .find(|birth| *birth <= today)
    }

    /// The Belfiore code of the place of birth, as in `F257`; a country begins with `Z`.
    pub fn place(&self) -> String {
        self.canonical().chars().skip(11).collect()
    }

    /// The place of birth under the name that it had then; none for a code that nothing ever had, which deserves a
    /// second look at the code.
    pub fn birthplace(&self, today: NaiveDate) -> Option<&'static Birthplace> {
        birthplace(&self.place(), self.birth(today)?)
    }

    /// Whether the person was born abroad.
    pub fn is_born_abroad(&self) -> bool {
        self.at(11) == b'Z'
    }

    fn at(&self, place: usize) -> u8 {
        self.0.as_bytes().get(place).copied().unwrap_or_default()
    }

    fn digit(&self, place: usize) -> u8 {
        digit_of(self.at(place)).unwrap_or_default()
    }

    fn day_field(&self) -> u8 {
        self.digit(9) * 10 + self.digit(10)
    }

    fn checked(self) -> Result<Self, CodiceFiscaleError> {
        for place in 0..16 {
            let found = self.at(place);
            let (fits, expected) = match place {
                8 => (MONTHS.contains(&found), "a letter of a month (A B C D E H L M P R S T)"),
                11 => (matches!(found, b'A'..=b'M' | b'Z'), "the first letter of a place (A to M, or Z)"),
                place if DIGITS.contains(&place) => {
                    (digit_of(found).is_some(), "a digit or one of the letters L to V that stand for it")
                }
                _ => (found.is_ascii_uppercase(), "a letter"),
            };
            if !fits {
                return Err(CodiceFiscaleError::Character { place: place + 1, expected });
            }
        }
        let day = u32::from(self.day_field());
        let of_month = if day > 40 { day - 40 } else { day };
        let month = MONTHS.iter().position(|letter| *letter == self.at(8)).unwrap_or_default();
        let century_leap = self.digit(6) == 0 && self.digit(7) == 0;
        let year =
            if century_leap { 2000 } else { 1900 + i32::from(self.digit(6)) * 10 + i32::from(self.digit(7)) };
        let month = u32::try_from(month).unwrap_or_default() + 1;
        if of_month > 31 || NaiveDate::from_ymd_opt(year, month, of_month).is_none() {
            return Err(CodiceFiscaleError::Day);
        }
        let fits = self.0.get(..15).and_then(check_letter).map(u32::from) == Some(u32::from(self.at(15)));
        if fits { Ok(self) } else { Err(CodiceFiscaleError::CheckLetter) }
    }
}

fn digit_of(character: u8) -> Option<u8> {
    match character {
        b'0'..=b'9' => Some(character - b'0'),
        _ => OMOCODIA.iter().zip(0_u8..).find(|(letter, _)| **letter == character).map(|(_, digit)| digit),
    }
}

/// The check letter of the first 15 characters; none if they are not 15 capitals and digits.
pub fn check_letter(first: &str) -> Option<u8> {
    if first.len() != 15 {
        return None;
    }
    let mut sum = 0;
    for (at, character) in first.bytes().enumerate() {
        let (value, odd) = match character {
            b'0'..=b'9' => (character - b'0', ODD_DIGITS.get(usize::from(character - b'0'))?),
            b'A'..=b'Z' => (character - b'A', ODD_LETTERS.get(usize::from(character - b'A'))?),
            _ => return None,
        };
        sum += if at % 2 == 0 { *odd } else { u32::from(value) };
    }
    u8::try_from(sum % 26).ok().map(|letter| b'A' + letter)
}

impl FromStr for CodiceFiscale {
    type Err = CodiceFiscaleError;

    /// Reads a code in any case, with spaces and hyphens, and with the `TINIT-` of login claims.
    fn from_str(text: &str) -> Result<Self, CodiceFiscaleError> {
        let text = text.trim();
        let text = text.strip_prefix("TINIT-").unwrap_or(text);
        let code: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .take(64)
            .collect();
        match code.chars().count() {
            16 => Self(code).checked(),
            found => Err(CodiceFiscaleError::Length { found }),
        }
    }
}

impl TryFrom<String> for CodiceFiscale {
    type Error = CodiceFiscaleError;

    fn try_from(text: String) -> Result<Self, CodiceFiscaleError> {
        text.parse()
    }
}

impl From<CodiceFiscale> for String {
    fn from(code: CodiceFiscale) -> Self {
        code.0
    }
}

impl fmt::Display for CodiceFiscale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for CodiceFiscale {
    /// Without the code: it names a person.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodiceFiscale(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn read(text: &str) -> Result<CodiceFiscale, CodiceFiscaleError> {
        text.parse()
    }

    fn today() -> NaiveDate {
        "2026-11-25".parse().unwrap()
    }

    #[test]
    fn a_code_tells_birth_sex_and_place() {
        let code = read("TINIT-RSSMRA80A01F257G").unwrap();
        assert_eq!(code.as_str(), "RSSMRA80A01F257G");
        assert_eq!(code.birth(today()), "1980-01-01".parse().ok());
        assert_eq!((code.sex(), code.place().as_str()), (Sex::M, "F257"));
        let woman = read("BNCLRA92B69D548W").unwrap();
        assert_eq!(woman.birth(today()), "1992-02-29".parse().ok());
        assert_eq!(woman.sex(), Sex::F);
    }

    #[rstest]
    #[case("CCCFBA85D03L219P", false)]
    #[case("CCCFBA85D03L21VE", true)]
    #[case("CCCFBA85D0PLNMVA", true)]
    #[case("CCCFBAURDLPLNMVU", true)]
    #[case("rss mra 80a01 f25td", true)]
    fn letters_for_digits_are_read(#[case] text: &str, #[case] omocodia: bool) {
        let code = read(text).unwrap();
        assert_eq!(code.is_omocodia(), omocodia);
        assert!(code.canonical().bytes().skip(12).all(|b| b.is_ascii_digit()));
    }

    #[rstest]
    #[case("RSSMRA80A01F257H", CodiceFiscaleError::CheckLetter)]
    #[case("RSSMRA80A01F257", CodiceFiscaleError::Length { found: 15 })]
    #[case("RSSMRA80A01F257GG", CodiceFiscaleError::Length { found: 17 })]
    #[case("CCCFBA85D00L219P", CodiceFiscaleError::Day)]
    #[case("CCCFBA85D99L219P", CodiceFiscaleError::Day)]
    #[case("CCCFBA85D31L219P", CodiceFiscaleError::Day)]
    #[case("BNCLRA93B69D548W", CodiceFiscaleError::Day)]
    fn each_mistake_has_its_name(#[case] text: &str, #[case] error: CodiceFiscaleError) {
        assert_eq!(read(text), Err(error));
    }

    #[test]
    fn a_wrong_character_is_said_with_its_place() {
        let error = read("RSSMRA80Z01F257G").unwrap_err();
        assert!(matches!(error, CodiceFiscaleError::Character { place: 9, .. }));
    }

    #[test]
    fn two_digits_of_the_year_mean_the_latest_that_is_not_to_come() {
        let of_26 = |day: &str| {
            let first = format!("RSSMRA26{day}F257");
            let letter = check_letter(&first).unwrap();
            read(&format!("{first}{}", char::from(letter))).unwrap().birth(today())
        };
        assert_eq!(of_26("S25"), "2026-11-25".parse().ok());
        assert_eq!(of_26("S26"), "1926-11-26".parse().ok());
    }

    #[rstest]
    #[case("RSSMRA50B17A558W", Some("Porretta Terme"))]
    #[case("THDSDA95P08Z330H", Some("Marocco"))]
    #[case("MRTMRA83T56A269B", Some("Anagni"))]
    #[case("FRTMXM74L15D354A", None)]
    fn the_place_of_birth_is_named_even_if_it_was_suppressed(#[case] text: &str, #[case] name: Option<&str>) {
        // The last one has a code that nothing ever had: the check letter alone does not find that.
        let place = read(text).ok().and_then(|code| code.birthplace(today()));
        assert_eq!(place.map(|place| place.name.as_str()), name);
    }

    #[test]
    fn a_code_is_not_written_into_logs() {
        assert!(!format!("{:?}", read("RSSMRA80A01F257G").unwrap()).contains("RSS"));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".{0,40}") {
            let _ = read(&text);
        }

        #[test]
        fn a_code_is_written_as_it_is_read(
            name in "[A-Z]{6}", year in 0_u32..100, month in 0_usize..12, day in 1_u32..=28, woman in any::<bool>(),
            place in "[A-MZ][0-9]{3}", letters in 0_u8..128,
        ) {
            let day = if woman { day + 40 } else { day };
            let mut first = format!("{name}{year:02}{}{day:02}{place}", char::from(MONTHS[month])).into_bytes();
            for (bit, at) in DIGITS.iter().enumerate() {
                if letters >> bit & 1 == 1 {
                    first[*at] = OMOCODIA[usize::from(first[*at] - b'0')];
                }
            }
            let first = String::from_utf8(first).unwrap();
            let text = format!("{first}{}", char::from(check_letter(&first).unwrap()));
            let code = read(&text).unwrap();
            prop_assert_eq!(code.to_string(), text);
            prop_assert_eq!(code.is_omocodia(), letters != 0);
            prop_assert_eq!(code.place(), place);
        }
    }
}
