//! Settings of the feeds role.

use std::{net::SocketAddr, path::PathBuf};

use serde::Deserialize;
use url::Url;

use crate::settings::SettingsError;

/// `[feeds]` of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedsSettings {
    /// Address and port of the desk at which officers hand in signed items. Not on the internet.
    pub listen: SocketAddr,
    /// Folder of the databases.
    pub data: PathBuf,
    /// Key file of the feed, made by `campanile-sign keygen`.
    pub key: PathBuf,
    /// File whose first line is the passphrase of the key.
    pub passphrase: PathBuf,
    /// The town's signed trust list.
    pub trust_list: PathBuf,
    /// Address of the push server.
    pub push_server: Url,
    /// Where bulletins come from.
    pub source: SourceSettings,
    /// Minutes between two heads, 1 to 60.
    #[serde(default = "head_every_minutes")]
    pub head_every_minutes: u64,
}

/// Where bulletins come from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum SourceSettings {
    /// One file, read again when it changes.
    File {
        /// The file.
        path: PathBuf,
        /// Seconds between looks, 1 to 3,600.
        #[serde(default = "every_s")]
        every_s: u64,
    },
    /// A folder that is looked at for new files.
    Directory {
        /// The folder.
        path: PathBuf,
        /// Seconds between looks, 1 to 3,600.
        #[serde(default = "every_s")]
        every_s: u64,
    },
    /// The official index.
    Official {
        /// Address of the tree of index files.
        #[serde(default = "official_listing")]
        listing: Url,
        /// Address of the folder of index files, with a `/` at its end.
        #[serde(default = "official_files")]
        files: Url,
        /// Seconds between questions, 60 to 3,600.
        #[serde(default = "official_every_s")]
        every_s: u64,
    },
}

impl SourceSettings {
    /// The official index with its usual addresses.
    pub fn official() -> Self {
        Self::Official { listing: official_listing(), files: official_files(), every_s: official_every_s() }
    }
}

fn head_every_minutes() -> u64 {
    60
}

fn every_s() -> u64 {
    5
}

fn official_every_s() -> u64 {
    300
}

// Source: Dipartimento della Protezione Civile, repository DPC-Bollettini-Criticita-Idrogeologica-Idraulica, CC BY 4.0.
fn official_listing() -> Url {
    Url::parse(
        "https://api.github.com/repos/pcm-dpc/DPC-Bollettini-Criticita-Idrogeologica-Idraulica/git/trees/master:files",
    )
    .expect("a constant address")
}

fn official_files() -> Url {
    Url::parse(
        "https://raw.githubusercontent.com/pcm-dpc/DPC-Bollettini-Criticita-Idrogeologica-Idraulica/master/files/",
    )
    .expect("a constant address")
}

impl FeedsSettings {
    /// Names the setting that is wrong.
    pub(crate) fn check(&self) -> Result<(), SettingsError> {
        let within = |setting: &str, value: u64, low: u64, high: u64| {
            if (low..=high).contains(&value) {
                return Ok(());
            }
            Err(SettingsError::setting(setting, format!("{value} is not within {low} to {high}")))
        };
        within("feeds.head_every_minutes", self.head_every_minutes, 1, 60)?;
        match &self.source {
            SourceSettings::File { every_s, .. } | SourceSettings::Directory { every_s, .. } => {
                within("feeds.source.every_s", *every_s, 1, 3_600)
            }
            SourceSettings::Official { every_s, .. } => within("feeds.source.every_s", *every_s, 60, 3_600),
        }
    }
}
