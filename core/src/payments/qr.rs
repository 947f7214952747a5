//! The QR code of a pagoPA notice.

use std::{fmt, str::FromStr};

use super::{NoticeNumber, NoticeNumberError, PayeeCode, PayeeCodeError};

/// Why a text is no notice QR.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QrError {
    /// Not five fields that begin with PAGOPA.
    #[error("this QR code is no payment notice: expected PAGOPA|002|notice|payee|cents")]
    Form,
    /// Another version.
    #[error("this QR code is of a version that is not known: expected 002")]
    Version,
    /// The sample of the documentation.
    #[error("this QR code is the sample of the documentation, not a payment")]
    Sample,
    /// The notice number.
    #[error(transparent)]
    Notice(#[from] NoticeNumberError),
    /// The payee is no eleven digits.
    #[error("the payee of this QR code is no codice fiscale of eleven digits")]
    PayeeForm,
    /// The payee's last digit does not fit.
    #[error("the last digit of the payee's codice fiscale does not fit the others")]
    PayeeCheck,
    /// The amount is not two to ten digits of cents.
    #[error("the amount of this QR code is no sum in cents of two to ten digits")]
    Amount,
}

impl QrError {
    /// The stable name of the cause.
    pub fn code(self) -> &'static str {
        match self {
            Self::Form => "format",
            Self::Version => "version",
            Self::Sample => "sample",
            Self::Notice(error) => error.code(),
            Self::PayeeForm => "payee_cf",
            Self::PayeeCheck => "payee_cf_check",
            Self::Amount => "amount",
        }
    }
}

/// What the QR code of a notice says.
///
/// Source: pagoPA, avviso di pagamento 3.x: `PAGOPA|002|<18 digits>|<payee, 11>|<cents, 2 to 10 digits>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeQr {
    /// The notice.
    pub notice: NoticeNumber,
    /// Who is paid.
    pub payee: PayeeCode,
    /// How much, in cents; never zero.
    pub amount_cents: u64,
}

impl FromStr for NoticeQr {
    type Err = QrError;

    fn from_str(text: &str) -> Result<Self, QrError> {
        let fields: Vec<&str> = text.trim().split('|').collect();
        let ["PAGOPA", version, notice, payee, amount] = fields[..] else { return Err(QrError::Form) };
        if version != "002" {
            return Err(QrError::Version);
        }
        let zeros = |field: &str| !field.is_empty() && field.bytes().all(|b| b == b'0');
        if zeros(notice) && zeros(payee) {
            return Err(QrError::Sample);
        }
        let notice = notice.parse::<NoticeNumber>()?;
        let payee = payee.parse().map_err(|error| match error {
            PayeeCodeError::Form => QrError::PayeeForm,
            PayeeCodeError::Check => QrError::PayeeCheck,
        })?;
        let digits = (2..=10).contains(&amount.len()) && amount.bytes().all(|b| b.is_ascii_digit());
        let cents = digits.then(|| amount.parse().ok()).flatten().filter(|cents: &u64| *cents > 0);
        Ok(Self { notice, payee, amount_cents: cents.ok_or(QrError::Amount)? })
    }
}

impl fmt::Display for NoticeQr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PAGOPA|002|{}|{}|{:02}", self.notice, self.payee, self.amount_cents)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("PAGOPA|001|301123456789012316|00221940364|2940", QrError::Version)]
    #[case("PAGOPA|002|000000000000000000|00000000000|9999", QrError::Sample)]
    #[case("PAGOPA|002|301123456789012316|00221940365|2940", QrError::PayeeCheck)]
    #[case("PAGOPA|002|301123456789012316|0022194036|2940", QrError::PayeeForm)]
    #[case("PAGOPA|002|301123456789012316|00221940364|29,40", QrError::Amount)]
    #[case("PAGOPA|002|301123456789012316|00221940364|5", QrError::Amount)]
    #[case("PAGOPA|002|301123456789012316|00221940364|00", QrError::Amount)]
    #[case("PAGOPA|002|301123456789012316|00221940364|12345678901", QrError::Amount)]
    #[case("PAGOPA|002|301123456789012317|00221940364|2940", QrError::Notice(NoticeNumberError::CheckDigit))]
    #[case("https://example.org/", QrError::Form)]
    fn each_mistake_has_its_name(#[case] text: &str, #[case] error: QrError) {
        assert_eq!(text.parse::<NoticeQr>(), Err(error));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".{0,80}") {
            let _ = text.parse::<NoticeQr>();
        }

        #[test]
        fn a_code_is_written_as_it_is_read(cents in 1_u64..10_000_000_000) {
            let text = format!("PAGOPA|002|301123456789012316|00221940364|{cents:02}");
            prop_assert_eq!(text.parse::<NoticeQr>().unwrap().to_string(), text);
        }
    }
}
