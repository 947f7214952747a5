//! The towns that an app release is built for.

use std::collections::BTreeSet;

use campanile_core::{
    area::IstatCode,
    assets,
    trust::{PublicKey, TrustAnchor},
};

use crate::{CampanileError, Environment};

/// A town: where its server is and which root keys its trust hangs on. Part of the app release.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Town {
    /// Its id, such as `modena`.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// The address of its push server, `https://…`; `http://` only to the machine itself.
    pub server_url: String,
    /// For real, or a demonstration.
    pub environment: Environment,
    /// Its root keys, 64 hexadecimal digits each.
    pub roots: Vec<String>,
    /// How many of them must sign a trust list; at least 2.
    pub root_threshold: u8,
    /// ISTAT codes of the comuni that it serves.
    pub comuni: Vec<String>,
}

/// The towns that this build carries and that are open. A release build carries no demo town.
#[uniffi::export]
pub fn built_in_towns() -> Vec<Town> {
    assets::towns().iter().map(Town::from).collect()
}

impl From<&assets::Town> for Town {
    fn from(town: &assets::Town) -> Self {
        Self {
            id: town.anchor.town.clone(),
            name: town.name.clone(),
            server_url: town.server.to_string(),
            environment: town.anchor.environment,
            roots: town.anchor.roots.iter().map(ToString::to_string).collect(),
            root_threshold: town.anchor.threshold,
            comuni: town.comuni.iter().map(ToString::to_string).collect(),
        }
    }
}

/// The towns as the core knows them. Errors: `Invalid`, naming the field and the value.
pub(crate) fn core_towns(towns: &[Town]) -> Result<Vec<assets::Town>, CampanileError> {
    towns.iter().map(core_town).collect()
}

fn core_town(town: &Town) -> Result<assets::Town, CampanileError> {
    if town.id.is_empty() {
        return Err(CampanileError::invalid("town.id", "expected a name such as modena"));
    }
    let roots = town.roots.iter().map(|root| root.parse::<PublicKey>());
    let roots = roots.collect::<Result<Vec<_>, _>>();
    let comuni = town.comuni.iter().map(|code| code.parse::<IstatCode>());
    let mut comuni: Vec<_> =
        comuni.collect::<Result<_, _>>().map_err(|error| CampanileError::invalid("town.comuni", error))?;
    comuni.sort_unstable();
    comuni.dedup();
    let anchor = TrustAnchor {
        town: town.id.clone(),
        environment: town.environment,
        roots: roots.map_err(|error| CampanileError::invalid("town.roots", error))?,
        threshold: town.root_threshold,
    };
    let distinct: BTreeSet<_> = anchor.roots.iter().collect();
    if anchor.threshold < 2
        || distinct.len() != anchor.roots.len()
        || distinct.len() < anchor.threshold.into()
    {
        return Err(CampanileError::invalid(
            "town.root_threshold",
            "expected at least 2 and no more than there are different roots",
        ));
    }
    Ok(assets::Town {
        name: town.name.clone(),
        server: town.server_url.parse().map_err(|error: url::ParseError| {
            CampanileError::invalid("town.server_url", format!("no address: {error}"))
        })?,
        comuni,
        anchor,
    })
}
