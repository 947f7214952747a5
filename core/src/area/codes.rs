//! Codes of comuni and alert zones, and the keys that devices register under.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Why a text is not a code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Not six digits.
    #[error("'{found}' is not an ISTAT comune code: expected six digits, as in 036023")]
    Istat {
        /// The refused text, cut to 40 characters.
        found: String,
    },
    /// Not `Name-X` or `Name-X1`.
    #[error("'{found}' is not an alert-zone code: expected a form like Emil-F1")]
    Zone {
        /// The refused text, cut to 40 characters.
        found: String,
    },
    /// Neither `comune/…` nor `zona/…`.
    #[error("'{found}' is not an area key: expected comune/036023 or zona/Emil-F1")]
    AreaKey {
        /// The refused text, cut to 40 characters.
        found: String,
    },
}

fn cut(text: &str) -> String {
    text.chars().take(40).collect()
}

/// A municipality by its six-digit ISTAT code (`pro_com_t`), such as 036023 for Modena.
///
/// Source: ISTAT, Codici statistici delle unità amministrative territoriali.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IstatCode(u32);

impl IstatCode {
    /// The code as a number, without its leading zeros.
    pub fn number(self) -> u32 {
        self.0
    }

    /// The code of `number`, or an error above 999999.
    pub fn from_number(number: u32) -> Result<Self, CodeError> {
        if number > 0 && number <= 999_999 {
            Ok(Self(number))
        } else {
            Err(CodeError::Istat { found: number.to_string() })
        }
    }
}

impl FromStr for IstatCode {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let refuse = || CodeError::Istat { found: cut(text) };
        if text.len() != 6 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(refuse());
        }
        text.parse().ok().filter(|n| *n > 0).map(Self).ok_or_else(refuse)
    }
}

impl fmt::Display for IstatCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

/// An alert zone of the national bulletin by its code, such as `Emil-F1` (Pianura modenese).
///
/// Source: DPC, table of alert zones (170 zones to May 2026, 187 since 1 June 2026).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ZoneCode(String);

impl ZoneCode {
    /// The code as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ZoneCode {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let well_formed = text.split_once('-').is_some_and(|(region, zone)| {
            (2..=8).contains(&region.len())
                && region.bytes().all(|b| b.is_ascii_alphabetic())
                && (1..=8).contains(&zone.len())
                && zone.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        });
        if well_formed { Ok(Self(text.to_owned())) } else { Err(CodeError::Zone { found: cut(text) }) }
    }
}

impl fmt::Display for ZoneCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a device registers under and an item is addressed to: a comune or an alert zone.
///
/// Written `comune/036023` or `zona/Emil-F1`. Devices register comuni only;
/// the server turns a zone into its comuni by the dated table, so a change of zones needs no new app.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum AreaKey {
    /// A whole municipality.
    Comune(IstatCode),
    /// A whole alert zone.
    Zona(ZoneCode),
}

impl FromStr for AreaKey {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        match text.split_once('/') {
            Some(("comune", code)) => code.parse().map(Self::Comune),
            Some(("zona", code)) => code.parse().map(Self::Zona),
            _ => Err(CodeError::AreaKey { found: cut(text) }),
        }
    }
}

impl fmt::Display for AreaKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Comune(code) => write!(f, "comune/{code}"),
            Self::Zona(code) => write!(f, "zona/{code}"),
        }
    }
}

macro_rules! text_conversions {
    ($($code:ty),*) => {$(
        impl TryFrom<String> for $code {
            type Error = CodeError;

            fn try_from(text: String) -> Result<Self, CodeError> {
                text.parse()
            }
        }

        impl From<$code> for String {
            fn from(code: $code) -> Self {
                code.to_string()
            }
        }
    )*};
}
text_conversions!(IstatCode, ZoneCode, AreaKey);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_written_as_they_are_read() {
        for text in ["036023", "001001"] {
            assert_eq!(text.parse::<IstatCode>().unwrap().to_string(), text);
        }
        for text in ["comune/036023", "zona/Emil-F1"] {
            assert_eq!(text.parse::<AreaKey>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_code_is_refused_by_name() {
        for text in ["", "36023", "0360233", "03602a", "000000", "٠٣٦٠٢٣"] {
            assert!(text.parse::<IstatCode>().is_err(), "{text}");
        }
        for text in ["", "Emil", "Emil-", "-F1", "Emil-F1;DROP", "1234-A"] {
            assert!(text.parse::<ZoneCode>().is_err(), "{text}");
        }
        assert_eq!(
            "quartiere/3".parse::<AreaKey>().unwrap_err().to_string(),
            "'quartiere/3' is not an area key: expected comune/036023 or zona/Emil-F1"
        );
    }
}
