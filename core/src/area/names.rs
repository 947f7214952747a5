//! Names of places made comparable: case, accents, apostrophes and encoding scars.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// `name` in the form in which names are compared: lower case, without accents, one kind of apostrophe and hyphen,
/// no spaces around hyphens, commas and slashes.
///
/// `?` and U+FFFD, left by broken encodings, become one `?` however many stand together;
/// in a search it stands for any one character.
pub fn folded(name: &str) -> String {
    let name = mended(name);
    let mut out = String::with_capacity(name.len());
    let mut space = false;
    for c in name.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        let c = match c {
            '’' | '‘' | '`' | '´' | 'ʼ' => '\'',
            '‐' | '‑' | '–' | '—' => '-',
            '\u{fffd}' => '?',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        match c {
            ' ' => space = true,
            '?' if out.ends_with('?') && !space => {}
            'ß' => {
                push_spaced(&mut out, &mut space, 's');
                out.push('s');
            }
            c => push_spaced(&mut out, &mut space, c),
        }
    }
    out
}

fn push_spaced(out: &mut String, space: &mut bool, c: char) {
    let tight = |c: char| matches!(c, '-' | ',' | '/');
    if *space && !out.is_empty() && !tight(c) && !out.ends_with(tight) {
        out.push(' ');
    }
    *space = false;
    out.push(c);
}

/// UTF-8 that was read as ISO-8859-1 and written again (`RhÃªmes`), put right; anything else as it is.
fn mended(name: &str) -> Cow<'_, str> {
    if !name.contains(['Ã', 'Â']) {
        return Cow::Borrowed(name);
    }
    let bytes: Option<Vec<u8>> = name.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    match bytes.and_then(|bytes| String::from_utf8(bytes).ok()) {
        Some(right) => Cow::Owned(right),
        None => Cow::Borrowed(name),
    }
}

/// Whether a folded name with scars (`valle d?aosta`) can be `whole`, a folded name without.
pub(super) fn matches_scarred(scarred: &str, whole: &str) -> bool {
    scarred.chars().count() == whole.chars().count()
        && scarred.chars().zip(whole.chars()).all(|(s, w)| s == w || s == '?')
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Forlì", "forli")]
    #[case("  Reggio  nell’Emilia ", "reggio nell'emilia")]
    #[case("Montescudo - Monte Colombo", "montescudo-monte colombo")]
    #[case("Canalbianco,Po, Adige", "canalbianco,po,adige")]
    #[case("Weinstraße", "weinstrasse")]
    #[case("Valle di RhÃªmes", "valle di rhemes")]
    #[case("Saint-Barth\u{fffd}\u{fffd}lemy", "saint-barth?lemy")]
    fn spellings_of_one_name_fold_to_one_form(#[case] name: &str, #[case] form: &str) {
        assert_eq!(folded(name), form);
    }

    #[test]
    fn a_scar_stands_for_one_character_only() {
        assert!(matches_scarred("valle d?aosta", "valle d'aosta"));
        assert!(!matches_scarred("valle d?osta", "valle d'aosta"));
        assert!(!matches_scarred("valle d?aosta", "valle d'aostb"));
    }
}
