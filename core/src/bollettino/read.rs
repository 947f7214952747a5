//! Reading a bulletin in whatever form it comes.

use serde_json::Value;

use super::{
    Bulletin, Edition, Source, Which,
    archive::read_zip,
    cover::{DayRead, Unnamed, cover, zone_list},
    dates::published_in_name,
    dpc_cap::read_cap,
    index::read_index,
    tables::{read_csv, which_in_name},
    topology::read_topology,
};
use crate::cap::{self, decode::decode};

/// Larger files are refused. The largest known form, TopoJSON, has 4 MB; the zip with everything 12 MB.
pub const MOST_BYTES: usize = 48 << 20;

/// Why a file cannot be read as a bulletin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Readable, but not a bulletin.
    #[error("it is no bulletin: {problem}")]
    NotABulletin {
        /// What is missing or wrong.
        problem: String,
    },
    /// Larger than any bulletin (safety rule 9).
    #[error("it has {found} {what}: at most {most} are read")]
    TooLarge {
        /// What there is too much of, with the file in the zip if it is there.
        what: String,
        /// How much.
        found: u64,
        /// How much is read.
        most: u64,
    },
    /// The zip is damaged or encrypted.
    #[error("the zip cannot be read: {problem}")]
    Zip {
        /// What is wrong.
        problem: String,
    },
    /// A file inside the zip cannot be read.
    #[error("the file {name} in the zip: {error}")]
    Entry {
        /// Name of the file.
        name: String,
        /// What is wrong in it.
        error: Box<ReadError>,
    },
    /// The DBF is damaged or has other columns.
    #[error("the DBF cannot be read: {problem}")]
    Dbf {
        /// What is wrong.
        problem: String,
    },
    /// The CSV is damaged.
    #[error("the table cannot be read at line {line}: {problem}")]
    Csv {
        /// Line from 1.
        line: u64,
        /// What is wrong there.
        problem: String,
    },
    /// The JSON is damaged.
    #[error("the JSON cannot be read at line {line}: {problem}")]
    Json {
        /// Line from 1.
        line: usize,
        /// What is wrong there.
        problem: String,
    },
    /// The CAP cannot be read.
    #[error("the CAP cannot be read: {0}")]
    Cap(cap::ParseError),
}

/// Reads a bulletin: official zip, CAP, index JSON, TopoJSON or zone table.
///
/// The form is told by the bytes. `file_name` (without folders) gives what the form itself lacks:
/// the time of publication (`YYYYMMDD_HHMM`), and, for TopoJSON and tables, whether it is of today or tomorrow
/// (`oggi`, `domani`, `today`, `tomorrow`).
///
/// # Errors
/// [`ReadError`]. A zone or a text that is not known is no error: it is unknown in the result.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<Bulletin, ReadError> {
    if bytes.len() > MOST_BYTES {
        return Err(ReadError::TooLarge {
            what: "bytes".to_owned(),
            found: bytes.len() as u64,
            most: MOST_BYTES as u64,
        });
    }
    let mut bulletin =
        if bytes.starts_with(b"PK") { read_zip(file_name, bytes)? } else { read_text(file_name, bytes)? };
    let mut seen = std::collections::HashSet::new();
    bulletin.unresolved.retain(|name| seen.insert(name.clone()));
    Ok(bulletin)
}

fn read_text(file_name: &str, bytes: &[u8]) -> Result<Bulletin, ReadError> {
    let decoded = decode(bytes);
    match decoded.text.trim_start().chars().next() {
        None => Err(ReadError::NotABulletin { problem: "the file is empty".to_owned() }),
        Some('<') => read_cap(file_name, bytes),
        Some('{' | '[') => read_json(file_name, &decoded.text),
        Some(_) => read_table(file_name, &decoded.text),
    }
}

fn read_json(file_name: &str, text: &str) -> Result<Bulletin, ReadError> {
    let is_topology =
        || text.get(..).is_some_and(|text| text.contains("\"Topology\"") && text.contains("\"objects\""));
    if is_topology() {
        return read_topojson(file_name, text);
    }
    let index: Value = serde_json::from_str(text)
        .map_err(|error| ReadError::Json { line: error.line(), problem: error.to_string() })?;
    read_index(file_name, &index)
}

fn read_topojson(file_name: &str, text: &str) -> Result<Bulletin, ReadError> {
    let published = published_in_name(file_name);
    let list = zone_list(None, published);
    let mut unresolved = Vec::new();
    let said = read_topology(text, list, &mut unresolved)?.zones;
    let day = DayRead { which: which_in_name(file_name), day: None, said, unnamed: Unnamed::IsUnknown };
    Ok(Bulletin {
        edition: Edition::Unknown,
        published,
        days: vec![cover(day, published, list)],
        unresolved,
        source: Source::TopoJson,
    })
}

fn read_table(file_name: &str, text: &str) -> Result<Bulletin, ReadError> {
    let in_name = published_in_name(file_name);
    let mut unresolved = Vec::new();
    let list = |in_table| zone_list(None, in_name.or(in_table));
    let table = read_csv(text, list, &mut unresolved)?;
    let published = in_name.or(table.published);
    let list = list(table.published);
    let which = which_in_name(file_name);
    if which == Which::Unsaid && table.zones.is_empty() {
        return Err(ReadError::NotABulletin { problem: "the table has no rows".to_owned() });
    }
    let day = DayRead { which, day: None, said: table.zones, unnamed: Unnamed::IsUnknown };
    Ok(Bulletin {
        edition: Edition::Unknown,
        published,
        days: vec![cover(day, published, list)],
        unresolved,
        source: Source::Csv,
    })
}
