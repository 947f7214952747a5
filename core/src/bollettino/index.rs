//! The index JSON of an edition: its kind, its name, and the prose of today and tomorrow.

use serde_json::Value;

use super::{
    Bulletin, Edition, ReadError, Source, Which,
    cover::{complete_days, cover, zone_list},
    dates::{published_in_name, published_in_text},
    prose::Prose,
};
use crate::area::folded;

/// More prose than this is no bulletin: the longest known has some 12,000 characters a day.
const MOST_PROSE_BYTES: usize = 64 << 10;

/// The prose of a day; DPC writes the first.
const PROSE_FIELDS: [&str; 2] = ["html_descrition", "html_description"];

pub(super) fn read_index(file_name: &str, index: &Value) -> Result<Bulletin, ReadError> {
    let text = |field: &str| index.get(field).and_then(Value::as_str).unwrap_or_default();
    let name = text("name");
    let published = published_in_text(name).or_else(|| published_in_name(file_name));
    let mut prose = Vec::new();
    for (which, field) in [(Which::Today, "today"), (Which::Tomorrow, "tomorrow")] {
        let Some(day) = index.get(field).filter(|day| !day.is_null()) else { continue };
        let html =
            PROSE_FIELDS.iter().find_map(|field| day.get(field)).and_then(Value::as_str).unwrap_or_default();
        if html.len() > MOST_PROSE_BYTES {
            let what = if which == Which::Today {
                "bytes of prose for today"
            } else {
                "bytes of prose for tomorrow"
            };
            return Err(ReadError::TooLarge {
                what: what.to_owned(),
                found: html.len() as u64,
                most: MOST_PROSE_BYTES as u64,
            });
        }
        prose.push(Prose::new(which, html));
    }
    if prose.is_empty() {
        return Err(ReadError::NotABulletin {
            problem: "the JSON has neither today nor tomorrow".to_owned(),
        });
    }
    let day_of = |which| prose.iter().find(|prose: &&Prose| prose.which == which).and_then(|prose| prose.day);
    let today = day_of(Which::Today).or_else(|| day_of(Which::Tomorrow).and_then(|day| day.pred_opt()));
    let list = zone_list(today, published);
    let mut unresolved = Vec::new();
    let mut days: Vec<_> = prose.into_iter().map(|prose| prose.read(list, &mut unresolved)).collect();
    complete_days(&mut days);
    Ok(Bulletin {
        edition: edition(text("type"), name),
        published,
        days: days.into_iter().map(|day| cover(day, published, list)).collect(),
        unresolved,
        source: Source::Index,
    })
}

fn edition(kind: &str, name: &str) -> Edition {
    match kind {
        "first" => Edition::First,
        "update" => Edition::Update,
        "errataCorrige" => Edition::ErrataCorrige,
        _ if folded(name).contains("errata") => Edition::ErrataCorrige,
        _ if folded(name).contains("aggiornamento") => Edition::Update,
        _ => Edition::Unknown,
    }
}
