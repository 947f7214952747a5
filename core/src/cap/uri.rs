//! Whether a text is a URI reference (RFC 3986 §4.1), as xs:anyURI is commonly checked.

/// Characters that RFC 3986 does not know, the space among them, are taken as if they were percent-encoded
/// (XML Schema 1.0 Part 2 §3.2.17).
pub(super) fn is_uri_reference(text: &str) -> bool {
    let plain: String = text
        .chars()
        .map(|c| if !('!'..='~').contains(&c) || r#"<>"{}|\^`"#.contains(c) { '_' } else { c })
        .collect();
    is_absolute(&plain) || is_relative(&plain)
}

fn is_absolute(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
        && is_hierarchy(rest, true)
}

fn is_relative(text: &str) -> bool {
    is_hierarchy(text, false)
}

fn is_hierarchy(text: &str, has_scheme: bool) -> bool {
    let (rest, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    if !is_of(query, b":@/?") || !is_of(fragment, b":@/?") {
        return false;
    }
    if let Some(authority_and_path) = path.strip_prefix("//") {
        let (authority, path) = authority_and_path
            .find('/')
            .and_then(|slash| authority_and_path.split_at_checked(slash))
            .unwrap_or((authority_and_path, ""));
        return is_authority(authority) && is_of(path, b":@/");
    }
    let first_segment = path.split('/').next().unwrap_or_default();
    is_of(path, b":@/") && (has_scheme || !first_segment.contains(':'))
}

fn is_authority(text: &str) -> bool {
    let (user, host_and_port) = text.split_once('@').unwrap_or(("", text));
    if !is_of(user, b":") {
        return false;
    }
    let (host, port) = match host_and_port.split_once(']') {
        Some((host, port)) if host.starts_with('[') => (host.trim_start_matches('['), port),
        _ => host_and_port
            .find(':')
            .and_then(|colon| host_and_port.split_at_checked(colon))
            .unwrap_or((host_and_port, "")),
    };
    // RFC 3986 allows a colon without a port; the usual validators (libxml2) do not.
    let is_port = |port: &str| {
        port.parse::<u32>().is_ok_and(|port| i32::try_from(port).is_ok()) && !port.starts_with('+')
    };
    (port.is_empty() || port.strip_prefix(':').is_some_and(is_port)) && is_of(host, b":")
}

/// Unreserved characters, sub-delimiters, percent-encoded ones, and `more`.
fn is_of(text: &str, more: &[u8]) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let fits = match byte {
            b'%' => [bytes.next(), bytes.next()].iter().all(|b| b.is_some_and(|b| b.is_ascii_hexdigit())),
            _ => byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=".contains(&byte) || more.contains(&byte),
        };
        if !fits {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("")]
    #[case("https://www.protezionecivile.gov.it/it/?a=1&b=è#in-breve")]
    #[case("mailto:urp@comune.modena.it")]
    #[case("//[2001:db8::1]:8080/x")]
    #[case("pagina.html")]
    #[case("http://a.b:8080/c d")]
    #[case("http://a.b/c%20d|e")]
    fn a_uri_is_known(#[case] text: &str) {
        assert!(is_uri_reference(text));
    }

    #[rstest]
    #[case("http://a.b:/")]
    #[case("http://a.b/100%")]
    #[case("http://a.b:porta/")]
    #[case("1a:b")]
    #[case("http://a.b/#c#d")]
    #[case("http://a.b/[c]")]
    fn what_is_no_uri_is_known(#[case] text: &str) {
        assert!(!is_uri_reference(text));
    }
}
