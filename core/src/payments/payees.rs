//! Who is paid: eleven digits, and the list that the town pins against false stickers.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Why a text is no payee code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PayeeCodeError {
    /// Not eleven digits.
    #[error("a payee's codice fiscale has eleven digits")]
    Form,
    /// The last digit does not fit the others.
    #[error("the last digit of the payee's codice fiscale does not fit the others")]
    Check,
}

/// The codice fiscale of an organisation: eleven digits, the last one a check digit.
///
/// Source: D.M. 23 December 1976; as for the partita IVA, each second digit is doubled and nine taken off above nine.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PayeeCode(String);

impl PayeeCode {
    /// The eleven digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PayeeCode {
    type Err = PayeeCodeError;

    fn from_str(text: &str) -> Result<Self, PayeeCodeError> {
        if text.len() != 11 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(PayeeCodeError::Form);
        }
        let sum: u32 = text
            .bytes()
            .enumerate()
            .map(|(at, digit)| {
                let digit = u32::from(digit - b'0');
                let doubled = digit * 2;
                if at % 2 == 0 {
                    digit
                } else if doubled > 9 {
                    doubled - 9
                } else {
                    doubled
                }
            })
            .sum();
        if sum.is_multiple_of(10) { Ok(Self(text.to_owned())) } else { Err(PayeeCodeError::Check) }
    }
}

impl TryFrom<String> for PayeeCode {
    type Error = PayeeCodeError;

    fn try_from(text: String) -> Result<Self, PayeeCodeError> {
        text.parse()
    }
}

impl From<PayeeCode> for String {
    fn from(code: PayeeCode) -> Self {
        code.0
    }
}

impl fmt::Display for PayeeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A payee that the town vouches for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payee {
    /// Its code.
    pub code: PayeeCode,
    /// Its name, as a person knows it.
    pub name: String,
}

/// The payees that a town has pinned.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Payees(pub Vec<Payee>);

/// What the pinned list says of a payee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayeeCheck<'a> {
    /// The town vouches for it.
    Pinned(&'a Payee),
    /// The town does not know it: warn before paying, as false fines carry their own QR code.
    NotPinned,
}

impl Payees {
    /// What the list says of `code`.
    pub fn check(&self, code: &PayeeCode) -> PayeeCheck<'_> {
        self.0.iter().find(|payee| payee.code == *code).map_or(PayeeCheck::NotPinned, PayeeCheck::Pinned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_digit_must_fit() {
        assert!("00221940364".parse::<PayeeCode>().is_ok());
        assert!("00297110389".parse::<PayeeCode>().is_ok());
        assert_eq!("00221940365".parse::<PayeeCode>(), Err(PayeeCodeError::Check));
        assert_eq!("0022194036".parse::<PayeeCode>(), Err(PayeeCodeError::Form));
    }

    #[test]
    fn a_payee_that_the_town_does_not_pin_is_said_so() {
        let modena = Payee { code: "00221940364".parse().unwrap(), name: "Comune di Modena".into() };
        let payees = Payees(vec![modena.clone()]);
        assert_eq!(payees.check(&modena.code), PayeeCheck::Pinned(&modena));
        assert_eq!(payees.check(&"00297110389".parse().unwrap()), PayeeCheck::NotPinned);
    }
}
