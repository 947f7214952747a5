//! A tree to the model, leniently: by name, in any order, leaving out what cannot be read.

use super::{
    Alert, Area, Certainty, Info, NamedValue, ParseError, Problem, Reference, Resource, Status,
    parse::Limits,
    time::read_time,
    tree::{Node, Ns, Tree},
};
use crate::area::{Circle, Point};

/// An alert and what was guessed or left out in reading it.
pub(super) struct Readings {
    pub(super) alert: Alert,
    pub(super) warnings: Vec<Problem>,
}

/// So many warnings of an alert are listed.
const MOST_WARNINGS: usize = 100;

pub(super) fn read(tree: &Tree, limits: &Limits) -> Result<Readings, ParseError> {
    let mut reader = Reader { tree, limits, points: 0, warnings: Vec::new() };
    let alert = reader.alert()?;
    Ok(Readings { alert, warnings: reader.warnings })
}

/// Children of this name, of whatever namespace CAP could mean.
pub(super) fn cap_children<'t, 'a>(
    tree: &'t Tree<'a>,
    node: &'t Node<'a>,
    name: &'static str,
) -> impl Iterator<Item = &'t Node<'a>> + use<'t, 'a> {
    let alert_ns = tree.root().ns;
    let is_cap = move |ns: Ns| matches!(ns, Ns::Cap(_) | Ns::None) || ns == alert_ns;
    tree.children(node).filter(move |child| child.name == name && is_cap(child.ns))
}

struct Reader<'t, 'a> {
    tree: &'t Tree<'a>,
    limits: &'t Limits,
    points: usize,
    warnings: Vec<Problem>,
}

impl<'t, 'a> Reader<'t, 'a> {
    fn warn(&mut self, path: &str, problem: &str) {
        if self.warnings.len() < MOST_WARNINGS {
            self.warnings.push(Problem { path: path.to_owned(), problem: problem.to_owned() });
        }
    }

    fn all(
        &self,
        node: &'t Node<'a>,
        name: &'static str,
    ) -> impl Iterator<Item = &'t Node<'a>> + use<'t, 'a> {
        cap_children(self.tree, node, name)
    }

