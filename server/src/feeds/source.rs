//! Where bulletins come from: a file, a folder, or the official index.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use campanile_core::{
    bollettino::{self, Bulletin, BulletinDay},
    notice::{BulletinDayRows, BulletinEdition, ZoneRow},
    trust::sha256,
};
use chrono::Utc;
use tokio_util::sync::CancellationToken;

use super::{Edition, Feed, SourceSettings, official::Official, submit};

/// Why nothing could be taken from a source now.
#[derive(Debug, thiserror::Error)]
pub(super) enum SourceError {
    /// A file or folder cannot be read.
    #[error("failed to read {path}: {error}")]
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// A file is no bulletin.
    #[error("failed to read {name} as a bulletin: {error}")]
    NotRead {
        /// The file.
        name: String,
        /// What is wrong in it.
        error: bollettino::ReadError,
    },
    /// A bulletin lacks what a notice needs.
    #[error("the bulletin {name} cannot be relayed: {problem}")]
    NotRelayed {
        /// The file.
        name: String,
        /// What it lacks.
        problem: &'static str,
    },
    /// The official index cannot be reached or says something unexpected.
    #[error("the official index: {0}")]
    Official(String),
}

/// A file as a source gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// A source that is looked at again and again.
pub(super) enum Source {
    Files { path: PathBuf, seen: BTreeMap<PathBuf, (SystemTime, u64)>, every: Duration },
    Official(Box<Official>),
}

impl Source {
    pub(super) fn new(settings: &SourceSettings) -> Result<Self, super::FeedsError> {
        Ok(match settings {
            SourceSettings::File { path, every_s } | SourceSettings::Directory { path, every_s } => {
                Self::Files {
                    path: path.clone(),
                    seen: BTreeMap::new(),
                    every: Duration::from_secs(*every_s),
                }
            }
            SourceSettings::Official { listing, files, every_s } => Self::Official(Box::new(Official::new(
                listing.clone(),
                files.clone(),
                Duration::from_secs(*every_s),
            )?)),
        })
    }

    fn every(&self) -> Duration {
        match self {
            Self::Files { every, .. } => *every,
            Self::Official(official) => official.every(),
        }
    }

    /// What is new since the last look, oldest first.
    async fn look(&mut self) -> Result<Vec<Found>, SourceError> {
        match self {
            Self::Files { path, seen, .. } => look_at_files(path, seen),
            Self::Official(official) => Ok(official.look().await?.into_iter().collect()),
        }
    }
}

fn look_at_files(
    path: &Path,
    seen: &mut BTreeMap<PathBuf, (SystemTime, u64)>,
) -> Result<Vec<Found>, SourceError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| SourceError::File { path, error }
    };
    let mut files = Vec::new();
    if path.is_dir() {
        for entry in std::fs::read_dir(path).map_err(failed(path))? {
            files.push(entry.map_err(failed(path))?.path());
        }
    } else {
        files.push(path.to_owned());
    }
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let meta = std::fs::metadata(&file).map_err(failed(&file))?;
        let state = (meta.modified().map_err(failed(&file))?, meta.len());
        if !meta.is_file() || seen.get(&file) == Some(&state) {
            continue;
        }
        let bytes = std::fs::read(&file).map_err(failed(&file))?;
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        seen.insert(file, state);
        found.push(Found { name, bytes });
    }
    found.sort_by_key(|found| bollettino::published_in_name(&found.name));
    Ok(found)
}

/// The edition in a file.
pub(super) fn edition(found: &Found) -> Result<Edition, SourceError> {
    let bulletin = bollettino::read(&found.name, &found.bytes)
        .map_err(|error| SourceError::NotRead { name: found.name.clone(), error })?;
    let refused = |problem| SourceError::NotRelayed { name: found.name.clone(), problem };
    let published = bulletin.published.ok_or_else(|| {
        refused("neither its text nor its name says when it was published; name it YYYYMMDD_HHMM")
    })?;
    let days =
        days(&bulletin).ok_or_else(|| refused("a day has no date; take the zip, the CAP or the index"))?;
    if !bulletin.unresolved.is_empty() {
        tracing::warn!(zones = bulletin.unresolved.len(), "a bulletin names zones that are not in the list");
    }
    Ok(Edition {
        id: format!("dpc-{}", published.naive_local().format("%Y%m%d-%H%M")),
        edition: match bulletin.edition {
            bollettino::Edition::First => BulletinEdition::First,
            bollettino::Edition::Update => BulletinEdition::Update,
            bollettino::Edition::ErrataCorrige => BulletinEdition::ErrataCorrige,
            bollettino::Edition::Unknown => BulletinEdition::Unknown,
        },
        published: published.with_timezone(&Utc),
        days,
        source_sha256: Some(sha256(&found.bytes)),
    })
}

