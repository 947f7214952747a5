//! The official zip: a DBF for each day, by zone code, and the CAP beside them; or TopoJSON for each day.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
};

use chrono::{DateTime, FixedOffset, NaiveDate};
use zip::ZipArchive;

use super::{
    Bulletin, Edition, ReadError, Source, Which, ZoneLevels,
    cover::{DayRead, Unnamed, complete_days, cover, zone_list},
    dates::published_in_name,
    dpc_cap,
    tables::{read_dbf, which_in_name},
    topology::read_topology,
};
use crate::{
    alerts::Risk,
    area::{ZoneCode, ZoneList},
    cap::decode::decode,
};

/// Files in the archive.
const MOST_ENTRIES: usize = 500;
/// Unpacked bytes of one file that is read.
const MOST_ENTRY_BYTES: u64 = 32 << 20;
/// Unpacked bytes of all files, read or not. The official one has some 30 MB with its shapefiles.
const MOST_BYTES: u64 = 512 << 20;

/// A day's file in the archive.
struct DayFile {
    which: Which,
    name: String,
    bytes: Vec<u8>,
}

#[derive(Default)]
struct Contents {
    tables: Vec<DayFile>,
    topologies: Vec<DayFile>,
    caps: Vec<Vec<u8>>,
    published: Option<DateTime<FixedOffset>>,
}

pub(super) fn read_zip(file_name: &str, bytes: &[u8]) -> Result<Bulletin, ReadError> {
    let contents = unpack(bytes)?;
    let published = contents.published.or_else(|| published_in_name(file_name));
    let alert = match contents.caps.as_slice() {
        [cap] => match dpc_cap::bulletin_alert(cap) {
            Ok(alert) => Some(alert),
            // A damaged CAP takes the days from the tables, not their levels.
            Err(ReadError::Cap(_)) if !contents.tables.is_empty() => None,
            Err(error) => return Err(error),
        },
        _ => None,
    };
    let published = published.or_else(|| alert.as_ref()?.sent);
    let today = alert.as_ref().and_then(|alert| dpc_cap::today_of(alert, published));
    let list = zone_list(today, published);
    let mut unresolved = Vec::new();
    let mut days = day_files(&contents, list, &mut unresolved)?;
    if let Some(alert) = &alert {
        let cap_days = dpc_cap::days(alert, today, list, &mut unresolved);
        if days.is_empty() {
            days = cap_days;
        } else {
            date(&mut days, today);
            raise(&mut days, &cap_days);
        }
    }
    if days.is_empty() {
        let problem = "the zip holds no table, no TopoJSON and no CAP of a bulletin".to_owned();
        return Err(ReadError::NotABulletin { problem });
    }
    complete_days(&mut days);
    days.sort_by_key(|day| day.which);
    Ok(Bulletin {
        edition: alert.as_ref().map_or(Edition::Unknown, dpc_cap::edition),
        published,
        days: days.into_iter().map(|day| cover(day, published, list)).collect(),
        unresolved,
        source: Source::Zip,
    })
}

fn day_files(
    contents: &Contents,
    list: &ZoneList,
    unresolved: &mut Vec<String>,
) -> Result<Vec<DayRead>, ReadError> {
    let in_entry = |file: &DayFile, error: ReadError| ReadError::Entry {
        name: file.name.clone(),
        error: Box::new(error),
    };
    let mut days: Vec<DayRead> = Vec::new();
    let mut add = |which, said| days.push(DayRead { which, day: None, said, unnamed: Unnamed::IsUnknown });
    for file in &contents.tables {
        let table = read_dbf(&file.bytes, list, unresolved).map_err(|error| in_entry(file, error))?;
        add(file.which, table.zones);
    }
    if contents.tables.is_empty() {
        for file in &contents.topologies {
            let text = decode(&file.bytes).text;
            let read = read_topology(&text, list, unresolved).map_err(|error| in_entry(file, error))?;
            add(file.which, read.zones);
        }
    }
    Ok(days)
}

