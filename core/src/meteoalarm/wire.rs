//! The JSON of MeteoAlarm, and from it to the words of CAP.

use chrono::{DateTime, FixedOffset};
use serde::Deserialize;

use crate::{
    area::{Circle, MOST_POINTS, Point},
    cap::{
        Alert, Area, Category, Certainty, Info, MsgType, NamedValue, Reference, ResponseType, Scope,
        Severity, Status, Urgency,
        read::{read_circle, read_ring},
        time::read_time,
    },
};

/// A feed, or a single warning, which stands where a feed would.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Feed {
    Several { warnings: Vec<Entry> },
    One(Box<Entry>),
}

impl Feed {
    pub(super) fn warnings(self) -> Vec<Entry> {
        match self {
            Self::Several { warnings } => warnings,
            Self::One(entry) => vec![*entry],
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Entry {
    pub(super) uuid: Option<String>,
    pub(super) alert: AlertWire,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AlertWire {
    identifier: Option<String>,
    sender: Option<String>,
    sent: Option<String>,
    status: Option<String>,
    msg_type: Option<String>,
    source: Option<String>,
    scope: Option<String>,
    restriction: Option<String>,
    addresses: Option<String>,
    #[serde(default)]
    code: Vec<String>,
    note: Option<String>,
    references: Option<String>,
    incidents: Option<String>,
    #[serde(default)]
    info: Vec<InfoWire>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct InfoWire {
    language: Option<String>,
    #[serde(default)]
    category: Vec<String>,
    event: Option<String>,
    #[serde(default)]
    response_type: Vec<String>,
    urgency: Option<String>,
    severity: Option<String>,
    certainty: Option<String>,
    audience: Option<String>,
    #[serde(default)]
    event_code: Vec<NamedValueWire>,
    effective: Option<String>,
    onset: Option<String>,
    expires: Option<String>,
    sender_name: Option<String>,
    headline: Option<String>,
    description: Option<String>,
    instruction: Option<String>,
    web: Option<String>,
    contact: Option<String>,
    #[serde(default)]
    parameter: Vec<NamedValueWire>,
    #[serde(default)]
    area: Vec<AreaWire>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NamedValueWire {
    value_name: Option<String>,
    value: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AreaWire {
    area_desc: Option<String>,
    #[serde(default)]
    polygon: Vec<String>,
    #[serde(default)]
    circle: Vec<String>,
    #[serde(default)]
    geocode: Vec<NamedValueWire>,
}

/// A text without space around; none if nothing is left.
fn text(found: Option<String>) -> Option<String> {
    found.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn time(found: Option<&String>) -> Option<DateTime<FixedOffset>> {
    read_time(found?).map(|read| read.time)
}

fn words<T>(found: &[String], read: fn(&str) -> Option<T>) -> Vec<T> {
    found.iter().filter_map(|word| read(word)).collect()
}

fn word<T>(found: Option<String>, read: fn(&str) -> Option<T>) -> Option<T> {
    found.and_then(|word| read(&word))
}

fn named_values(found: Vec<NamedValueWire>) -> Vec<NamedValue> {
    let value = |wire: NamedValueWire| NamedValue {
        value_name: text(wire.value_name).unwrap_or_default(),
        value: text(wire.value).unwrap_or_default(),
    };
    found.into_iter().map(value).collect()
}

impl AlertWire {
    pub(super) fn into_alert(self) -> Alert {
        Alert {
            identifier: text(self.identifier).unwrap_or_default(),
            sender: text(self.sender).unwrap_or_default(),
            sent: time(self.sent.as_ref()),
            status: word(self.status, Status::read),
            msg_type: word(self.msg_type, MsgType::read),
            source: text(self.source),
            scope: word(self.scope, Scope::read),
            restriction: text(self.restriction),
            addresses: text(self.addresses),
            code: self.code,
            note: text(self.note),
            references: self.references.map(|text| Reference::read_all(&text)).unwrap_or_default(),
            incidents: text(self.incidents),
            info: self.info.into_iter().map(InfoWire::into_info).collect(),
        }
    }
}

impl InfoWire {
    fn into_info(self) -> Info {
        Info {
            language: text(self.language),
            category: words(&self.category, Category::read),
            event: text(self.event).unwrap_or_default(),
            response_type: words(&self.response_type, ResponseType::read),
            urgency: word(self.urgency, Urgency::read),
            severity: word(self.severity, Severity::read),
            certainty: word(self.certainty, Certainty::read),
            audience: text(self.audience),
            event_code: named_values(self.event_code),
            effective: time(self.effective.as_ref()),
            onset: time(self.onset.as_ref()),
            expires: time(self.expires.as_ref()),
            sender_name: text(self.sender_name),
            headline: text(self.headline),
            description: text(self.description),
            instruction: text(self.instruction),
            web: text(self.web),
            contact: text(self.contact),
            parameter: named_values(self.parameter),
            resource: Vec::new(),
            area: self.area.into_iter().map(AreaWire::into_area).collect(),
        }
    }
}

impl AreaWire {
    fn into_area(self) -> Area {
        let ring = |text: &String| -> Option<Vec<Point>> { read_ring(text, MOST_POINTS).ok().flatten() };
        Area {
            area_desc: text(self.area_desc).unwrap_or_default(),
            polygon: self.polygon.iter().filter_map(ring).collect(),
            circle: self.circle.iter().filter_map(|text| -> Option<Circle> { read_circle(text) }).collect(),
            geocode: named_values(self.geocode),
            altitude: None,
            ceiling: None,
        }
    }
}