fn days(bulletin: &Bulletin) -> Option<Vec<BulletinDayRows>> {
    let rows = |day: &BulletinDay| {
        let row = |(zone, levels): (&_, &bollettino::ZoneLevels)| ZoneRow {
            zone: Clone::clone(zone),
            idraulico: levels.idraulico,
            temporali: levels.temporali,
            idrogeologico: levels.idrogeologico,
        };
        Some(BulletinDayRows { day: day.day?, rows: day.zones.iter().map(row).collect() })
    };
    bulletin.days.iter().map(rows).collect()
}

/// Looks at the source until `closing` is cancelled, and relays what is new.
pub(super) async fn watch(feed: std::sync::Arc<Feed>, mut source: Source, closing: CancellationToken) {
    let mut attempt = 0;
    loop {
        let rest = match source.look().await {
            Ok(found) => {
                attempt = 0;
                for found in found {
                    relay(&feed, &found).await;
                }
                submit::spread(source.every())
            }
            Err(error) => {
                tracing::warn!(%error, "the source of bulletins cannot be read now");
                metrics::counter!("campanile_source_failures_total").increment(1);
                attempt += 1;
                submit::pause(attempt).max(source.every().min(Duration::from_mins(5)))
            }
        };
        tokio::select! {
            () = closing.cancelled() => return,
            () = tokio::time::sleep(rest) => {}
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a gauge is floating point")]
async fn relay(feed: &Feed, found: &Found) {
    match edition(found) {
        Ok(edition) => {
            metrics::gauge!("campanile_newest_bulletin_published_seconds")
                .set(edition.published.timestamp() as f64);
            if let Err(error) = feed.relay(&edition).await {
                tracing::error!(%error, name = found.name, "a bulletin was not relayed");
            }
        }
        Err(error) => tracing::error!(%error, "a bulletin was not relayed"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_each_file_once_and_a_changed_one_again() {
        let folder = tempfile::tempdir().unwrap();
        let mut seen = BTreeMap::new();
        let names = |seen: &mut _| {
            let found = look_at_files(folder.path(), seen).unwrap();
            found.into_iter().map(|found| found.name).collect::<Vec<_>>()
        };
        assert!(names(&mut seen).is_empty());
        std::fs::write(folder.path().join("20260402_0016.json"), "{}").unwrap();
        std::fs::write(folder.path().join("20260401_1520.json"), "{}").unwrap();
        assert_eq!(names(&mut seen), ["20260401_1520.json", "20260402_0016.json"]);
        assert!(names(&mut seen).is_empty());
        std::fs::write(folder.path().join("20260401_1520.json"), "{ }").unwrap();
        assert_eq!(names(&mut seen), ["20260401_1520.json"]);
    }

    #[test]
    fn what_cannot_be_relayed_is_named_with_what_it_lacks() {
        let lacking = |name: &str, text: &str| {
            edition(&Found { name: name.to_owned(), bytes: text.as_bytes().to_vec() })
                .unwrap_err()
                .to_string()
        };
        let prose = r#"{"type": "first", "name": "", "today": {"html_descrition": "<p>Per la giornata di oggi:</p>"}}"#;
        assert!(lacking("bollettino.json", prose).contains("name it YYYYMMDD_HHMM"));
        assert!(lacking("20260401_1520.json", "{}").contains("neither today nor tomorrow"));
    }

    #[test]
    fn safety_rule_3_a_bulletin_after_midnight_is_relayed_for_the_day_of_its_text() {
        let prose = r#"{"type": "update", "name": "Bollettino del 02 aprile 2026, aggiornamento delle ore 00:16",
            "today": {"html_descrition": "<p>Per la giornata di oggi, Mercoledì 1 aprile 2026:<br/></p>"}}"#;
        let found = Found { name: "20260402_0016.json".to_owned(), bytes: prose.as_bytes().to_vec() };
        let edition = edition(&found).unwrap();
        assert_eq!(edition.id, "dpc-20260402-0016");
        assert_eq!(edition.days[0].day.to_string(), "2026-04-01");
    }
}
