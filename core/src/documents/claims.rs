//! What a login with SPID or CIE tells, if the person wants it used.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::DocumentNumber;

/// How sure a login is of the person, low to high.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AssuranceLevel {
    /// A password.
    L1,
    /// Two factors; what the personal area needs.
    L2,
    /// Two factors, one of them a certificate or card.
    L3,
}

impl AssuranceLevel {
    /// The level of an `acr` value; none for any other address than those of SPID and CIE.
    ///
    /// Source: SPID/CIE OpenID Connect technical rules, `https://www.spid.gov.it/SpidL1|2|3`.
    pub fn of_acr(acr: &str) -> Option<Self> {
        match acr.strip_prefix("https://www.spid.gov.it/SpidL")? {
            "1" => Some(Self::L1),
            "2" => Some(Self::L2),
            "3" => Some(Self::L3),
            _ => None,
        }
    }

    /// Whether a login at `acr` is enough where `self` is needed: a higher level always is, an unknown one never.
    pub fn is_met_by(self, acr: &str) -> bool {
        Self::of_acr(acr).is_some_and(|level| level >= self)
    }
}

/// The claim `document_details`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct DocumentClaim {
    /// Kind of document, in the words of the provider.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its number.
    pub document_number: String,
    /// Day of issue.
    #[serde(default)]
    pub date_of_issuance: Option<NaiveDate>,
    /// Day of expiry.
    #[serde(default)]
    pub date_of_expiry: Option<NaiveDate>,
}

/// What is kept of the claim: kind, expiry and the last three characters of the number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimedDocument {
    /// Our kind, `altro` if the provider's word is not known.
    pub kind: String,
    /// Day of expiry: as good as printed.
    pub expires: Option<NaiveDate>,
    /// The last three characters of the number.
    pub number: DocumentNumber,
}

impl DocumentClaim {
    /// What is kept, once the person has consented.
    pub fn kept(&self) -> ClaimedDocument {
        let word = self.kind.to_lowercase();
        let kind = if word.contains("identit") || word.contains("identity") {
            "cie"
        } else if word.contains("passap") || word.contains("passport") {
            "passaporto"
        } else if word.contains("patente") || word.contains("driv") {
            "patente_b"
        } else {
            "altro"
        };
        let characters: Vec<char> = self.document_number.chars().collect();
        let last = characters.iter().skip(characters.len().saturating_sub(3)).collect::<String>();
        ClaimedDocument {
            kind: kind.to_owned(),
            expires: self.date_of_expiry,
            number: DocumentNumber::new(&last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_higher_level_is_always_enough_and_an_unknown_one_never() {
        assert!(!AssuranceLevel::L2.is_met_by("https://www.spid.gov.it/SpidL1"));
        assert!(AssuranceLevel::L2.is_met_by("https://www.spid.gov.it/SpidL2"));
        assert!(AssuranceLevel::L2.is_met_by("https://www.spid.gov.it/SpidL3"));
        assert!(!AssuranceLevel::L1.is_met_by("https://example.org/SpidL3"));
        assert!(!AssuranceLevel::L1.is_met_by("https://www.spid.gov.it/SpidL33"));
    }

    #[test]
    fn of_a_claimed_document_only_the_end_of_the_number_is_kept() {
        let claim: DocumentClaim = serde_json::from_str(
            r#"{"type": "cartaIdentita", "document_number": "CA12345AB", "date_of_expiry": "2035-06-20"}"#,
        )
        .unwrap();
        let kept = claim.kept();
        assert_eq!((kept.kind.as_str(), kept.number.revealed()), ("cie", "5AB"));
        assert_eq!(kept.expires, "2035-06-20".parse().ok());
    }
}
