//! Bytes to text: byte-order mark, declared encoding, and what to do where the bytes belie it.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A document as text, with what was wrong in its encoding.
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) problems: Vec<String>,
}

/// Where the XML declaration is looked for.
const HEAD_BYTES: usize = 256;

/// Reads any bytes; what cannot be read becomes U+FFFD and a problem.
/// Line ends become `\n`, as XML 1.0 §2.11 says.
pub(crate) fn decode(bytes: &[u8]) -> Decoded<'_> {
    let mut problems = Vec::new();
    let (encoding, skip) = encoding(bytes, &mut problems);
    let rest = bytes.get(skip..).unwrap_or_default();
    let (mut text, malformed) = encoding.decode_without_bom_handling(rest);
    if malformed {
        problems.push(format!("the bytes are not {}", encoding.name()));
        if encoding == UTF_8 {
            // Italian text with bytes that are no UTF-8 is, in practice, ISO-8859-1 under a wrong label.
            text = WINDOWS_1252.decode_without_bom_handling(rest).0;
        }
    }
    if text.ends_with('\0') {
        // Some senders fill their last block.
        text = Cow::Owned(text.trim_end_matches('\0').to_owned());
    }
    if let Some(c) = text.chars().find(|c| !is_xml_char(*c)) {
        problems.push(format!("the character U+{:04X} is not allowed in XML", u32::from(c)));
        text = Cow::Owned(text.replace(|c| !is_xml_char(c), "\u{fffd}"));
    }
    if text.contains('\r') {
        text = Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"));
    }
    Decoded { text, problems }
}

/// XML 1.0 §2.2.
pub(super) fn is_xml_char(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// The encoding, and the length of the byte-order mark.
fn encoding(bytes: &[u8], problems: &mut Vec<String>) -> (&'static Encoding, usize) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return (encoding, length);
    }
    match bytes {
        [b'<', 0, ..] => return (UTF_16LE, 0),
        [0, b'<', ..] => return (UTF_16BE, 0),
        _ => {}
    }
    let Some(label) = declared(bytes) else { return (UTF_8, 0) };
    match Encoding::for_label(label.as_bytes()) {
        Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => {
            problems.push(format!("the declaration says {label}, but the bytes are not"));
            (UTF_8, 0)
        }
        Some(encoding) => (encoding, 0),
        None => {
            problems.push(format!("the encoding {label} is not known"));
            (UTF_8, 0)
        }
    }
}

/// The label in `<?xml … encoding="label"?>`.
fn declared(bytes: &[u8]) -> Option<String> {
    let head: String = bytes.iter().take(HEAD_BYTES).map(|b| char::from(*b)).collect();
    let (_, declaration) = head.split_once("<?xml")?;
    let (declaration, _) = declaration.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let label = value.trim_start_matches(quote).split(quote).next()?;
    Some(label.chars().take(40).collect())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn utf16(text: &str, bom: &[u8], big: bool) -> Vec<u8> {
        let bytes = text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() });
        bom.iter().copied().chain(bytes).collect()
    }

    #[rstest]
    #[case("<a>è</a>".as_bytes().to_vec())]
    #[case([b"\xef\xbb\xbf", "<a>è</a>".as_bytes()].concat())]
    #[case(utf16("<a>è</a>", b"\xff\xfe", false))]
    #[case(utf16("<a>è</a>", b"\xfe\xff", true))]
    #[case(utf16("<a>è</a>", b"", false))]
    #[case(utf16("<a>è</a>", b"", true))]
    fn text_is_read_in_each_unicode_encoding(#[case] bytes: Vec<u8>) {
        let decoded = decode(&bytes);
        assert_eq!(decoded.text, "<a>è</a>");
        assert_eq!(decoded.problems, Vec::<String>::new());
    }

    #[test]
    fn the_declared_encoding_is_used() {
        let decoded = decode(b"<?xml version='1.0' encoding = 'ISO-8859-1' ?><a>\xe8</a>");
        assert!(decoded.text.ends_with("<a>è</a>"));
        assert_eq!(decoded.problems, Vec::<String>::new());
    }

    #[test]
    fn a_wrong_label_is_a_problem_and_the_text_is_read_all_the_same() {
        let latin = decode(b"<?xml version='1.0' encoding='UTF-8'?><a>\xe8</a>");
        assert!(latin.text.ends_with("<a>è</a>"));
        assert_eq!(latin.problems, ["the bytes are not UTF-8"]);
        let utf8 = decode("<?xml version='1.0' encoding='utf-16'?><a>è</a>".as_bytes());
        assert!(utf8.text.ends_with("<a>è</a>"));
        assert_eq!(utf8.problems.len(), 1);
    }

    #[test]
    fn characters_that_xml_forbids_are_named_and_taken_out() {
        let decoded = decode(b"<a>1\x012</a>\r\n");
        assert_eq!(decoded.text, "<a>1\u{fffd}2</a>\n");
        assert_eq!(decoded.problems, ["the character U+0001 is not allowed in XML"]);
    }
}
