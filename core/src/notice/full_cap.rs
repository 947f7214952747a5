//! The CAP 1.2 message of an alert that we issue: what others consume, and what `cap_sha256` names.

use chrono::{DateTime, FixedOffset, Utc};
use chrono_tz::Europe::Rome;

use super::{AlertNotice, Certainty, MsgType, Purpose, Severity, Status, Text, Urgency};
use crate::{
    area::{AreaKey, compact},
    cap,
};

/// Name under which CAP carries an alert zone, as the national bulletin writes it.
const ZONE_GEOCODE: &str = "Zona di Allerta";
/// Name under which CAP carries a comune.
const ISTAT_GEOCODE: &str = "ISTAT";

/// The CAP message of `notice`, sent by `sender` (CAP: globally unique, no space, comma or markup).
///
/// `earlier` are the items it refers to, whose `sent` a CAP reference needs; one that is missing is left out.
/// Shapes that cannot be read are left out: the codes say the area. Source: CAP 1.2 §3.2.
pub fn to_cap(notice: &AlertNotice, sender: &str, earlier: &[AlertNotice]) -> cap::Alert {
    let references = notice.references.iter().filter_map(|reference| {
        let item = earlier.iter().find(|item| item.id == reference.id)?;
        Some(cap::Reference::to(sender, &item.id, rome(item.sent)))
    });
    cap::Alert {
        identifier: notice.id.clone(),
        sender: sender.to_owned(),
        sent: Some(rome(notice.sent)),
        status: Some(match notice.status {
            Status::Actual => cap::Status::Actual,
            Status::Exercise => cap::Status::Exercise,
            Status::Test => cap::Status::Test,
        }),
        msg_type: Some(match notice.msg_type {
            MsgType::Alert => cap::MsgType::Alert,
            MsgType::Update => cap::MsgType::Update,
            MsgType::Cancel => cap::MsgType::Cancel,
        }),
        source: None,
        scope: Some(cap::Scope::Public),
        restriction: None,
        addresses: None,
        code: Vec::new(),
        note: match notice.purpose {
            Purpose::Ordinary => None,
            Purpose::FalseAlarm => Some("Falso allarme".to_owned()),
            Purpose::UnderReview => Some("In verifica".to_owned()),
        },
        references: references.collect(),
        incidents: None,
        info: notice.texts.iter().map(|text| info(notice, text)).collect(),
    }
}

