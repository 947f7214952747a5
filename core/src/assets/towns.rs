//! `assets/towns`: for which towns this build is made, where their servers are, which root keys they trust.

use serde::Deserialize;
use url::Url;

use super::{AssetError, comuni};
use crate::{area::IstatCode, notice::Environment, trust::TrustAnchor};

/// A town, or a federation of towns, with a server of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Town {
    /// As people read it.
    pub name: String,
    /// Address of the push server; https, or plain http on this machine for a demonstration.
    pub server: Url,
    /// The comuni served, sorted, at least one.
    pub comuni: Vec<IstatCode>,
    /// Id, environment and root keys: what its items are verified against.
    pub anchor: TrustAnchor,
}

const TOWNS: &[(&str, &str)] =
    &[("assets/towns/modena.toml", include_str!("../../../assets/towns/modena.toml"))];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TownFile {
    id: String,
    name: String,
    environment: Environment,
    server: Url,
    comuni: Vec<IstatCode>,
    roots: Vec<String>,
    root_threshold: u8,
}

/// The towns of this build that are open, and the demo towns if it has the feature `demo`.
pub(super) fn read() -> Result<Vec<Town>, AssetError> {
    let live = TOWNS.iter().map(|(file, text)| read_town(file, text, Environment::Live));
    #[cfg(feature = "demo")]
    let live =
        live.chain(super::demo::TOWNS.iter().map(|(file, text)| read_town(file, text, Environment::Demo)));
    let towns: Result<Vec<Option<Town>>, AssetError> = live.collect();
    Ok(towns?.into_iter().flatten().collect())
}

/// The town of a file; none while it has no root keys.
fn read_town(file: &'static str, text: &str, environment: Environment) -> Result<Option<Town>, AssetError> {
    let problem = |place: &str, problem: &str| AssetError {
        file,
        place: place.to_owned(),
        problem: problem.to_owned(),
    };
    let town: TownFile = toml::from_str(text).map_err(|error| problem("the file", &error.to_string()))?;
    if town.environment != environment {
        return Err(problem("environment", "live towns lie in assets/towns, demo towns in assets/demo"));
    }
    if town.id.is_empty()
        || !town.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    {
        return Err(problem("id", "expected lower-case letters, digits and hyphens"));
    }
    let on_this_machine = town.server.host_str() == Some("127.0.0.1");
    if town.server.scheme() != "https" && !(environment == Environment::Demo && on_this_machine) {
        return Err(problem("server", "expected an https address"));
    }
    let mut served = town.comuni;
    served.sort_unstable();
    served.dedup();
    if served.is_empty() {
        return Err(problem("comuni", "a town serves at least one comune"));
    }
    if let Some(code) =
        served.iter().find(|code| comuni().get(**code).is_none_or(|comune| comune.code != **code))
    {
        return Err(problem("comuni", &format!("{code} is no comune of today")));
    }
    if town.roots.is_empty() {
        return Ok(None);
    }
    let roots: Result<Vec<_>, _> = town.roots.iter().map(|root| root.parse()).collect();
    let roots = roots.map_err(|error: crate::trust::KeyError| problem("roots", &error.to_string()))?;
    let different: std::collections::BTreeSet<_> = roots.iter().collect();
    if different.len() != roots.len() {
        return Err(problem("roots", "a root key is named twice"));
    }
    if town.root_threshold < 2 || usize::from(town.root_threshold) > roots.len() {
        return Err(problem("root_threshold", "at least 2, at most the number of roots"));
    }
    let anchor = TrustAnchor { town: town.id, environment, roots, threshold: town.root_threshold };
    Ok(Some(Town { name: town.name, server: town.server, comuni: served, anchor }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        id = "prova"
        name = "Prova"
        environment = "live"
        server = "https://prova.example"
        comuni = ["038008", "036023"]
        roots = [
            "aa00000000000000000000000000000000000000000000000000000000000000",
            "bb00000000000000000000000000000000000000000000000000000000000000",
        ]
        root_threshold = 2
    "#;

    fn refusal(from: &str, to: &str) -> String {
        assert!(GOOD.contains(from), "{from}");
        read_town("prova.toml", &GOOD.replace(from, to), Environment::Live).unwrap_err().to_string()
    }

    #[test]
    fn a_town_is_read_with_its_comuni_sorted() {
        let town = read_town("prova.toml", GOOD, Environment::Live).unwrap().unwrap();
        assert_eq!(town.comuni.iter().map(ToString::to_string).collect::<Vec<_>>(), ["036023", "038008"]);
        assert_eq!((town.anchor.roots.len(), town.anchor.threshold), (2, 2));
    }

    #[test]
    fn a_wrong_setting_of_a_town_is_refused_by_name() {
        assert_eq!(refusal("https://", "http://"), "prova.toml, server: expected an https address");
        assert_eq!(refusal("038008", "999998"), "prova.toml, comuni: 999998 is no comune of today");
        assert_eq!(refusal("\"live\"", "\"demo\"").split(':').next(), Some("prova.toml, environment"));
        assert_eq!(
            refusal("threshold = 2", "threshold = 1").split(':').next(),
            Some("prova.toml, root_threshold")
        );
        assert_eq!(
            refusal("threshold = 2", "threshold = 3").split(':').next(),
            Some("prova.toml, root_threshold")
        );
        assert_eq!(refusal("\"bb0", "\"aa0"), "prova.toml, roots: a root key is named twice");
        assert!(refusal("\"bb0", "\"zz0").contains("not a public key"));
        assert!(refusal("name =", "nome =").contains("nome"));
    }

    #[test]
    fn every_file_of_the_folder_is_built_in() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/towns");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut files: Vec<String> = files
            .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
            .map(|path| format!("assets/towns/{}", path.file_name().unwrap().to_str().unwrap()))
            .collect();
        files.sort_unstable();
        assert_eq!(files, TOWNS.iter().map(|(file, _)| *file).collect::<Vec<_>>());
    }

    #[test]
    fn a_town_without_root_keys_is_left_out() {
        assert!(read().unwrap().iter().all(|town| town.anchor.town != "modena"));
    }

    fn demo_roots() -> Vec<String> {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/demo/modena.toml");
        let demo: TownFile = toml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        assert_eq!(demo.roots.len(), 3);
        demo.roots
    }

    #[test]
    fn safety_rule_10_the_files_of_live_towns_hold_no_demo_root() {
        for (file, text) in TOWNS {
            assert!(demo_roots().iter().all(|root| !text.to_lowercase().contains(root)), "{file}");
        }
    }

    /// Compiled out where another package of the same build turns the feature on.
    #[cfg(not(feature = "demo"))]
    #[test]
    fn safety_rule_10_a_build_without_the_feature_demo_holds_no_demo_town_and_no_demo_root() {
        for town in crate::assets::towns() {
            assert_eq!(town.anchor.environment, Environment::Live, "{}", town.name);
            assert!(
                town.anchor.roots.iter().all(|root| !demo_roots().contains(&root.to_string())),
                "{}",
                town.name
            );
        }
    }
}