    fn texts(&self, node: &'t Node<'a>, name: &'static str) -> impl Iterator<Item = &'t str> + use<'t, 'a> {
        self.all(node, name).map(|child| child.text.trim())
    }

    /// The first text of this name that is not empty.
    fn text(&self, node: &'t Node<'a>, name: &'static str) -> Option<&'t str> {
        self.texts(node, name).find(|text| !text.is_empty())
    }

    fn string(&self, node: &'t Node<'a>, name: &'static str) -> Option<String> {
        self.text(node, name).map(str::to_owned)
    }

    fn words<T>(&self, node: &'t Node<'a>, name: &'static str, read: fn(&str) -> Option<T>) -> Vec<T> {
        self.texts(node, name).filter_map(read).collect()
    }

    fn time(
        &mut self,
        node: &'t Node<'a>,
        name: &'static str,
        path: &str,
    ) -> Option<chrono::DateTime<chrono::FixedOffset>> {
        let text = self.text(node, name)?;
        let read = read_time(text);
        match read {
            None => self.warn(&format!("{path}/{name}"), "not a time that can be read"),
            Some(read) if read.offset_assumed => {
                self.warn(
                    &format!("{path}/{name}"),
                    "no offset from UTC: taken as civil time of Europe/Rome",
                );
            }
            Some(_) => {}
        }
        read.map(|read| read.time)
    }

    fn alert(&mut self) -> Result<Alert, ParseError> {
        let node = self.tree.root();
        let info: Vec<&Node> = self.all(node, "info").collect();
        let mut alert = Alert {
            identifier: self.string(node, "identifier").unwrap_or_default(),
            sender: self.string(node, "sender").unwrap_or_default(),
            sent: self.time(node, "sent", "alert"),
            status: self.status(node),
            msg_type: self.words(node, "msgType", super::MsgType::read).pop(),
            source: self.string(node, "source"),
            scope: self.words(node, "scope", super::Scope::read).pop(),
            restriction: self.string(node, "restriction"),
            addresses: self.string(node, "addresses"),
            code: self.texts(node, "code").filter(|text| !text.is_empty()).map(str::to_owned).collect(),
            note: self.string(node, "note"),
            references: self.texts(node, "references").flat_map(Reference::read_all).collect(),
            incidents: self.string(node, "incidents"),
            info: Vec::with_capacity(info.len()),
        };
        let several = info.len() > 1;
        for (i, info) in info.into_iter().enumerate() {
            let path = if several { format!("alert/info[{}]", i + 1) } else { "alert/info".to_owned() };
            alert.info.push(self.info(info, &path)?);
        }
        Ok(alert)
    }

    /// The status; of several the one that is not Actual, and none if one is not known (safety rule 5).
    fn status(&self, node: &'t Node<'a>) -> Option<Status> {
        let all: Option<Vec<Status>> = self.texts(node, "status").map(Status::read).collect();
        let all = all?;
        all.iter().copied().find(|status| *status != Status::Actual).or(all.first().copied())
    }

    fn info(&mut self, node: &'t Node<'a>, path: &str) -> Result<Info, ParseError> {
        let mut info = Info {
            language: self.string(node, "language"),
            category: self.words(node, "category", super::Category::read),
            event: self.string(node, "event").unwrap_or_default(),
            response_type: self.words(node, "responseType", super::ResponseType::read),
            urgency: self.words(node, "urgency", super::Urgency::read).pop(),
            severity: self.words(node, "severity", super::Severity::read).pop(),
            certainty: self.words(node, "certainty", read_certainty).pop(),
            audience: self.string(node, "audience"),
            event_code: self.named_values(node, "eventCode"),
            effective: self.time(node, "effective", path),
            onset: self.time(node, "onset", path),
            expires: self.time(node, "expires", path),
            sender_name: self.string(node, "senderName"),
            headline: self.string(node, "headline"),
            description: self.string(node, "description"),
            instruction: self.string(node, "instruction"),
            web: self.string(node, "web"),
            contact: self.string(node, "contact"),
            parameter: self.named_values(node, "parameter"),
            resource: self.all(node, "resource").map(|resource| self.resource(resource)).collect(),
            area: Vec::new(),
        };
        let areas: Vec<&Node> = self.all(node, "area").collect();
        for (i, area) in areas.into_iter().enumerate() {
            let path = format!("{path}/area[{}]", i + 1);
            info.area.push(self.area(area, &path)?);
        }
        Ok(info)
    }

    /// `<valueName>`, `<value>`; in CAP 1.0 a text `name=value`.
    fn named_values(&self, node: &'t Node<'a>, name: &'static str) -> Vec<NamedValue> {
        let read = |child: &'t Node<'a>| {
            let (value_name, value) = match (self.text(child, "valueName"), self.text(child, "value")) {
                (None, None) => {
                    let text = child.text.trim();
                    if text.is_empty() {
                        return None;
                    }
                    text.split_once('=').unwrap_or(("", text))
                }
                (name, value) => (name.unwrap_or_default(), value.unwrap_or_default()),
            };
            Some(NamedValue { value_name: value_name.trim().to_owned(), value: value.trim().to_owned() })
        };
        self.all(node, name).filter_map(read).collect()
    }

    fn resource(&self, node: &'t Node<'a>) -> Resource {
        Resource {
            resource_desc: self.string(node, "resourceDesc").unwrap_or_default(),
            mime_type: self.string(node, "mimeType"),
            size_bytes: self.text(node, "size").and_then(|text| text.parse().ok()),
            uri: self.string(node, "uri"),
            deref_uri_chars: self
                .all(node, "derefUri")
                .map(|embedded| embedded.left_out_chars)
                .find(|chars| *chars > 0),
            digest: self.string(node, "digest"),
        }
    }

    fn area(&mut self, node: &'t Node<'a>, path: &str) -> Result<Area, ParseError> {
        let mut polygon = Vec::new();
        for text in self.texts(node, "polygon") {
            match self.ring(text)? {
                Some(ring) => polygon.push(ring),
                None => {
                    self.warn(
                        &format!("{path}/polygon"),
                        "no list of at least three points like 44.65,10.92",
                    );
                }
            }
        }
        let mut circle = Vec::new();
        for text in self.texts(node, "circle") {
            match read_circle(text) {
                Some(read) => circle.push(read),
                None => self.warn(&format!("{path}/circle"), "not a point and a radius like 44.65,10.92 3.5"),
            }
        }
        let number =
            |name| self.text(node, name).and_then(|text| text.parse().ok()).filter(|n: &f64| n.is_finite());
        Ok(Area {
            area_desc: self.string(node, "areaDesc").unwrap_or_default(),
            polygon,
            circle,
            geocode: self.named_values(node, "geocode"),
            altitude: number("altitude"),
            ceiling: number("ceiling"),
        })
    }

    fn ring(&mut self, text: &str) -> Result<Option<Vec<Point>>, ParseError> {
        let (most, left) = (self.limits.polygon_points, self.limits.alert_points - self.points);
        let too_large = |what, found, most| ParseError::TooLarge { what, found, most };
        let ring = read_ring(text, most.min(left)).map_err(|TooManyPoints| {
            if most <= left {
                too_large("points in one polygon", most + 1, most)
            } else {
                too_large("points in one alert", self.limits.alert_points + 1, self.limits.alert_points)
            }
        })?;
        self.points += ring.as_ref().map_or(0, Vec::len);
        Ok(ring)
    }
}

/// A ring has more points than are read.
pub(crate) struct TooManyPoints;

/// The points of a polygon, divided by space, or by space after the comma too;
/// `None` if one of them is none, or there are less than three.
pub(crate) fn read_ring(text: &str, most: usize) -> Result<Option<Vec<Point>>, TooManyPoints> {
    let mut numbers = text.split([' ', '\t', '\n', '\r', ',']).filter(|number| !number.is_empty());
    let mut ring = Vec::new();
    while let Some(lat) = numbers.next() {
        if ring.len() >= most {
            return Err(TooManyPoints);
        }
        let Some(point) = numbers.next().and_then(|lon| read_point(lat, lon)) else { return Ok(None) };
        ring.push(point);
    }
    Ok((ring.len() >= 3).then_some(ring))
}

fn read_certainty(text: &str) -> Option<Certainty> {
    Certainty::read(text)
        .or_else(|| text.trim().eq_ignore_ascii_case("very likely").then_some(Certainty::Likely))
}

fn read_point(lat: &str, lon: &str) -> Option<Point> {
    Point::new(lon.parse().ok()?, lat.parse().ok()?).ok()
}

pub(crate) fn read_circle(text: &str) -> Option<Circle> {
    let mut numbers = text.split([' ', '\t', '\n', ',']).filter(|number| !number.is_empty());
    let point = read_point(numbers.next()?, numbers.next()?)?;
    let radius_km = numbers.next()?.parse().ok()?;
    if numbers.next().is_some() { None } else { Circle::new(point, radius_km).ok() }
}
