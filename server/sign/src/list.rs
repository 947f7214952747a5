//! A trust list written by hand (TOML), for the root ceremony and the first live town.

use campanile_core::{
    area::AreaKey,
    notice::Environment,
    trust::{Holder, HolderKey, HolderKind, KeyId, PublicKey, Role, TrustList},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// What is wrong with a written list.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// Not the form described in docs/operations.md.
    #[error("the list cannot be read: {0}")]
    Toml(#[from] toml::de::Error),
    /// A key is not written as 64 hexadecimal digits.
    #[error("{place}: {problem}")]
    Key {
        /// Which key.
        place: String,
        /// What is wrong.
        problem: String,
    },
    /// An impossible list.
    #[error("{0}")]
    Impossible(&'static str),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListToml {
    version: u32,
    town: String,
    environment: Environment,
    issued: DateTime<Utc>,
    expires: DateTime<Utc>,
    roots: Vec<String>,
    root_threshold: u8,
    #[serde(default)]
    revoked: Vec<String>,
    #[serde(default, rename = "holder")]
    holders: Vec<HolderToml>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolderToml {
    id: String,
    kind: HolderKind,
    roles: Vec<Role>,
    scope: Vec<AreaKey>,
    #[serde(rename = "key")]
    keys: Vec<KeyToml>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyToml {
    public: String,
    valid_from: DateTime<Utc>,
    valid_to: DateTime<Utc>,
}

fn key(text: &str, place: &str) -> Result<PublicKey, ListError> {
    text.parse().map_err(|error: campanile_core::trust::KeyError| ListError::Key {
        place: place.to_owned(),
        problem: error.to_string(),
    })
}

/// The list that `text` writes. Checks what a phone would refuse, and that no key belongs to two holders.
pub fn parse(text: &str) -> Result<TrustList, ListError> {
    let written: ListToml = toml::from_str(text)?;
    let roots: Vec<PublicKey> =
        written.roots.iter().map(|root| key(root, "roots")).collect::<Result<_, _>>()?;
    let mut distinct = roots.clone();
    distinct.sort();
    distinct.dedup();
    if written.root_threshold < 2
        || distinct.len() != roots.len()
        || roots.len() < written.root_threshold.into()
    {
        return Err(ListError::Impossible(
            "root_threshold must be at least 2, and the roots distinct and no fewer",
        ));
    }
    if written.expires <= written.issued {
        return Err(ListError::Impossible("expires must be after issued"));
    }
    let mut holders = Vec::new();
    for holder in written.holders {
        let place = format!("holder '{}'", holder.id);
        let keys = holder.keys.into_iter().map(|written| {
            let public = key(&written.public, &place)?;
            Ok(HolderKey { public, valid_from: written.valid_from, valid_to: written.valid_to })
        });
        holders.push(Holder {
            keys: keys.collect::<Result<_, ListError>>()?,
            id: holder.id,
            kind: holder.kind,
            roles: holder.roles,
            scope: holder.scope,
        });
    }
    let mut ids: Vec<KeyId> =
        holders.iter().flat_map(|holder: &Holder| &holder.keys).map(|key| key.public.id()).collect();
    let all = ids.len();
    ids.sort();
    ids.dedup();
    if ids.len() != all {
        return Err(ListError::Impossible("a key belongs to two holders or is listed twice"));
    }
    let revoked = written.revoked.iter().map(|text| key(text, "revoked").map(|key| key.id()));
    Ok(TrustList {
        version: written.version,
        town: written.town,
        environment: written.environment,
        issued: written.issued,
        expires: written.expires,
        root_threshold: written.root_threshold,
        revoked: revoked.collect::<Result<_, _>>()?,
        roots,
        holders,
    })
}

#[cfg(test)]
mod tests {
    use campanile_core::fixtures::Town;

    use super::*;

    fn written() -> String {
        let town = Town::live();
        let roots: Vec<String> = town.roots.iter().map(|root| format!("\"{}\"", root.public())).collect();
        format!(
            r#"
version = 1
town = "modena"
environment = "live"
issued = "2026-01-01T00:00:00Z"
expires = "2027-01-01T00:00:00Z"
roots = [{}]
root_threshold = 2

[[holder]]
id = "ufficiale-1"
kind = "person"
roles = ["alerts"]
scope = ["comune/036023"]
[[holder.key]]
public = "{}"
valid_from = "2026-01-01T00:00:00Z"
valid_to = "2027-01-01T00:00:00Z"
"#,
            roots.join(", "),
            town.officers[0].public(),
        )
    }

    #[test]
    fn a_written_list_is_read() {
        let list = parse(&written()).unwrap();
        assert_eq!(list.roots.len(), 3);
        assert_eq!(list.holders[0].keys[0].public, Town::live().officers[0].public());
    }

    #[test]
    fn what_is_wrong_is_named() {
        let short = written().replace(&Town::live().officers[0].public().to_string(), "abc");
        assert_eq!(
            parse(&short).unwrap_err().to_string(),
            "holder 'ufficiale-1': 'abc' is not a public key: expected 64 hexadecimal digits"
        );
        let one = written().replace("root_threshold = 2", "root_threshold = 1");
        assert!(matches!(parse(&one), Err(ListError::Impossible(_))));
        let typo = written().replace("expires", "expire");
        assert!(parse(&typo).unwrap_err().to_string().contains("expire"));
    }
}
