//! Tables of one day with a row for each zone: the DBF of the official zip, and CSV.

use std::{collections::BTreeMap, io::Cursor};

use chrono::{DateTime, FixedOffset};
use dbase::{FieldValue, ReaderBuilder, encoding::UnicodeLossy};

use super::{ReadError, Which, ZoneLevels, levels::level_of};
use crate::{
    alerts::{Level, Risk},
    area::{ZoneCode, ZoneList},
};

/// Rows of a table; the largest known has one for each comune of Italy.
const MOST_ROWS: usize = 20_000;

/// What a table says.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) zones: BTreeMap<ZoneCode, ZoneLevels>,
    /// When it says to be published, if it has a column for it.
    pub(super) published: Option<DateTime<FixedOffset>>,
}

impl Table {
    /// Adds a row. Rows of one zone add up to the highest level of each risk.
    fn add(&mut self, code: &str, texts: [(Risk, &str); 3], list: &ZoneList, unresolved: &mut Vec<String>) {
        let code = code.trim();
        if code.is_empty() {
            return;
        }
        let Ok(code) = code.parse::<ZoneCode>() else {
            unresolved.push(code.to_owned());
            return;
        };
        if list.get(&code).is_none() {
            unresolved.push(code.to_string());
        }
        let levels = self.zones.entry(code).or_insert(ZoneLevels::all(Level::Verde));
        for (risk, text) in texts {
            levels.raise(risk, level_of(text));
        }
    }
}

/// Which day a table is of, from its file name.
pub(super) fn which_in_name(file_name: &str) -> Which {
    let name = file_name.to_ascii_lowercase();
    match (
        name.contains("oggi") || name.contains("today"),
        name.contains("domani") || name.contains("tomorrow"),
    ) {
        (true, false) => Which::Today,
        (false, true) => Which::Tomorrow,
        _ => Which::Unsaid,
    }
}

/// Reads a DBF with the columns Zona_all, Idrogeo, Temporali, Idraulico.
pub(super) fn read_dbf(
    bytes: &[u8],
    list: &ZoneList,
    unresolved: &mut Vec<String>,
) -> Result<Table, ReadError> {
    let failed = |error: dbase::Error| ReadError::Dbf { problem: error.to_string() };
    let mut reader =
        ReaderBuilder::new().with_encoding(UnicodeLossy).build(Cursor::new(bytes)).map_err(failed)?;
    let column = |name: &str| {
        reader
            .fields()
            .iter()
            .map(|field| field.name().to_owned())
            .find(|field| field.eq_ignore_ascii_case(name))
            .ok_or_else(|| ReadError::Dbf { problem: format!("the column {name} is missing") })
    };
    let columns = [column("Zona_all")?, column("Idraulico")?, column("Temporali")?, column("Idrogeo")?];
    let mut table = Table::default();
    for (number, record) in reader.iter_records().enumerate() {
        if number >= MOST_ROWS {
            return Err(ReadError::TooLarge {
                what: "rows".to_owned(),
                found: MOST_ROWS as u64 + 1,
                most: MOST_ROWS as u64,
            });
        }
        let record = record.map_err(failed)?;
        let text = |column: &String| match record.get(column) {
            Some(FieldValue::Character(Some(text))) => text.as_str(),
            _ => "",
        };
        let [code, idraulico, temporali, idrogeologico] = columns.each_ref().map(text);
        let texts = [
            (Risk::Idraulico, idraulico),
            (Risk::Temporali, temporali),
            (Risk::Idrogeologico, idrogeologico),
        ];
        table.add(code, texts, list, unresolved);
    }
    Ok(table)
}

/// Reads a CSV with the columns zona_codice, avviso_idraulico, avviso_temporali, avviso_idrogeologico.
/// `list` gives the zones in force from the time that the table itself says.
pub(super) fn read_csv<'l>(
    text: &str,
    list: impl FnOnce(Option<DateTime<FixedOffset>>) -> &'l ZoneList,
    unresolved: &mut Vec<String>,
) -> Result<Table, ReadError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let failed = |error: csv::Error| ReadError::Csv {
        line: error.position().map_or(1, csv::Position::line),
        problem: error.to_string(),
    };
    let header = reader.headers().map_err(failed)?.clone();
    let place = |name: &str| header.iter().position(|column| column.trim().eq_ignore_ascii_case(name));
    let column = |name: &str| {
        place(name)
            .ok_or_else(|| ReadError::NotABulletin { problem: format!("the table has no column {name}") })
    };
    let columns = [
        column("zona_codice")?,
        column("avviso_idraulico")?,
        column("avviso_temporali")?,
        column("avviso_idrogeologico")?,
    ];
    let published_column = place("data_pubblicazione");
    let mut rows = Vec::new();
    let mut published = None;
    for row in reader.records() {
        let row = row.map_err(failed)?;
        if rows.len() >= MOST_ROWS {
            return Err(ReadError::TooLarge {
                what: "rows".to_owned(),
                found: MOST_ROWS as u64 + 1,
                most: MOST_ROWS as u64,
            });
        }
        published =
            published.or_else(|| DateTime::parse_from_rfc3339(row.get(published_column?)?.trim()).ok());
        rows.push(row);
    }
    let mut table = Table { published, ..Table::default() };
    let list = list(published);
    for row in &rows {
        let [code, idraulico, temporali, idrogeologico] =
            columns.map(|column| row.get(column).unwrap_or_default());
        let texts = [
            (Risk::Idraulico, idraulico),
            (Risk::Temporali, temporali),
            (Risk::Idrogeologico, idrogeologico),
        ];
        table.add(code, texts, list, unresolved);
    }
    Ok(table)
}
