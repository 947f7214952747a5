//! What `inspect cap` prints: the verdict and the model as JSON.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    Alert, Area, Certainty, Info, Limits, MsgType, ParseError, Problem, Severity, Status, Urgency,
    datatype::fault,
    parse::parse_each,
    read::cap_children,
    schema::Kind,
    tree::{Node, Tree},
};

/// A document judged and shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Inspection {
    /// Whether the document is well-formed and each alert in it obeys the XSD of its version.
    pub valid: bool,
    /// What is wrong; empty if valid.
    pub problems: Vec<Problem>,
    /// The alerts in the order of the document.
    pub alerts: Vec<AlertRow>,
}

/// An alert. Times are as they were written if that is the form of CAP 1.2, else RFC 3339.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AlertRow {
    identifier: String,
    sender: String,
    sent: Option<String>,
    status: Option<Status>,
    msg_type: Option<MsgType>,
    references: Vec<String>,
    infos: Vec<InfoRow>,
}

/// An info block.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InfoRow {
    language: Option<String>,
    event: String,
    severity: Option<Severity>,
    urgency: Option<Urgency>,
    certainty: Option<Certainty>,
    onset: Option<String>,
    expires: Option<String>,
    areas: Vec<AreaRow>,
}

/// An area.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AreaRow {
    area_desc: String,
    /// Value by name; a list of values where a name appears more than once.
    geocodes: Map<String, Value>,
    /// Polygons that could be read.
    polygons: usize,
    /// Their points as written, with the closing ones.
    points: usize,
    circles: usize,
}

/// Judges and shows a document.
///
/// # Errors
/// As [`super::parse()`].
pub fn inspect(bytes: &[u8], limits: &Limits) -> Result<Inspection, ParseError> {
    let mut alerts = Vec::new();
    let parsed = parse_each(bytes, limits, |tree, parsed| alerts.push(alert_row(tree, &parsed.alert)))?;
    let problems: Vec<Problem> = parsed.problems().cloned().collect();
    Ok(Inspection { valid: problems.is_empty(), problems, alerts })
}

fn alert_row(tree: &Tree, alert: &Alert) -> AlertRow {
    let node = tree.root();
    let infos = cap_children(tree, node, "info");
    AlertRow {
        identifier: alert.identifier.clone(),
        sender: alert.sender.clone(),
        sent: time(tree, node, "sent", alert.sent),
        status: alert.status,
        msg_type: alert.msg_type,
        references: alert.references.iter().map(|reference| reference.as_str().to_owned()).collect(),
        infos: alert.info.iter().zip(infos).map(|(info, node)| info_row(tree, node, info)).collect(),
    }
}

fn info_row(tree: &Tree, node: &Node, info: &Info) -> InfoRow {
    InfoRow {
        language: info.language.clone(),
        event: info.event.clone(),
        severity: info.severity,
        urgency: info.urgency,
        certainty: info.certainty,
        onset: time(tree, node, "onset", info.onset),
        expires: time(tree, node, "expires", info.expires),
        areas: info.area.iter().map(area_row).collect(),
    }
}

fn area_row(area: &Area) -> AreaRow {
    let mut geocodes: Map<String, Value> = Map::new();
    for code in &area.geocode {
        let value = Value::String(code.value.clone());
        match geocodes.get_mut(&code.value_name) {
            None => drop(geocodes.insert(code.value_name.clone(), value)),
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
    AreaRow {
        area_desc: area.area_desc.clone(),
        geocodes,
        polygons: area.polygon.len(),
        points: area.polygon.iter().map(Vec::len).sum(),
        circles: area.circle.len(),
    }
}

fn time(
    tree: &Tree,
    node: &Node,
    name: &'static str,
    read: Option<chrono::DateTime<chrono::FixedOffset>>,
) -> Option<String> {
    let read = read?;
    let written = cap_children(tree, node, name).map(|child| child.text.trim());
    let as_cap = written.filter(|text| fault(Kind::CapTime, text).is_none()).map(str::to_owned).next();
    Some(as_cap.unwrap_or_else(|| read.to_rfc3339()))
}
