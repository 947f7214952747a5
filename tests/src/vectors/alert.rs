//! Area `alert`: levels and zones of the bulletin, and what a phone does with an alert.
//!
//! The answers about push, sequence, tests and signatures belong in [`answer`] beside the others.

use campanile_core::{
    alerts::Level,
    area::ZoneList,
    assets,
    bollettino::{ZoneLevels, level_of, risks_of, zones_of_line},
};
use chrono::NaiveDate;
use serde_json::Value;

use super::{
    Answer, NoAnswer,
    input::{Input, date, text},
};

pub(super) fn answer(input: &Input) -> Answer {
    let list = assets::zones_on(date(input, "on")?.unwrap_or(NaiveDate::MAX));
    if let Some(zone) = text(input, "zone") {
        Ok(zone_levels(zone, input, list))
    } else if let Some(line) = text(input, "text") {
        let names: Vec<Value> = zones_of_line(line, list)
            .zones
            .iter()
            .filter_map(|code| list.get(code))
            .map(|zone| zone.name.as_str().into())
            .collect();
        Ok(Input::from_iter([("zones".to_owned(), names.into())]))
    } else if let Some(level) = text(input, "text_level") {
        Ok(Input::from_iter([("colour".to_owned(), colour(level_of(level)).into())]))
    } else {
        Err(NoAnswer::NotBuilt("what a phone does with an alert is not asked here yet"))
    }
}

/// The colour as Italian has it beside "colore": masculine, where a level of allerta is feminine.
fn colour(level: Level) -> &'static str {
    match level {
        Level::Verde => "verde",
        Level::Gialla => "giallo",
        Level::Arancione => "arancione",
        Level::Rossa => "rosso",
        Level::Unknown => "unknown",
    }
}

/// Code and levels of a zone from the level texts of a bulletin; unknown where the zone is not of the list.
fn zone_levels(name: &str, input: &Input, list: &ZoneList) -> Input {
    let zone = list.named(name);
    let start = if zone.is_some() { Level::Verde } else { Level::Unknown };
    let mut levels = ZoneLevels::all(start);
    let texts =
        input.get("level_texts").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    for text in texts.filter(|_| zone.is_some()) {
        for risk in risks_of(text) {
            levels.raise(risk, level_of(text));
        }
    }
    Input::from_iter([
        ("code".to_owned(), zone.map_or(Value::Null, |zone| zone.code.as_str().into())),
        ("level".to_owned(), levels.level().as_str().into()),
        ("idraulico".to_owned(), levels.idraulico.as_str().into()),
        ("temporali".to_owned(), levels.temporali.as_str().into()),
        ("idrogeologico".to_owned(), levels.idrogeologico.as_str().into()),
    ])
}
