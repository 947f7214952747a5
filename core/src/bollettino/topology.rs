//! The TopoJSON of one day: levels as properties of each zone, by name. Its outlines are not read.

use std::collections::BTreeMap;

use serde::{Deserialize, de::IgnoredAny};
use serde_json::{Map, Value};

use super::{ReadError, ZoneLevels, levels::level_of};
use crate::{
    alerts::{Level, Risk},
    area::{ZoneCode, ZoneList, folded},
};

/// Zones of one file.
const MOST_ZONES: usize = 5_000;

#[derive(Deserialize)]
struct TopologyWire {
    objects: BTreeMap<String, ObjectWire>,
    /// Whole or delta-coded with a transform: the outlines are passed over either way.
    #[serde(rename = "arcs")]
    _arcs: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct ObjectWire {
    #[serde(default)]
    geometries: Vec<GeometryWire>,
    properties: Option<Map<String, Value>>,
}

#[derive(Deserialize)]
struct GeometryWire {
    properties: Option<Map<String, Value>>,
}

/// What the TopoJSON of one day says.
#[derive(Debug, Default)]
pub(super) struct TopologyRead {
    pub(super) zones: BTreeMap<ZoneCode, ZoneLevels>,
}

pub(super) fn read_topology(
    text: &str,
    list: &ZoneList,
    unresolved: &mut Vec<String>,
) -> Result<TopologyRead, ReadError> {
    let topology: TopologyWire = serde_json::from_str(text)
        .map_err(|error| ReadError::Json { line: error.line(), problem: error.to_string() })?;
    let objects = topology.objects.into_values();
    let properties = objects.flat_map(|object| {
        object
            .properties
            .into_iter()
            .chain(object.geometries.into_iter().filter_map(|geometry| geometry.properties))
    });
    let mut read = TopologyRead::default();
    let mut number = 0_usize;
    for properties in properties {
        let Some(name) = property(&properties, &["nome zona", "nome_zona", "zona_all", "zona"]) else {
            continue;
        };
        number += 1;
        if number > MOST_ZONES {
            return Err(ReadError::TooLarge {
                what: "zones".to_owned(),
                found: number as u64,
                most: MOST_ZONES as u64,
            });
        }
        let zone = name.parse::<ZoneCode>().ok().filter(|code| list.get(code).is_some());
        let Some(code) = zone.or_else(|| list.named(&name).map(|zone| zone.code.clone())) else {
            unresolved.push(name);
            continue;
        };
        let levels = read.zones.entry(code).or_insert(ZoneLevels::all(Level::Verde));
        for (risk, fields) in [
            (Risk::Idraulico, ["per rischio idraulico", "idraulico"]),
            (Risk::Temporali, ["per rischio temporali", "temporali"]),
            (Risk::Idrogeologico, ["per rischio idrogeologico", "idrogeo"]),
        ] {
            levels.raise(risk, level_of(&property(&properties, &fields).unwrap_or_default()));
        }
    }
    if number == 0 {
        return Err(ReadError::NotABulletin { problem: "no object of the TopoJSON names a zone".to_owned() });
    }
    Ok(read)
}

/// The first of these properties that is a text; case and accents of names do not count.
fn property(properties: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        let value = properties.iter().find(|(key, _)| folded(key) == *name)?.1;
        value.as_str().map(|text| text.trim().to_owned())
    })
}
