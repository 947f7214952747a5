//! Whether a text is of a simple type of XML Schema 1.0, Part 2.

use super::{schema::Kind, uri::is_uri_reference};

/// Name of the type in XML Schema, where it is one that is built in and not restricted.
pub(super) fn built_in_name(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Text => Some("string"),
        Kind::Time => Some("dateTime"),
        Kind::Language => Some("language"),
        Kind::Uri => Some("anyURI"),
        Kind::Integer => Some("integer"),
        Kind::Decimal => Some("decimal"),
        Kind::OneOf(_) | Kind::CapTime | Kind::Elements(_) => None,
    }
}

/// What is wrong with `text` for a simple type; `None` if nothing.
///
/// Types other than strings disregard space around (whiteSpace is collapse); a list of words does not.
pub(super) fn fault(kind: Kind, text: &str) -> Option<String> {
    let collapsed = text.trim_matches(SPACE);
    match kind {
        Kind::Text | Kind::Elements(_) => None,
        Kind::OneOf(words) => {
            (!words.contains(&text)).then(|| format!("{} is not one of {}", quoted(text), words.join(", ")))
        }
        Kind::CapTime => (!is_date_time(collapsed, true))
            .then(|| format!("{} is not a time like 2026-07-30T15:11:00+02:00", quoted(text))),
        // By the standard space before counts as little as space after; libxml2, by which verdicts are judged, minds it.
        Kind::Time => (!is_date_time(text.trim_end_matches(SPACE), false))
            .then(|| format!("{} is not an ISO 8601 time (xs:dateTime)", quoted(text))),
        Kind::Language => (!(text.is_empty() || is_language(collapsed)))
            .then(|| format!("{} is not a language code like it-IT", quoted(text))),
        Kind::Uri => (!is_uri_reference(collapsed)).then(|| format!("{} is not a URI", quoted(text))),
        Kind::Integer => (!is_integer(collapsed)).then(|| format!("{} is not a whole number", quoted(text))),
        Kind::Decimal => (!is_decimal(collapsed)).then(|| format!("{} is not a number", quoted(text))),
    }
}

/// White space of XML 1.0.
pub(super) const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

fn quoted(text: &str) -> String {
    let mut cut: String = text.chars().take(40).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    format!("'{cut}'")
}

/// xs:dateTime; `narrow` is the pattern of CAP 1.2: four digits of year, no fraction, a numeric offset.
fn is_date_time(text: &str, narrow: bool) -> bool {
    date_time(text, narrow).is_some()
}

fn date_time(text: &str, narrow: bool) -> Option<()> {
    let mut rest = text;
    if !narrow {
        rest = rest.strip_prefix('-').unwrap_or(rest);
    }
    let year_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let year = rest.get(..year_digits)?;
    if year_digits < 4
        || (year_digits > 4 && (narrow || year.starts_with('0')))
        || year.bytes().all(|b| b == b'0')
    {
        return None;
    }
    // Only whether it is a leap year counts, and for that the last four digits are enough.
    let year: u32 = year.get(year_digits - 4..)?.parse().ok()?;
    rest = rest.get(year_digits..)?;
    let month = two_digits(&mut rest, "-")?;
    let day = two_digits(&mut rest, "-")?;
    let hour = two_digits(&mut rest, "T")?;
    let minute = two_digits(&mut rest, ":")?;
    let second = two_digits(&mut rest, ":")?;
    let mut fraction_is_zero = true;
    if let Some(after) = rest.strip_prefix('.') {
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        fraction_is_zero = after.bytes().take(digits).all(|b| b == b'0');
        rest = after.get(digits..).filter(|_| digits > 0 && !narrow)?;
    }
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let end_of_day = hour == 24 && minute == 0 && second == 0 && fraction_is_zero;
    if !(1..=days).contains(&day) || !((hour < 24 && minute < 60 && second < 60) || end_of_day) {
        return None;
    }
    offset(rest, narrow)
}

fn offset(text: &str, narrow: bool) -> Option<()> {
    if !narrow && (text.is_empty() || text == "Z") {
        return Some(());
    }
    let mut rest = text.strip_prefix(['+', '-'])?;
    let hour = two_digits(&mut rest, "")?;
    let minute = two_digits(&mut rest, ":")?;
    (rest.is_empty() && minute < 60 && hour * 60 + minute <= 14 * 60).then_some(())
}

/// Takes `before` and two digits off the front of `rest`.
fn two_digits(rest: &mut &str, before: &str) -> Option<u32> {
    let digits = rest.strip_prefix(before)?;
    let number = digits.get(..2).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()?;
    *rest = digits.get(2..)?;
    Some(number)
}

/// xs:language.
fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let is_part = |part: &str, first: bool| {
        (1..=8).contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_alphabetic() || (!first && b.is_ascii_digit()))
    };
    parts.next().is_some_and(|part| is_part(part, true)) && parts.all(|part| is_part(part, false))
}

/// More digits than this are read as a number by no validator.
const MOST_DIGITS: usize = 24;

fn is_integer(text: &str) -> bool {
    is_decimal(text) && !text.contains('.')
}

fn is_decimal(text: &str) -> bool {
    let number = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    !(whole.is_empty() && fraction.is_empty())
        && whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit())
        && whole.trim_start_matches('0').len() + fraction.len() <= MOST_DIGITS
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(Kind::CapTime, "2026-07-30T15:11:00+02:00")]
    #[case(Kind::CapTime, " 2026-07-30T15:11:00-00:00\n")]
    #[case(Kind::CapTime, "2028-02-29T24:00:00+14:00")]
    #[case(Kind::Time, "2026-07-30T15:11:00.360Z ")]
    #[case(Kind::Time, "-12026-07-30T15:11:00")]
    #[case(Kind::Language, "")]
    #[case(Kind::Language, " it-IT ")]
    #[case(Kind::Integer, "+007")]
    #[case(Kind::Decimal, "-.5")]
    #[case(Kind::Decimal, "5.")]
    #[case(Kind::OneOf(&["Actual", "Test"]), "Test")]
    fn a_good_value_has_no_fault(#[case] kind: Kind, #[case] text: &str) {
        assert_eq!(fault(kind, text), None);
    }

    #[rstest]
    #[case(Kind::CapTime, "2026-07-30T15:11:00Z")]
    #[case(Kind::CapTime, "2026-07-30T15:11:00.0+02:00")]
    #[case(Kind::CapTime, "2026-07-30T15:11:00,02:00")]
    #[case(Kind::CapTime, "2026-02-29T15:11:00+02:00")]
    #[case(Kind::CapTime, "2026-07-30T15:11:00+14:01")]
    #[case(Kind::CapTime, "")]
    #[case(Kind::Time, "0000-07-30T15:11:00")]
    #[case(Kind::Time, "2026-07-30 15:11:00")]
    #[case(Kind::Time, " 2026-07-30T15:11:00Z")]
    #[case(Kind::Time, "2026-07-30T15:11:60Z")]
    #[case(Kind::Language, " ")]
    #[case(Kind::Language, "italiano-tecnico-burocratese")]
    #[case(Kind::Integer, "")]
    #[case(Kind::Integer, "1.0")]
    #[case(Kind::Decimal, ".")]
    #[case(Kind::Decimal, "1e3")]
    #[case(Kind::OneOf(&["Actual", "Test"]), " Test")]
    fn a_wrong_value_is_named(#[case] kind: Kind, #[case] text: &str) {
        assert!(fault(kind, text).is_some_and(|fault| fault.starts_with(&format!("'{text}' is not"))));
    }
}