fn date(days: &mut [DayRead], today: Option<NaiveDate>) {
    for day in days {
        day.day = match day.which {
            Which::Today => today,
            Which::Tomorrow => today.and_then(|today| today.succ_opt()),
            Which::Unsaid => None,
        };
    }
}

/// Where the CAP of the same edition says more than the table, the higher level counts.
fn raise(days: &mut [DayRead], cap_days: &[DayRead]) {
    for cap_day in cap_days {
        let Some(day) = days.iter_mut().find(|day| day.which == cap_day.which) else { continue };
        for (zone, cap_levels) in &cap_day.said {
            let levels: &mut ZoneLevels = entry(&mut day.said, zone);
            for risk in Risk::ALL {
                if cap_levels.get(risk).is_coloured() {
                    levels.raise(risk, cap_levels.get(risk));
                }
            }
        }
    }
}

fn entry<'m>(said: &'m mut BTreeMap<ZoneCode, ZoneLevels>, zone: &ZoneCode) -> &'m mut ZoneLevels {
    said.entry(zone.clone()).or_insert(ZoneLevels::all(crate::alerts::Level::Unknown))
}

fn unpack(bytes: &[u8]) -> Result<Contents, ReadError> {
    let failed = |error: zip::result::ZipError| ReadError::Zip { problem: error.to_string() };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(failed)?;
    if archive.len() > MOST_ENTRIES {
        let found = archive.len() as u64;
        return Err(ReadError::TooLarge {
            what: "files in the zip".to_owned(),
            found,
            most: MOST_ENTRIES as u64,
        });
    }
    let mut contents = Contents::default();
    let mut total = 0_u64;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(failed)?;
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        let (size, is_encrypted, is_file) = (entry.size(), entry.encrypted(), entry.is_file());
        drop(entry);
        total = total.saturating_add(size);
        if total > MOST_BYTES {
            return Err(too_large(&name, total, MOST_BYTES));
        }
        let Some(kind) = kind_of(&name).filter(|_| is_file) else { continue };
        if is_encrypted {
            return Err(ReadError::Zip { problem: format!("the file {} in it is encrypted", cut(&name)) });
        }
        let mut content = Vec::new();
        let entry = archive.by_index(index).map_err(failed)?;
        entry.take(MOST_ENTRY_BYTES + 1).read_to_end(&mut content).map_err(|error| ReadError::Zip {
            problem: format!("the file {} in it cannot be unpacked: {error}", cut(&name)),
        })?;
        if content.len() as u64 > MOST_ENTRY_BYTES {
            return Err(too_large(&name, content.len() as u64, MOST_ENTRY_BYTES));
        }
        contents.published = contents.published.or_else(|| published_in_name(&name));
        let day_file = |bytes| DayFile { which: which_in_name(&name), name: cut(&name), bytes };
        match kind {
            Kind::Table => contents.tables.push(day_file(content)),
            Kind::Topology => contents.topologies.push(day_file(content)),
            Kind::Cap if decode(&content).text.contains("alert") => contents.caps.push(content),
            Kind::Cap => {}
        }
    }
    Ok(contents)
}

fn too_large(name: &str, found: u64, most: u64) -> ReadError {
    ReadError::TooLarge { what: format!("unpacked bytes at {}", cut(name)), found, most }
}

fn cut(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(80).collect()
}

#[derive(Clone, Copy)]
enum Kind {
    Table,
    Topology,
    Cap,
}

/// What a file of the archive is, by its name. Folders do not count.
fn kind_of(name: &str) -> Option<Kind> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name).to_ascii_lowercase();
    let is_day = which_in_name(&name) != Which::Unsaid;
    let (_, extension) = name.rsplit_once('.')?;
    match extension {
        "dbf" if is_day => Some(Kind::Table),
        "json" | "topojson" if is_day => Some(Kind::Topology),
        // Shapefiles carry metadata as .shp.xml.
        "xml" if !name.ends_with(".shp.xml") => Some(Kind::Cap),
        _ => None,
    }
}
