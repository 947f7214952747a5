//! The writer: CAP 1.2 that its XML schema accepts, elements in the order of the standard.

use std::fmt::Write as _;

use chrono::{DateTime, Datelike as _, FixedOffset};

use super::{
    Alert, Area, Info, NamedValue, Resource, Version, datatype::fault, decode::is_xml_char, schema::Kind,
    time::written,
};

/// Why an alert cannot be written as CAP 1.2.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {problem}")]
pub struct WriteError {
    /// The element, such as `alert/info[2]/severity`.
    pub path: String,
    /// What it lacks.
    pub problem: String,
}

/// The alert as a CAP 1.2 document.
///
/// [`super::parse()`] reads it back to the same alert, if texts have no space around (readers drop it)
/// and rings are closed (open ones are closed here).
/// Embedded resources are not written; fractions of seconds are dropped; characters that XML forbids become U+FFFD.
///
/// # Errors
/// The first required part that is missing, or value that CAP 1.2 cannot hold.
pub fn write(alert: &Alert) -> Result<String, WriteError> {
    let mut writer = Writer { out: String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"), depth: 0 };
    writer.out.push_str("<alert xmlns=\"");
    writer.out.push_str(Version::V1_2.namespace());
    writer.out.push_str("\">\n");
    writer.depth = 1;
    writer.alert(alert)?;
    writer.out.push_str("</alert>\n");
    Ok(writer.out)
}

struct Writer {
    out: String,
    depth: usize,
}

fn required<T>(value: Option<T>, path: &str, name: &str) -> Result<T, WriteError> {
    value.ok_or_else(|| WriteError {
        path: format!("{path}/{name}"),
        problem: "required, but missing".to_owned(),
    })
}

fn refused(path: &str, name: &str, problem: impl Into<String>) -> WriteError {
    WriteError { path: format!("{path}/{name}"), problem: problem.into() }
}

impl Writer {
    fn open(&mut self, name: &str) {
        self.indent();
        let _ = writeln!(self.out, "<{name}>");
        self.depth += 1;
    }

    fn close(&mut self, name: &str) {
        self.depth -= 1;
        self.indent();
        let _ = writeln!(self.out, "</{name}>");
    }

    fn indent(&mut self) {
        self.out.extend(std::iter::repeat_n("  ", self.depth));
    }

    fn text(&mut self, name: &str, text: &str) {
        self.indent();
        let _ = write!(self.out, "<{name}>");
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '\r' => self.out.push_str("&#13;"),
                c if is_xml_char(c) => self.out.push(c),
                _ => self.out.push('\u{fffd}'),
            }
        }
        let _ = writeln!(self.out, "</{name}>");
    }

    fn maybe(&mut self, name: &str, text: Option<&String>) {
        if let Some(text) = text {
            self.text(name, text);
        }
    }

    fn checked(
        &mut self,
        path: &str,
        name: &str,
        text: Option<&String>,
        kind: Kind,
    ) -> Result<(), WriteError> {
        if let Some(problem) = text.and_then(|text| fault(kind, text)) {
            return Err(refused(path, name, problem));
        }
        self.maybe(name, text);
        Ok(())
    }

    fn time(
        &mut self,
        path: &str,
        name: &str,
        time: Option<DateTime<FixedOffset>>,
    ) -> Result<(), WriteError> {
        let Some(time) = time else { return Ok(()) };
        if !(1..=9998).contains(&time.year()) {
            return Err(refused(path, name, "the year has not four digits"));
        }
        self.text(name, &written(time));
        Ok(())
    }

    fn alert(&mut self, alert: &Alert) -> Result<(), WriteError> {
        let path = "alert";
        self.text("identifier", &alert.identifier);
        self.text("sender", &alert.sender);
        self.time(path, "sent", Some(required(alert.sent, path, "sent")?))?;
        self.text("status", required(alert.status, path, "status")?.as_str());
        self.text("msgType", required(alert.msg_type, path, "msgType")?.as_str());
        self.maybe("source", alert.source.as_ref());
        self.text("scope", required(alert.scope, path, "scope")?.as_str());
        self.maybe("restriction", alert.restriction.as_ref());
        self.maybe("addresses", alert.addresses.as_ref());
        for code in &alert.code {
            self.text("code", code);
        }
        self.maybe("note", alert.note.as_ref());
        if !alert.references.is_empty() {
            let references: Vec<&str> = alert.references.iter().map(super::Reference::as_str).collect();
            self.text("references", &references.join(" "));
        }
        self.maybe("incidents", alert.incidents.as_ref());
        for (i, info) in alert.info.iter().enumerate() {
            self.open("info");
            self.info(info, &format!("alert/info[{}]", i + 1))?;
            self.close("info");
        }
        Ok(())
    }

    fn info(&mut self, info: &Info, path: &str) -> Result<(), WriteError> {
        self.checked(path, "language", info.language.as_ref(), Kind::Language)?;
        if info.category.is_empty() {
            return Err(refused(path, "category", "required, but missing"));
        }
        for category in &info.category {
            self.text("category", category.as_str());
        }
        self.text("event", &info.event);
        for response_type in &info.response_type {
            self.text("responseType", response_type.as_str());
        }
        self.text("urgency", required(info.urgency, path, "urgency")?.as_str());
        self.text("severity", required(info.severity, path, "severity")?.as_str());
        self.text("certainty", required(info.certainty, path, "certainty")?.as_str());
        self.maybe("audience", info.audience.as_ref());
        self.named_values("eventCode", &info.event_code);
        self.time(path, "effective", info.effective)?;
        self.time(path, "onset", info.onset)?;
        self.time(path, "expires", info.expires)?;
        self.maybe("senderName", info.sender_name.as_ref());
        self.maybe("headline", info.headline.as_ref());
        self.maybe("description", info.description.as_ref());
        self.maybe("instruction", info.instruction.as_ref());
        self.checked(path, "web", info.web.as_ref(), Kind::Uri)?;
        self.maybe("contact", info.contact.as_ref());
        self.named_values("parameter", &info.parameter);
        for resource in &info.resource {
            self.resource(resource, &format!("{path}/resource"))?;
        }
        for area in &info.area {
            self.area(area, &format!("{path}/area"))?;
        }
        Ok(())
    }

    fn named_values(&mut self, name: &str, values: &[NamedValue]) {
        for NamedValue { value_name, value } in values {
            self.open(name);
            self.text("valueName", value_name);
            self.text("value", value);
            self.close(name);
        }
    }

    fn resource(&mut self, resource: &Resource, path: &str) -> Result<(), WriteError> {
        self.open("resource");
        self.text("resourceDesc", &resource.resource_desc);
        self.text("mimeType", required(resource.mime_type.as_ref(), path, "mimeType")?);
        if let Some(size) = resource.size_bytes {
            self.text("size", &size.to_string());
        }
        self.checked(path, "uri", resource.uri.as_ref(), Kind::Uri)?;
        self.maybe("digest", resource.digest.as_ref());
        self.close("resource");
        Ok(())
    }

    fn area(&mut self, area: &Area, path: &str) -> Result<(), WriteError> {
        self.open("area");
        self.text("areaDesc", &area.area_desc);
        for ring in &area.polygon {
            if ring.len() < 3 {
                return Err(refused(path, "polygon", "three points are needed"));
            }
            let closing = ring.first().filter(|first| ring.last() != Some(first));
            let points: Vec<String> =
                ring.iter().chain(closing).map(|point| format!("{},{}", point.lat, point.lon)).collect();
            self.text("polygon", &points.join(" "));
        }
        for circle in &area.circle {
            let centre = circle.centre();
            self.text("circle", &format!("{},{} {}", centre.lat, centre.lon, circle.radius_km()));
        }
        self.named_values("geocode", &area.geocode);
        for (name, height) in [("altitude", area.altitude), ("ceiling", area.ceiling)] {
            if let Some(height) = height {
                if !height.is_finite() {
                    return Err(refused(path, name, "not a number"));
                }
                self.text(name, &height.to_string());
            }
        }
        self.close("area");
        Ok(())
    }
}
