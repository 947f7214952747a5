//! The XML schemas of CAP as tables: which elements, in which order, how often, of which type.
//!
//! Source: OASIS cap10.xsd, cap11.xsd, cap12.xsd.

use super::Version;

/// What an element may hold.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// xs:string, and the lists of strings of CAP 1.0: any text.
    Text,
    /// xs:string of a list of words.
    OneOf(&'static [&'static str]),
    /// xs:dateTime in the narrower form of CAP 1.2.
    CapTime,
    /// xs:dateTime.
    Time,
    /// xs:language, with a default, so that an empty element is allowed.
    Language,
    /// xs:anyURI.
    Uri,
    /// xs:integer.
    Integer,
    /// xs:decimal.
    Decimal,
    /// Elements, in this order.
    Elements(&'static [Part]),
}

/// A place in a sequence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) is_required: bool,
    pub(super) is_repeated: bool,
}

const fn one(name: &'static str, kind: Kind) -> Part {
    Part { name, kind, is_required: true, is_repeated: false }
}

const fn maybe(name: &'static str, kind: Kind) -> Part {
    Part { name, kind, is_required: false, is_repeated: false }
}

const fn any(name: &'static str, kind: Kind) -> Part {
    Part { name, kind, is_required: false, is_repeated: true }
}

const fn some(name: &'static str, kind: Kind) -> Part {
    Part { name, kind, is_required: true, is_repeated: true }
}

use Kind::{CapTime, Decimal, Elements, Integer, Language, OneOf, Text, Time, Uri};

const STATUS: Kind = OneOf(&["Actual", "Exercise", "System", "Test", "Draft"]);
const STATUS_1_0: Kind = OneOf(&["Actual", "Exercise", "System", "Test"]);
const MSG_TYPE: Kind = OneOf(&["Alert", "Update", "Cancel", "Ack", "Error"]);
const SCOPE: Kind = OneOf(&["Public", "Restricted", "Private"]);
const CATEGORY: Kind = OneOf(&[
    "Geo",
    "Met",
    "Safety",
    "Security",
    "Rescue",
    "Fire",
    "Health",
    "Env",
    "Transport",
    "Infra",
    "CBRNE",
    "Other",
]);
const CATEGORY_1_0: Kind = OneOf(&[
    "Geo",
    "Met",
    "Safety",
    "Security",
    "Rescue",
    "Fire",
    "Health",
    "Env",
    "Transport",
    "Infra",
    "Other",
]);
const RESPONSE_TYPE: Kind =
    OneOf(&["Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None"]);
const RESPONSE_TYPE_1_1: Kind =
    OneOf(&["Shelter", "Evacuate", "Prepare", "Execute", "Monitor", "Assess", "None"]);
const URGENCY: Kind = OneOf(&["Immediate", "Expected", "Future", "Past", "Unknown"]);
const SEVERITY: Kind = OneOf(&["Extreme", "Severe", "Moderate", "Minor", "Unknown"]);
const CERTAINTY: Kind = OneOf(&["Observed", "Likely", "Possible", "Unlikely", "Unknown"]);
const CERTAINTY_1_0: Kind = OneOf(&["Very Likely", "Likely", "Possible", "Unlikely", "Unknown"]);
const NAMED_VALUE: Kind = Elements(&[one("valueName", Text), one("value", Text)]);

const ALERT_1_2: &[Part] = &[
    one("identifier", Text),
    one("sender", Text),
    one("sent", CapTime),
    one("status", STATUS),
    one("msgType", MSG_TYPE),
    maybe("source", Text),
    one("scope", SCOPE),
    maybe("restriction", Text),
    maybe("addresses", Text),
    any("code", Text),
    maybe("note", Text),
    maybe("references", Text),
    maybe("incidents", Text),
    any("info", Elements(INFO_1_2)),
];

const INFO_1_2: &[Part] = &[
    maybe("language", Language),
    some("category", CATEGORY),
    one("event", Text),
    any("responseType", RESPONSE_TYPE),
    one("urgency", URGENCY),
    one("severity", SEVERITY),
    one("certainty", CERTAINTY),
    maybe("audience", Text),
    any("eventCode", NAMED_VALUE),
    maybe("effective", CapTime),
    maybe("onset", CapTime),
    maybe("expires", CapTime),
    maybe("senderName", Text),
    maybe("headline", Text),
    maybe("description", Text),
    maybe("instruction", Text),
    maybe("web", Uri),
    maybe("contact", Text),
    any("parameter", NAMED_VALUE),
    any(
        "resource",
        Elements(&[
            one("resourceDesc", Text),
            one("mimeType", Text),
            maybe("size", Integer),
            maybe("uri", Uri),
            maybe("derefUri", Text),
            maybe("digest", Text),
        ]),
    ),
    any(
        "area",
        Elements(&[
            one("areaDesc", Text),
            any("polygon", Text),
            any("circle", Text),
            any("geocode", NAMED_VALUE),
            maybe("altitude", Decimal),
            maybe("ceiling", Decimal),
        ]),
    ),
];

