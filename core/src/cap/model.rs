//! An alert in CAP's own words.

use chrono::{DateTime, FixedOffset};

use super::{Category, Certainty, MsgType, ResponseType, Scope, Severity, Status, Urgency, time::read_time};
use crate::area::{Circle, GeometryError, Point, Polygon};

/// A CAP message.
///
/// Texts are without surrounding space. Parts that the standard requires are `None` or empty
/// where an emitter left them out or wrote what cannot be read.
/// Source: CAP 1.2 §3.2.1.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Alert {
    /// Names the message, unique for the sender.
    pub identifier: String,
    /// Names the originator, such as an e-mail address or an OID.
    pub sender: String,
    /// When it was sent.
    pub sent: Option<DateTime<FixedOffset>>,
    /// Actual, Exercise, Test and so on. `None` is not to be taken for Actual.
    pub status: Option<Status>,
    /// Alert, Update, Cancel and so on.
    pub msg_type: Option<MsgType>,
    /// Where the information comes from.
    pub source: Option<String>,
    /// For whom it is meant.
    pub scope: Option<Scope>,
    /// Rule of a restricted message.
    pub restriction: Option<String>,
    /// Recipients of a private message, divided by space.
    pub addresses: Option<String>,
    /// Codes for special handling.
    pub code: Vec<String>,
    /// Purpose of the message.
    pub note: Option<String>,
    /// The messages it updates, cancels or answers.
    pub references: Vec<Reference>,
    /// Names of incidents, divided by space.
    pub incidents: Option<String>,
    /// What is said, once per language, or once per phase or area.
    pub info: Vec<Info>,
}

/// A message referred to: `sender,identifier,sent`, kept as it was written.
///
/// Source: CAP 1.2 §3.2.1 references.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reference(String);

impl Reference {
    /// The reference to a message.
    pub fn to(sender: &str, identifier: &str, sent: DateTime<FixedOffset>) -> Self {
        Self(format!("{sender},{identifier},{}", super::time::written(sent)))
    }

    /// The references of a text, divided by space. An identifier may hold spaces:
    /// a reference goes on until a word ends with a time, and words that never do stand alone.
    pub(crate) fn read_all(text: &str) -> Vec<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut references = Vec::new();
        let mut start = 0;
        while start < words.len() {
            let ends = |word: &&str| word.rsplit_once(',').is_some_and(|(_, sent)| read_time(sent).is_some());
            // A whole reference in one word is the rule; only a word without a time looks ahead, and not far.
            let length = words.iter().skip(start).take(8).position(ends).map_or(1, |end| end + 1);
            let whole = words.iter().skip(start).take(length).copied().collect::<Vec<_>>().join(" ");
            let length = if whole.matches(',').count() == 2 { length } else { 1 };
            let reference = words.iter().skip(start).take(length).copied().collect::<Vec<_>>().join(" ");
            references.push(Self(reference));
            start += length;
        }
        references
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn parts(&self) -> Option<(&str, &str, &str)> {
        let (sender, rest) = self.0.split_once(',')?;
        let (identifier, sent) = rest.rsplit_once(',')?;
        Some((sender.trim(), identifier.trim(), sent.trim()))
    }

    /// Sender of the message referred to; `None` if the reference is not of three parts.
    pub fn sender(&self) -> Option<&str> {
        self.parts().map(|parts| parts.0)
    }

    /// Identifier of the message referred to; the whole text if the reference is not of three parts.
    pub fn identifier(&self) -> &str {
        self.parts().map_or(&self.0, |parts| parts.1)
    }

    /// When the message referred to was sent.
    pub fn sent(&self) -> Option<DateTime<FixedOffset>> {
        self.parts().and_then(|parts| read_time(parts.2)).map(|read| read.time)
    }
}

/// A name and a value, as in eventCode, parameter and geocode.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NamedValue {
    /// Name of the system of codes, such as `Zona di Allerta`, `EMMA_ID`, `SAME`.
    pub value_name: String,
    /// The value.
    pub value: String,
}

/// What a message says, in one language.
///
/// Source: CAP 1.2 §3.2.2.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Info {
    /// RFC 3066 code; `None` stands for en-US ([`Info::language_code`]).
    pub language: Option<String>,
    /// What kinds of event.
    pub category: Vec<Category>,
    /// The event, such as "Temporali".
    pub event: String,
    /// What to do.
    pub response_type: Vec<ResponseType>,
    /// How soon.
    pub urgency: Option<Urgency>,
    /// How bad.
    pub severity: Option<Severity>,
    /// How sure.
    pub certainty: Option<Certainty>,
    /// Who is meant.
    pub audience: Option<String>,
    /// Codes of the event.
    pub event_code: Vec<NamedValue>,
    /// From when the information holds; `None` stands for `sent`.
    pub effective: Option<DateTime<FixedOffset>>,
    /// When the event is expected to begin.
    pub onset: Option<DateTime<FixedOffset>>,
    /// Until when the information holds.
    pub expires: Option<DateTime<FixedOffset>>,
    /// The originator for people.
    pub sender_name: Option<String>,
    /// Headline.
    pub headline: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// What people should do.
    pub instruction: Option<String>,
    /// Page with more.
    pub web: Option<String>,
    /// Whom to ask.
    pub contact: Option<String>,
    /// Further values.
    pub parameter: Vec<NamedValue>,
    /// Pictures, sounds and so on.
    pub resource: Vec<Resource>,
    /// Where. Empty means that nobody is concerned (safety rule 8).
    pub area: Vec<Area>,
}

impl Info {
    /// The language, en-US where none is given (CAP 1.2 §3.2.2).
    pub fn language_code(&self) -> &str {
        self.language.as_deref().unwrap_or("en-US")
    }
}

/// Something to look at or listen to.
///
/// Source: CAP 1.2 §3.2.3.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resource {
    /// What it is.
    pub resource_desc: String,
    /// MIME type.
    pub mime_type: Option<String>,
    /// Size in bytes, as the emitter says.
    pub size_bytes: Option<u64>,
    /// Where it lies.
    pub uri: Option<String>,
    /// Length of the base64 text that was embedded, in characters. The text itself is not kept and not written.
    pub deref_uri_chars: Option<usize>,
    /// SHA-1 as the emitter says.
    pub digest: Option<String>,
}

/// Where an event is.
///
/// Source: CAP 1.2 §3.2.4.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Area {
    /// The area in words.
    pub area_desc: String,
    /// Outer rings as they were written: the closing point is there if the emitter gave it. See [`Area::shapes`].
    pub polygon: Vec<Vec<Point>>,
    /// Circles.
    pub circle: Vec<Circle>,
    /// Codes of the area by the name of their system.
    pub geocode: Vec<NamedValue>,
    /// Lowest height or only height, feet above sea level.
    pub altitude: Option<f64>,
    /// Greatest height, feet above sea level.
    pub ceiling: Option<f64>,
}

impl Area {
    /// The polygons as shapes to match places with.
    ///
    /// # Errors
    /// The first ring that is none: less than three different points, or too many.
    pub fn shapes(&self) -> Result<Vec<Polygon>, GeometryError> {
        self.polygon.iter().map(|ring| Polygon::new(vec![ring.clone()])).collect()
    }

    /// Values of the geocodes of this name; case does not count.
    pub fn geocodes<'a>(&'a self, value_name: &'a str) -> impl Iterator<Item = &'a str> {
        self.geocode
            .iter()
            .filter(move |code| code.value_name.eq_ignore_ascii_case(value_name))
            .map(|code| code.value.as_str())
    }
}
