//! A draft for `campanile-sign`: an alert written in JSON, fitted, as the very bytes that officers will sign.
//!
//! The form uses CAP's names. It is described in docs/operations.md, an example lies in assets/demo/alert.json.
//! The server never signs it.

use campanile_core::{
    area::{AreaKey, Point, Polygon},
    notice::{
        self, AlertNotice, Area, Certainty, Circle, Environment, FitError, Fitted, MsgType, Purpose,
        Reference, Severity, Status, Text, Urgency, fit,
    },
    trust::{SignedItem, persons_needed, sha256},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// Why no draft can be made.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// The JSON does not have the documented form.
    #[error("the alert cannot be read at line {line}, column {column}: {problem}")]
    Form {
        /// Line from 1.
        line: usize,
        /// Column from 1.
        column: usize,
        /// What is wrong there.
        problem: String,
    },
    /// A field has a value that makes no sense.
    #[error("{field}: {problem}")]
    Field {
        /// Such as `area.polygons[0]`.
        field: String,
        /// What is wrong with it.
        problem: String,
    },
    /// It cannot be made short enough, or lacks area or words.
    #[error(transparent)]
    Fit(#[from] FitError),
}

fn field(field: impl Into<String>, problem: impl std::fmt::Display) -> DraftError {
    DraftError::Field { field: field.into(), problem: problem.to_string() }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct AlertJson {
    town: String,
    environment: Environment,
    id: Option<String>,
    /// An exercise unless somebody chose otherwise.
    #[serde(default = "exercise")]
    status: Status,
    #[serde(default = "alert")]
    msg_type: MsgType,
    #[serde(default)]
    purpose: Purpose,
    onset: Option<DateTime<Utc>>,
    expires: DateTime<Utc>,
    severity: Severity,
    urgency: Urgency,
    certainty: Certainty,
    #[serde(default)]
    hazard: String,
    area: AreaJson,
    texts: Vec<TextJson>,
}

fn exercise() -> Status {
    Status::Exercise
}

fn alert() -> MsgType {
    MsgType::Alert
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AreaJson {
    keys: Vec<AreaKey>,
    /// Coordinates of a GeoJSON Polygon each: rings of longitude and latitude.
    #[serde(default)]
    polygons: Vec<Vec<Vec<[f64; 2]>>>,
    #[serde(default)]
    circles: Vec<CircleJson>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CircleJson {
    lon: f64,
    lat: f64,
    radius_m: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct TextJson {
    language: String,
    event: String,
    headline: String,
    #[serde(default)]
    description: String,
    instruction: String,
    area_desc: String,
    sender_name: String,
}

/// The alert that `json` describes, fitted into a push, dated `now`.
///
/// `refers_to` are the signed items or drafts that it changes. `unique` goes into the id if the JSON gives none.
///
/// Errors: [`DraftError`], which names the place.
pub fn draft(
    json: &[u8],
    refers_to: &[Vec<u8>],
    now: DateTime<Utc>,
    unique: [u8; 2],
) -> Result<Fitted, DraftError> {
    let written: AlertJson = serde_json::from_slice(json).map_err(|error| DraftError::Form {
        line: error.line(),
        column: error.column(),
        problem: error.to_string(),
    })?;
    let references = refers_to.iter().map(|bytes| reference(bytes)).collect::<Result<Vec<_>, _>>()?;
    if written.expires <= now {
        return Err(field("expires", "it is over already; give a time to come"));
    }
    if references.is_empty() != (written.msg_type == MsgType::Alert) {
        return Err(field("msgType", "an Alert refers to nothing, an Update or Cancel to what it changes"));
    }
    let polygons = written
        .area
        .polygons
        .iter()
        .enumerate()
        .map(|(index, rings)| polygon(rings).map_err(|error| field(format!("area.polygons[{index}]"), error)))
        .collect::<Result<Vec<_>, _>>()?;
    let circles = written
        .area
        .circles
        .iter()
        .enumerate()
        .map(|(index, written)| {
            circle(written).map_err(|error| field(format!("area.circles[{index}]"), error))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let id = written.id.unwrap_or_else(|| {
        let local = campanile_core::calendar::local_time(now);
        format!("{}-{}-{}", written.town, local.format("%Y%m%d-%H%M"), hex::encode(unique))
    });
    let notice = AlertNotice {
        version: notice::VERSION,
        town: written.town,
        environment: written.environment,
        id,
        status: written.status,
        msg_type: written.msg_type,
        purpose: written.purpose,
        references,
        sent: now,
        onset: written.onset,
        expires: written.expires,
        severity: written.severity,
        urgency: written.urgency,
        certainty: written.certainty,
        hazard: written.hazard,
        area: Area { keys: written.area.keys, polygons: Vec::new(), circles },
        texts: written.texts.into_iter().map(text).collect(),
        cap_sha256: None,
    };
    let signers = persons_needed(&notice, None);
    Ok(fit(notice, &polygons, signers.into())?)
}

fn reference(bytes: &[u8]) -> Result<Reference, DraftError> {
    let payload = SignedItem::decode(bytes).map_or_else(|_bare| bytes.to_vec(), |item| item.payload);
    let earlier: AlertNotice =
        notice::decode(&payload).map_err(|refusal| field("what the draft refers to", refusal))?;
    Ok(Reference { id: earlier.id, sha256: sha256(&payload).into() })
}

fn polygon(rings: &[Vec<[f64; 2]>]) -> Result<Polygon, campanile_core::area::GeometryError> {
    let ring = |ring: &Vec<[f64; 2]>| ring.iter().map(|[lon, lat]| Point::new(*lon, *lat)).collect();
    Polygon::new(rings.iter().map(ring).collect::<Result<_, _>>()?)
}

#[expect(clippy::cast_possible_truncation, reason = "a point on the globe is at most 180 degrees")]
fn circle(written: &CircleJson) -> Result<Circle, campanile_core::area::GeometryError> {
    let centre = Point::new(written.lon, written.lat)?;
    campanile_core::area::Circle::new(centre, f64::from(written.radius_m) / 1e3)?;
    let e5 = |degrees: f64| (degrees * 1e5).round() as i32;
    Ok(Circle { lon_e5: e5(written.lon), lat_e5: e5(written.lat), radius_m: written.radius_m })
}

fn text(written: TextJson) -> Text {
    Text {
        language: written.language,
        event: written.event,
        headline: written.headline,
        description: written.description,
        instruction: written.instruction,
        area_desc: written.area_desc,
        sender_name: written.sender_name,
    }
}

#[cfg(test)]
mod tests;