fn rome(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    at.with_timezone(&Rome).fixed_offset()
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn info(notice: &AlertNotice, text: &Text) -> cap::Info {
    let response = match (notice.msg_type, notice.severity) {
        (MsgType::Cancel, _) => cap::ResponseType::AllClear,
        (_, Severity::Extreme | Severity::Severe) => cap::ResponseType::Execute,
        _ => cap::ResponseType::Prepare,
    };
    cap::Info {
        language: Some(if text.language == "it" { "it-IT".to_owned() } else { text.language.clone() }),
        category: vec![category(&notice.hazard)],
        event: text.event.trim().to_owned(),
        response_type: vec![response],
        urgency: Some(match notice.urgency {
            Urgency::Immediate => cap::Urgency::Immediate,
            Urgency::Expected => cap::Urgency::Expected,
            Urgency::Future => cap::Urgency::Future,
            Urgency::Past => cap::Urgency::Past,
            Urgency::Unknown => cap::Urgency::Unknown,
        }),
        severity: Some(match notice.severity {
            Severity::Extreme => cap::Severity::Extreme,
            Severity::Severe => cap::Severity::Severe,
            Severity::Moderate => cap::Severity::Moderate,
            Severity::Minor => cap::Severity::Minor,
            Severity::Unknown => cap::Severity::Unknown,
        }),
        certainty: Some(match notice.certainty {
            Certainty::Observed => cap::Certainty::Observed,
            Certainty::Likely => cap::Certainty::Likely,
            Certainty::Possible => cap::Certainty::Possible,
            Certainty::Unlikely => cap::Certainty::Unlikely,
            Certainty::Unknown => cap::Certainty::Unknown,
        }),
        audience: None,
        event_code: Vec::new(),
        effective: None,
        onset: notice.onset.map(rome),
        expires: Some(rome(notice.expires)),
        sender_name: filled(&text.sender_name),
        headline: filled(&text.headline),
        description: filled(&text.description),
        instruction: filled(&text.instruction),
        web: None,
        contact: None,
        parameter: Vec::new(),
        resource: Vec::new(),
        area: vec![area(notice, text)],
    }
}

fn category(hazard: &str) -> cap::Category {
    match hazard {
        "alluvione" | "idraulico" | "temporali" | "vento" | "neve" | "caldo" | "costa" => cap::Category::Met,
        "frana" | "idrogeologico" | "terremoto" => cap::Category::Geo,
        "incendio" => cap::Category::Fire,
        "incidente_industriale" => cap::Category::CBRNE,
        _ => cap::Category::Safety,
    }
}

fn area(notice: &AlertNotice, text: &Text) -> cap::Area {
    let polygons = notice.area.polygons.iter().filter_map(|bytes| compact::decode(bytes).ok());
    let geocode = notice.area.keys.iter().map(|key| {
        let (value_name, value) = match key {
            AreaKey::Comune(code) => (ISTAT_GEOCODE, code.to_string()),
            AreaKey::Zona(code) => (ZONE_GEOCODE, code.to_string()),
        };
        cap::NamedValue { value_name: value_name.to_owned(), value }
    });
    cap::Area {
        area_desc: filled(&text.area_desc).unwrap_or_else(|| "Area indicata dai codici".to_owned()),
        // CAP knows no holes: the outer ring holds the whole.
        polygon: polygons.filter_map(|polygon| polygon.rings().first().cloned()).map(closed).collect(),
        circle: notice.area.circles.iter().filter_map(|circle| circle.to_area()).collect(),
        geocode: geocode.collect(),
        altitude: None,
        ceiling: None,
    }
}

fn closed(mut ring: Vec<crate::area::Point>) -> Vec<crate::area::Point> {
    if let Some(first) = ring.first().copied()
        && ring.last() != Some(&first)
    {
        ring.push(first);
    }
    ring
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        area::{Point, Polygon},
        fixtures::Town,
        notice::Circle,
    };

    fn with_shapes() -> AlertNotice {
        let corners = [(10.92, 44.64), (10.93, 44.64), (10.93, 44.65), (10.92, 44.64)];
        let ring = corners.map(|(lon, lat)| Point::new(lon, lat).unwrap()).to_vec();
        let mut notice = Town::live().alert("a-1", Severity::Extreme);
        notice.area.polygons = vec![compact::encode(&Polygon::new(vec![ring]).unwrap()).unwrap().into()];
        notice.area.circles = vec![Circle { lon_e5: 1_092_500, lat_e5: 4_464_500, radius_m: 500 }];
        notice
    }

    fn verdict(alert: &cap::Alert) -> Vec<cap::Problem> {
        let xml = cap::write(alert).unwrap();
        let parsed = cap::parse(xml.as_bytes(), &cap::Limits::default()).unwrap();
        assert_eq!(&parsed.alerts[0].alert, alert);
        parsed.alerts[0].problems.clone()
    }

    #[test]
    fn the_cap_of_every_alert_we_issue_is_strict_and_comes_back_the_same() {
        let town = Town::live();
        let first = with_shapes();
        let end = town.follow(&first, "a-2", MsgType::Cancel, Purpose::FalseAlarm);
        for notice in [&first, &end] {
            let alert = to_cap(notice, "modena.example", std::slice::from_ref(&first));
            assert_eq!(verdict(&alert), []);
        }
        let cancel = to_cap(&end, "modena.example", std::slice::from_ref(&first));
        assert_eq!(cancel.references[0].as_str(), "modena.example,a-1,2023-05-16T15:30:00+02:00");
        assert_eq!(cancel.note.as_deref(), Some("Falso allarme"));
        assert_eq!(cancel.info[0].area[0].geocode[0].value, "036023");
    }

    proptest! {
        #[test]
        fn whatever_an_officer_writes_the_cap_stays_strict(
            event in "[^\\p{C}]{1,40}",
            headline in "[^\\p{C}]{0,80}",
            description in "[^\\p{C}]{0,120}",
        ) {
            prop_assume!(!event.trim().is_empty());
            let mut notice = with_shapes();
            notice.texts[0].event = event;
            notice.texts[0].headline = headline;
            notice.texts[0].description = description;
            let xml = cap::write(&to_cap(&notice, "modena.example", &[])).unwrap();
            let parsed = cap::parse(xml.as_bytes(), &cap::Limits::default()).unwrap();
            prop_assert_eq!(&parsed.alerts[0].problems, &vec![]);
        }
    }
}
