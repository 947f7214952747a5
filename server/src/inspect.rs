//! `campanile-server inspect`: shows what the core reads in a file, as JSON.

use std::{fs, io::Read as _, path::Path};

use campanile_core::{bollettino, cap};

/// Files above this are not even read.
const MOST_BYTES: u64 = 64 << 20;

/// Why a file cannot be shown. One sentence that names the file, the cause and what to do.
#[derive(Debug, thiserror::Error)]
pub enum InspectError {
    /// The file cannot be opened or read.
    #[error("failed to read {path}: {error}")]
    File {
        /// The file as it was named.
        path: String,
        /// What the operating system says.
        error: std::io::Error,
    },
    /// The file is far larger than any message.
    #[error("failed to read {path}: it is larger than {} MiB, which no bulletin and no CAP message is", MOST_BYTES >> 20)]
    TooLarge {
        /// The file as it was named.
        path: String,
    },
    /// Not CAP.
    #[error("failed to read {path} as CAP: {error}")]
    Cap {
        /// The file as it was named.
        path: String,
        /// What is wrong in it.
        error: cap::ParseError,
    },
    /// Not a bulletin.
    #[error("failed to read {path} as a bulletin: {error}")]
    Bulletin {
        /// The file as it was named.
        path: String,
        /// What is wrong in it.
        error: bollettino::ReadError,
    },
    /// The answer cannot be written as JSON.
    #[error("failed to write the answer as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// The CAP verdict and model of a file, as JSON in one line.
pub fn inspect_cap(path: &Path) -> Result<String, InspectError> {
    let bytes = read(path)?;
    let inspection = cap::inspect::inspect(&bytes, &cap::Limits::default())
        .map_err(|error| InspectError::Cap { path: path.display().to_string(), error })?;
    Ok(serde_json::to_string(&inspection)?)
}

/// Days, zones and levels of a bulletin, as JSON in one line.
pub fn inspect_bulletin(path: &Path) -> Result<String, InspectError> {
    let bytes = read(path)?;
    let file_name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let inspection = bollettino::inspect::inspect(&file_name, &bytes)
        .map_err(|error| InspectError::Bulletin { path: path.display().to_string(), error })?;
    Ok(serde_json::to_string(&inspection)?)
}

fn read(path: &Path) -> Result<Vec<u8>, InspectError> {
    let named = || path.display().to_string();
    let failed = |error| InspectError::File { path: named(), error };
    let mut bytes = Vec::new();
    fs::File::open(path).map_err(failed)?.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MOST_BYTES { Err(InspectError::TooLarge { path: named() }) } else { Ok(bytes) }
}
