//! Settings of the roles: a TOML file, and the environment over it.
//!
//! A setting `push.listen` is `listen` under `[push]` in the file and `CAMPANILE_PUSH__LISTEN` in the environment.
//! A wrong setting is named at start, with its value and what is allowed. Secrets stand in files of their own.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use campanile_core::{
    area::IstatCode,
    assets::{self, Town},
    notice::Environment,
    trust::TrustAnchor,
};
use figment::{
    Figment,
    providers::{Env, Format as _, Toml},
};
use serde::Deserialize;
use url::Url;

use crate::{
    channels::{fcm::FcmSettings, stream::StreamSettings},
    feeds::FeedsSettings,
};

/// What is wrong with the configuration, in one sentence per setting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error("failed to read the configuration {path}: {problem}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        problem: String,
    },
    /// A setting is missing, unknown or wrong.
    #[error("setting {setting}: {problem}")]
    Setting {
        /// Such as `push.listen`.
        setting: String,
        /// The value, and what is allowed.
        problem: String,
    },
}

impl SettingsError {
    /// A setting that is wrong.
    pub fn setting(setting: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Setting { setting: setting.into(), problem: problem.into() }
    }
}

/// The whole configuration; each role takes its part.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    town: TownSettings,
    /// The push role.
    pub push: Option<PushSettings>,
    /// The live stream.
    #[serde(default)]
    pub stream: StreamSettings,
    /// Firebase Cloud Messaging; none if phones without a stream are not served.
    pub fcm: Option<FcmSettings>,
    /// The feeds role.
    pub feeds: Option<FeedsSettings>,
}

/// `[push]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PushSettings {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// Folder of the database.
    pub data: PathBuf,
    /// Where to report a weakness: a `mailto:` or `https:` address.
    pub security_contact: Option<Url>,
}

/// `[town]`: an id of this build, or a town written out.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct TownSettings {
    id: String,
    name: Option<String>,
    environment: Option<Environment>,
    server: Option<Url>,
    comuni: Option<Vec<IstatCode>>,
    roots: Option<Vec<String>>,
    root_threshold: Option<u8>,
}

impl Settings {
    /// Reads the file and the environment.
    pub fn load(path: &Path) -> Result<Self, SettingsError> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| SettingsError::File { path: path.to_owned(), problem: error.to_string() })?;
        Self::read(&Figment::from(Toml::string(&text)).merge(Env::prefixed("CAMPANILE_").split("__")))
    }

    fn read(figment: &Figment) -> Result<Self, SettingsError> {
        let settings: Self = figment.extract().map_err(|error| named(&error, figment))?;
        settings.check()?;
        Ok(settings)
    }

    fn check(&self) -> Result<(), SettingsError> {
        let within = |setting: &str, value: u64, low: u64, high: u64| {
            if (low..=high).contains(&value) {
                return Ok(());
            }
            Err(SettingsError::setting(setting, format!("{value} is not within {low} to {high}")))
        };
        within("stream.keep_alive_s", self.stream.keep_alive_s, 1, 300)?;
        within("stream.ring_events", self.stream.ring_events as u64, 1, 100_000)?;
        within("stream.most_readers", self.stream.most_readers as u64, 1, 1_000_000)?;
        if let Some(contact) = self.push.as_ref().and_then(|push| push.security_contact.as_ref())
            && !matches!(contact.scheme(), "https" | "mailto")
        {
            return Err(SettingsError::setting(
                "push.security_contact",
                format!("{contact} is neither a mailto: nor an https: address"),
            ));
        }
        let town = self.town()?;
        if let Some(fcm) = &self.fcm {
            fcm.check(town.anchor.environment)?;
        }
        if let Some(feeds) = &self.feeds {
            feeds.check()?;
        }
        Ok(())
    }

    /// The town that is served.
    ///
    /// Errors: names the setting if the build has no such town and it is not written out whole.
    pub fn town(&self) -> Result<Town, SettingsError> {
        let TownSettings { id, name, environment, server, comuni, roots, root_threshold } = self.town.clone();
        let built_in = assets::towns().iter().find(|town| town.anchor.town == id);
        let (Some(roots), Some(comuni), Some(environment)) = (roots, comuni, environment) else {
            return built_in.cloned().ok_or_else(|| {
                let known: Vec<_> = assets::towns().iter().map(|town| town.anchor.town.as_str()).collect();
                SettingsError::setting(
                    "town.id",
                    format!(
                        "'{id}' is no open town of this build ({}); name one, or write environment, comuni and roots \
                         under [town]",
                        if known.is_empty() { "it has none".to_owned() } else { known.join(", ") }
                    ),
                )
            });
        };
        let parsed: Result<Vec<_>, _> = roots.iter().map(|root| root.parse()).collect();
        let roots = parsed.map_err(|error: campanile_core::trust::KeyError| {
            SettingsError::setting("town.roots", error.to_string())
        })?;
        let threshold = root_threshold.unwrap_or(2);
        if threshold < 2 || usize::from(threshold) > roots.len() {
            return Err(SettingsError::setting(
                "town.root_threshold",
                format!("{threshold} is not within 2 to the number of roots, {}", roots.len()),
            ));
        }
        if comuni.is_empty() {
            return Err(SettingsError::setting("town.comuni", "a town serves at least one comune"));
        }
        if let Some(unknown) = comuni.iter().find(|code| assets::comuni().get(**code).is_none()) {
            return Err(SettingsError::setting("town.comuni", format!("{unknown} is no comune of Italy")));
        }
        let server = match server {
            Some(server) => server,
            None => Url::parse("http://127.0.0.1/")
                .map_err(|error| SettingsError::setting("town.server", error.to_string()))?,
        };
        Ok(Town {
            name: name.unwrap_or_else(|| id.clone()),
            server,
            comuni,
            anchor: TrustAnchor { town: id, environment, roots, threshold },
        })
    }
}

/// figment's error as the setting that is wrong.
fn named(error: &figment::Error, figment: &Figment) -> SettingsError {
    use figment::error::Kind;
    let mut path = error.path.clone();
    let problem = match &error.kind {
        Kind::MissingField(field) => {
            path.push(field.to_string());
            "is missing".to_owned()
        }
        Kind::UnknownField(field, allowed) => {
            path.push(field.clone());
            format!("there is no such setting; allowed here: {}", allowed.join(", "))
        }
        Kind::InvalidType(found, expected) | Kind::InvalidValue(found, expected) => {
            format!("{found} is not allowed; expected {expected}")
        }
        Kind::UnknownVariant(found, allowed) => {
            format!("'{found}' is not allowed; expected one of {}", allowed.join(", "))
        }
        other => {
            let found = figment.find_value(&path.join(".")).ok().and_then(figment::value::Value::into_string);
            found.map_or_else(|| other.to_string(), |found| format!("'{found}' is not allowed: {other}"))
        }
    };
    // What serde read as one untagged piece repeats its name at the end.
    path.dedup();
    let setting = if path.is_empty() { "(the file)".to_owned() } else { path.join(".") };
    SettingsError::setting(setting, problem)
}

#[cfg(test)]
mod tests;