const ALERT_1_1: &[Part] = &[
    one("identifier", Text),
    one("sender", Text),
    one("sent", Time),
    one("status", STATUS),
    one("msgType", MSG_TYPE),
    maybe("source", Text),
    one("scope", SCOPE),
    maybe("restriction", Text),
    maybe("addresses", Text),
    any("code", Text),
    maybe("note", Text),
    maybe("references", Text),
    maybe("incidents", Text),
    any("info", Elements(INFO_1_1)),
];

const INFO_1_1: &[Part] = &[
    maybe("language", Language),
    some("category", CATEGORY),
    one("event", Text),
    any("responseType", RESPONSE_TYPE_1_1),
    one("urgency", URGENCY),
    one("severity", SEVERITY),
    one("certainty", CERTAINTY),
    maybe("audience", Text),
    any("eventCode", NAMED_VALUE),
    maybe("effective", Time),
    maybe("onset", Time),
    maybe("expires", Time),
    maybe("senderName", Text),
    maybe("headline", Text),
    maybe("description", Text),
    maybe("instruction", Text),
    maybe("web", Uri),
    maybe("contact", Text),
    any("parameter", NAMED_VALUE),
    any(
        "resource",
        Elements(&[
            one("resourceDesc", Text),
            maybe("mimeType", Text),
            maybe("size", Integer),
            maybe("uri", Uri),
            maybe("derefUri", Text),
            maybe("digest", Text),
        ]),
    ),
    any(
        "area",
        Elements(&[
            one("areaDesc", Text),
            any("polygon", Text),
            any("circle", Text),
            any("geocode", NAMED_VALUE),
            maybe("altitude", Text),
            maybe("ceiling", Text),
        ]),
    ),
];

const ALERT_1_0: &[Part] = &[
    one("identifier", Text),
    one("sender", Text),
    one("sent", Time),
    one("status", STATUS_1_0),
    one("msgType", MSG_TYPE),
    maybe("password", Text),
    maybe("source", Text),
    maybe("scope", SCOPE),
    maybe("restriction", Text),
    maybe("addresses", Text),
    any("code", Text),
    maybe("note", Text),
    maybe("references", Text),
    maybe("incidents", Text),
    any("info", Elements(INFO_1_0)),
];

const INFO_1_0: &[Part] = &[
    maybe("language", Language),
    any("category", CATEGORY_1_0),
    one("event", Text),
    one("urgency", URGENCY),
    one("severity", SEVERITY),
    one("certainty", CERTAINTY_1_0),
    maybe("audience", Text),
    any("eventCode", Text),
    maybe("effective", Time),
    maybe("onset", Time),
    maybe("expires", Time),
    maybe("senderName", Text),
    maybe("headline", Text),
    maybe("description", Text),
    maybe("instruction", Text),
    maybe("web", Uri),
    maybe("contact", Text),
    any("parameter", Text),
    any(
        "resource",
        Elements(&[
            one("resourceDesc", Text),
            maybe("mimeType", Text),
            maybe("size", Integer),
            maybe("uri", Uri),
            maybe("digest", Text),
        ]),
    ),
    any(
        "area",
        Elements(&[
            one("areaDesc", Text),
            any("polygon", Text),
            any("circle", Text),
            any("geocode", Text),
            maybe("altitude", Text),
            maybe("ceiling", Text),
        ]),
    ),
];

/// What an alert of this version holds.
pub(super) fn alert(version: Version) -> &'static [Part] {
    match version {
        Version::V1_0 => ALERT_1_0,
        Version::V1_1 => ALERT_1_1,
        Version::V1_2 => ALERT_1_2,
    }
}

/// The name as one of the standard's, so that it need not be copied.
pub(super) fn known_name(name: &str) -> Option<&'static str> {
    fn find(parts: &'static [Part], name: &str) -> Option<&'static str> {
        parts.iter().find_map(|part| match part.kind {
            _ if part.name == name => Some(part.name),
            Elements(inner) => find(inner, name),
            _ => None,
        })
    }
    if name == "alert" { Some("alert") } else { find(ALERT_1_2, name) }
}
