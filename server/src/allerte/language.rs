//! Which language a reader is answered in.

use campanile_core::words::Language;

/// The language to answer in: what the address asks for (`?lang=en`), or else what the browser prefers
/// (`Accept-Language`, RFC 9110 §12.5.4), or else Italian.
///
/// A browser that names Italian or English gets the one it likes better; one that names neither gets English.
pub fn ask_for(address: Option<&str>, accept_language: Option<&str>) -> Language {
    if let Some(tag) = address.filter(|tag| !tag.is_empty()) {
        return Language::of(tag);
    }
    let mut liked: Vec<(&str, f32)> =
        accept_language.unwrap_or_default().split(',').filter_map(preference).collect();
    // Stable: of equals the first named is the better liked.
    liked.sort_by(|a, b| b.1.total_cmp(&a.1));
    let spoken = liked.iter().find(|(tag, _)| is_spoken(tag));
    spoken.or(liked.first()).map_or(Language::Italian, |(tag, _)| Language::of(tag))
}

/// The language that the page offers to change to.
pub fn other(language: Language) -> Language {
    match language {
        Language::Italian => Language::English,
        Language::English => Language::Italian,
    }
}

fn preference(part: &str) -> Option<(&str, f32)> {
    let (tag, weight) = part.split_once(';').unwrap_or((part, "q=1"));
    let weight: f32 = weight.trim().strip_prefix("q=")?.parse().ok()?;
    let tag = tag.trim();
    (!tag.is_empty() && tag != "*" && weight > 0.0).then_some((tag, weight))
}

fn is_spoken(tag: &str) -> bool {
    let primary = tag.split('-').next().unwrap_or_default();
    [Language::Italian, Language::English].iter().any(|known| primary.eq_ignore_ascii_case(known.tag()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_decides_then_the_browser_then_italian() {
        use Language::{English, Italian};
        let cases = [
            (Some("en"), Some("it"), English),
            (Some("it"), Some("en"), Italian),
            (Some(""), Some("en-GB,en;q=0.9"), English),
            (None, None, Italian),
            (None, Some("*"), Italian),
            (None, Some("nonsense;q=x,,;"), Italian),
            (None, Some("it-IT,it;q=0.9,en;q=0.8"), Italian),
            (None, Some("it;q=0.3,en;q=0.8"), English),
            (None, Some("ro,it;q=0.8,en;q=0.7"), Italian),
            (None, Some("uk,ru;q=0.8"), English),
            (None, Some("en;q=0,it;q=0.1"), Italian),
        ];
        for (address, browser, expected) in cases {
            assert_eq!(ask_for(address, browser), expected, "{address:?} {browser:?}");
        }
    }
}
