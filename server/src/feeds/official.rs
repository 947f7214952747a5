//! The official index, asked with its ETag.
//!
//! The host's listing of a folder stops at 1,000 names, and the folder has more: the newest is looked for in the
//! whole tree of the repository's folder, which says by itself if it was cut.

use std::time::Duration;

use campanile_core::bollettino::{self, newest_edition};
use reqwest::{Response, StatusCode, header};
use serde::Deserialize;
use url::Url;

use super::{
    FeedsError,
    source::{Found, SourceError},
};
use crate::https;

/// The whole tree has some 300 bytes per edition.
const MOST_LISTING: usize = 16 << 20;

/// The official repository of bulletins.
pub(super) struct Official {
    client: reqwest::Client,
    listing: Url,
    files: Url,
    every: Duration,
    etag: Option<header::HeaderValue>,
    newest: Option<String>,
}

#[derive(Deserialize)]
struct Tree {
    tree: Vec<Entry>,
    truncated: bool,
}

#[derive(Deserialize)]
struct Entry {
    path: String,
}

impl Official {
    pub(super) fn new(listing: Url, files: Url, every: Duration) -> Result<Self, FeedsError> {
        let client =
            https::client(Duration::from_mins(1)).map_err(|error| FeedsError::Client(error.to_string()))?;
        Ok(Self { client, listing, files, every, etag: None, newest: None })
    }

    pub(super) fn every(&self) -> Duration {
        self.every
    }

    /// The newest edition, if it is another than at the last look.
    pub(super) async fn look(&mut self) -> Result<Option<Found>, SourceError> {
        let mut request = self.client.get(self.listing.clone());
        if let Some(etag) = &self.etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        let answer = request.send().await.map_err(unreachable)?;
        if answer.status() == StatusCode::NOT_MODIFIED {
            return Ok(None);
        }
        let etag = answer.headers().get(header::ETAG).cloned();
        let listing = body(answer, MOST_LISTING).await?;
        let name = newest_in(&listing)?;
        if self.newest.as_ref() == Some(&name) {
            self.etag = etag;
            return Ok(None);
        }
        let file = self.files.join(&name).map_err(|error| SourceError::Official(error.to_string()))?;
        let answer = self.client.get(file).send().await.map_err(unreachable)?;
        let bytes = body(answer, bollettino::MOST_BYTES).await?;
        // Only now: had the file failed, the listing must be read again.
        self.etag = etag;
        self.newest = Some(name.clone());
        Ok(Some(Found { name, bytes }))
    }
}

fn newest_in(listing: &[u8]) -> Result<String, SourceError> {
    let tree: Tree = serde_json::from_slice(listing)
        .map_err(|_json| SourceError::Official("the listing does not have the documented form".to_owned()))?;
    if tree.truncated {
        return Err(SourceError::Official("the listing was cut short, the newest may be missing".to_owned()));
    }
    let names = tree.tree.iter().map(|entry| entry.path.as_str());
    newest_edition(names)
        .map(str::to_owned)
        .ok_or_else(|| SourceError::Official("the listing names no edition".to_owned()))
}

fn unreachable(error: reqwest::Error) -> SourceError {
    SourceError::Official(error.without_url().to_string())
}

async fn body(mut answer: Response, most: usize) -> Result<Vec<u8>, SourceError> {
    let status = answer.status();
    if !status.is_success() {
        return Err(SourceError::Official(format!("answered {}", status.as_u16())));
    }
    let mut bytes = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(unreachable)? {
        if bytes.len() + piece.len() > most {
            return Err(SourceError::Official(format!("the answer has more than {most} bytes")));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_of_more_than_a_thousand_names_is_found_and_a_cut_listing_is_refused() {
        let names: Vec<String> = (0..1_500)
            .map(|n| format!("2026{:02}{:02}_{:02}00.json", n / 120 % 12 + 1, n % 28 + 1, n % 24))
            .chain(["20260931_9900.json".to_owned(), "README.md".to_owned(), "20261130_1501.json".to_owned()])
            .collect();
        let listing = |truncated: bool| {
            let entries: Vec<_> =
                names.iter().map(|name| format!(r#"{{"path":"{name}","type":"blob"}}"#)).collect();
            format!(r#"{{"sha":"x","tree":[{}],"truncated":{truncated}}}"#, entries.join(",")).into_bytes()
        };
        let newest = newest_in(&listing(false)).unwrap();
        assert!(newest.starts_with("202612"), "{newest}");
        assert!(newest_in(&listing(true)).unwrap_err().to_string().contains("cut short"));
        assert!(newest_in(b"{}").is_err());
    }
}
