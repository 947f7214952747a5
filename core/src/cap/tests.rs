use std::{fs, path::Path, process::Command};

use chrono::{DateTime, FixedOffset};
use proptest::{option, prelude::*, sample::select};
use rstest::rstest;

use super::*;
use crate::{
    area::{Circle, Point},
    shared_data::shared,
};

fn parsed(xml: &str) -> Parsed {
    parse(xml.as_bytes(), &Limits::default()).unwrap()
}

fn only(xml: &str) -> ParsedAlert {
    let [alert] = <[ParsedAlert; 1]>::try_from(parsed(xml).alerts).unwrap();
    alert
}

fn problems(xml: &str) -> Vec<String> {
    parsed(xml).problems().map(|problem| format!("{}: {}", problem.path, problem.problem)).collect()
}

fn refusal(bytes: &[u8]) -> String {
    parse(bytes, &Limits::default()).unwrap_err().to_string()
}

/// A valid message with `more` at the end of its only area.
fn message(more: &str) -> String {
    format!(
        r#"<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>prova-1</identifier><sender>protezione.civile@comune.esempio.it</sender>
<sent>2026-07-30T15:11:00+02:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
<info><language>it-IT</language><category>Met</category><event>Temporali</event>
<urgency>Expected</urgency><severity>Severe</severity><certainty>Likely</certainty>
<area><areaDesc>Pianura modenese</areaDesc>{more}</area></info></alert>"#
    )
}

#[test]
fn a_valid_message_has_no_problem_and_is_read_whole() {
    let xml = message(
        "<polygon>44.6,10.8 44.7,10.8 44.7,11 44.6,10.8</polygon><circle>44.65,10.92 3.5</circle>\
         <geocode><valueName>Zona di Allerta</valueName><value>Emil-F1</value></geocode>",
    );
    assert_eq!(problems(&xml), Vec::<String>::new());
    let read = only(&xml);
    assert_eq!((read.version, read.has_signature, read.warnings), (Some(Version::V1_2), false, Vec::new()));
    let area = &read.alert.info[0].area[0];
    assert_eq!(area.polygon[0].len(), 4);
    assert_eq!(area.shapes().unwrap()[0].points(), 3);
    assert!((area.circle[0].radius_km() - 3.5).abs() < 1e-9);
    assert_eq!(area.geocodes("zona di allerta").collect::<Vec<_>>(), ["Emil-F1"]);
}

#[test]
fn a_message_in_disorder_and_without_required_parts_is_read_and_each_fault_is_named() {
    let xml = r#"<c:alert xmlns:c="urn:oasis:names:tc:emergency:cap:1.2" lang="it">
        <c:info><c:expires>2026-07-30T15:11:00Z</c:expires><c:severity>severe</c:severity><c:event>Piena</c:event></c:info>
        <c:info><c:event/>boh</c:info>
        <c:sender>x</c:sender><c:status>Actual</c:status><c:status>Test</c:status><c:colore>rosso</c:colore></c:alert>"#;
    insta::assert_snapshot!(problems(xml).join("\n"));
    let alert = only(xml).alert;
    assert_eq!((alert.sender.as_str(), alert.identifier.as_str()), ("x", ""));
    assert_eq!(alert.info[0].severity, Some(Severity::Severe));
    assert_eq!(alert.info[0].expires.unwrap().to_rfc3339(), "2026-07-30T15:11:00+00:00");
}

#[test]
fn safety_rule_5_contradicting_or_unknown_status_is_not_actual() {
    let with = |status: &str| only(&message("").replace("<status>Actual</status>", status)).alert.status;
    assert_eq!(with("<status>Actual</status><status>Test</status>"), Some(Status::Test));
    assert_eq!(with("<status>Test</status><status>Actual</status>"), Some(Status::Test));
    assert_eq!(with("<status>Reale</status>"), None);
    assert_eq!(with(""), None);
}

#[test]
fn a_message_without_namespace_or_with_an_undeclared_prefix_is_read_and_is_not_valid() {
    let bare = message("").replace(r#" xmlns="urn:oasis:names:tc:emergency:cap:1.2""#, "");
    assert_eq!(only(&bare).alert.identifier, "prova-1");
    assert!(!parsed(&bare).is_valid());
    let prefixed = bare.replace("<area", "<cap:area").replace("</area", "</cap:area");
    assert_eq!(parsed(&prefixed).alerts.len(), 1);
}

#[test]
fn cap_1_0_codes_and_certainty_are_read() {
    let xml = r#"<alert xmlns="http://www.incident.com/cap/1.0"><identifier>1</identifier><sender>s</sender>
        <sent>2003-06-17T14:57:00.5-07:00</sent><status>Actual</status><msgType>Alert</msgType>
        <info><event>E</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Very Likely</certainty>
        <eventCode>same=SVR</eventCode><area><areaDesc>A</areaDesc><geocode>fips6=006109</geocode></area></info></alert>"#;
    assert_eq!(problems(xml), Vec::<String>::new());
    let info = &only(xml).alert.info[0];
    assert_eq!(info.certainty, Some(Certainty::Likely));
    assert_eq!(info.event_code[0].value, "SVR");
    assert_eq!(info.area[0].geocodes("fips6").next(), Some("006109"));
}

#[test]
fn references_are_read_one_by_one_also_with_spaces_in_the_identifier() {
    let xml = message("").replace(
        "<scope>Public</scope>",
        "<scope>Public</scope><references>a@b,ID 1 bis,2026-07-30T15:11:00+02:00\n c@d,2,2026-07-30T16:00:00+02:00 solo</references>",
    );
    let references = only(&xml).alert.references;
    assert_eq!(references.iter().map(Reference::identifier).collect::<Vec<_>>(), ["ID 1 bis", "2", "solo"]);
    assert_eq!(references[1].sender(), Some("c@d"));
    assert_eq!(
        references[1].sent().map(|sent| sent.to_rfc3339()).as_deref(),
        Some("2026-07-30T16:00:00+02:00")
    );
}

#[rstest]
#[case("44.6,10.8 44.7,10.8", 0)]
#[case("44.6,10.8 44.7,10.8 nord", 0)]
#[case("104.6,10.8 44.7,10.8 44.7,11", 0)]
#[case("44.6, 10.8\n44.7, 10.8\t44.7, 11", 1)]
fn a_polygon_is_read_whole_or_not_at_all_with_a_warning(#[case] points: &str, #[case] polygons: usize) {
    let read = only(&message(&format!("<polygon>{points}</polygon>")));
    assert_eq!(read.problems, Vec::new());
    assert_eq!(read.alert.info[0].area[0].polygon.len(), polygons);
    assert_eq!(read.warnings.len(), 1 - polygons);
}

#[test]
fn alerts_are_found_in_atom_rss_and_edxl_and_their_problems_are_numbered() {
    let (good, bad) = (message(""), message("").replace("Severe", "Grave"));
    for (open, close, container) in [
        (
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content>",
            "</content></entry></feed>",
            Container::Atom,
        ),
        ("<rss><channel><item>", "</item></channel></rss>", Container::Rss),
        (
            "<EDXLDistribution xmlns='urn:oasis:names:tc:emergency:EDXL:DE:1.0'>",
            "</EDXLDistribution>",
            Container::EdxlDe,
        ),
    ] {
        let feed = parsed(&format!("{open}{good}{bad}{close}"));
        assert_eq!((feed.container, feed.alerts.len()), (container, 2));
        let paths: Vec<&str> = feed.problems().map(|problem| problem.path.as_str()).collect();
        assert_eq!(paths, ["alert[2]/info/severity"]);
    }
    let empty = parsed("<feed xmlns='http://www.w3.org/2005/Atom'><title>Nessuna allerta</title></feed>");
    assert!(empty.is_valid() && empty.alerts.is_empty());
}

#[test]
fn an_embedded_resource_is_measured_and_not_kept() {
    let resource = format!(
        "<resource><resourceDesc>mappa</resourceDesc><mimeType>image/png</mimeType><derefUri>{}</derefUri></resource><area>",
        "iVBO".repeat(50_000)
    );
    let xml = message("").replace("<area>", &resource);
    let read = only(&xml);
    assert_eq!(read.problems, Vec::new());
    assert_eq!(read.alert.info[0].resource[0].deref_uri_chars, Some(200_000));
}

#[test]
fn a_signature_is_said_to_be_there_and_its_content_is_passed_over() {
    let signature = "<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'><KeyInfo a='1'>x</KeyInfo></Signature></alert>";
    let read = only(&message("").replace("</alert>", signature));
    assert!(read.has_signature);
    assert_eq!(read.problems, Vec::new());
}

#[test]
fn safety_rule_9_entities_are_never_resolved() {
    let doctype = "<!DOCTYPE alert [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>";
    assert_eq!(
        refusal(format!("{doctype}{}", message("&x;")).as_bytes()),
        "line 1: a DOCTYPE with declarations, which are never resolved; send the document without it"
    );
    let read =
        parsed(&message("").replace("Pianura", "&pianura;").replace("modenese", "&egrave; &#233; &amp;"));
    assert_eq!(read.alerts[0].alert.info[0].area[0].area_desc, "&pianura; &egrave; é &");
    let problems: Vec<&str> = read.problems.iter().map(|problem| problem.problem.as_str()).collect();
    assert_eq!(
        problems,
        ["line 6: the entity &pianura; is not resolved", "line 6: the entity &egrave; is not resolved"]
    );
}

#[test]
fn safety_rule_9_what_is_too_large_is_refused_by_name() {
    let limits = Limits {
        polygon_points: 10,
        alert_points: 15,
        elements: 60,
        depth: 8,
        attributes: 4,
        alerts: 2,
        bytes: 9_000,
    };
    let refusal = |xml: &str| parse(xml.as_bytes(), &limits).unwrap_err().to_string();
    let polygon = |points: usize| format!("<polygon>{}</polygon>", "44.6,10.8 ".repeat(points));
    assert_eq!(refusal(&message(&polygon(11))), "it has 11 points in one polygon: at most 10 are read");
    assert_eq!(
        refusal(&message(&polygon(8).repeat(2))),
        "it has 16 points in one alert: at most 15 are read"
    );
    assert_eq!(refusal(&message(&"<circle/>".repeat(60))), "it has 61 elements: at most 60 are read");
    assert_eq!(refusal(&message(&"<x>".repeat(9))), "it has 9 levels of elements: at most 8 are read");
    assert_eq!(
        refusal(&message("<x a='' b='' c='' d='' e=''/>")),
        "it has 5 attributes on one element: at most 4 are read"
    );
    assert_eq!(
        refusal(&format!("<feed>{}</feed>", message("").repeat(3))),
        "it has 3 alerts: at most 2 are read"
    );
    assert_eq!(refusal(&" ".repeat(9_001)), "it has 9001 bytes: at most 9000 are read");
}

#[rstest]
#[case(b"", "line 1: the file is empty")]
#[case(b"\xff\xfe", "line 1: the file is empty")]
#[case(b"ciao", "line 1: there is no XML element in it")]
#[case(
    b"<html><body/></html>",
    "the root element <html> is neither a CAP alert nor an Atom, RSS or EDXL-DE document with alerts"
)]
#[case(b"<alert>\n<info>", "line 2: the document ends while 2 elements are open; it was cut short")]
fn what_carries_no_alert_is_refused_by_name(#[case] bytes: &[u8], #[case] why: &str) {
    assert_eq!(refusal(bytes), why);
}

#[test]
fn an_outline_of_40_000_points_is_read() {
    let mut points: Vec<String> =
        (0..40_000).map(|i| format!("{},{}", 44.0 + f64::from(i) * 1e-5, 10.5)).collect();
    points.push("44,10.5".to_owned());
    let read = only(&message(&format!("<polygon>{}</polygon>", points.join(" "))));
    assert_eq!(read.alert.info[0].area[0].polygon[0].len(), 40_001);
}

/// Texts as a reader gives them: without space around, without characters that XML forbids.
fn text() -> impl Strategy<Value = String> {
    "[ -~àèìòùé€\n<>&\"']{1,24}"
        .prop_map(|text| text.trim().to_owned())
        .prop_filter("not empty", |text| !text.is_empty())
}

fn time() -> impl Strategy<Value = DateTime<FixedOffset>> {
    (0_i64..4_000_000_000, -14 * 4..=14 * 4_i32).prop_map(|(seconds, quarters)| {
        DateTime::from_timestamp(seconds, 0)
            .unwrap()
            .with_timezone(&FixedOffset::east_opt(quarters * 900).unwrap())
    })
}

fn named_values() -> impl Strategy<Value = Vec<NamedValue>> {
    prop::collection::vec(
        (text(), text()).prop_map(|(value_name, value)| NamedValue { value_name, value }),
        0..3,
    )
}

fn area() -> impl Strategy<Value = Area> {
    let point = || (-180.0..180.0, -90.0..90.0).prop_map(|(lon, lat)| Point { lon, lat });
    let ring = prop::collection::vec(point(), 3..6).prop_map(|mut ring| {
        ring.push(ring[0]);
        ring
    });
    let circle =
        (point(), 0.0..500.0).prop_map(|(centre, radius_km)| Circle::new(centre, radius_km).unwrap());
    let lists = (prop::collection::vec(ring, 0..3), prop::collection::vec(circle, 0..2));
    (text(), lists, named_values(), option::of(-1e6..1e6), option::of(-1e6..1e6)).prop_map(
        |(area_desc, (polygon, circle), geocode, altitude, ceiling)| Area {
            area_desc,
            polygon,
            circle,
            geocode,
            altitude,
            ceiling,
        },
    )
}

fn resource() -> impl Strategy<Value = Resource> {
    (
        text(),
        text(),
        option::of(any::<u64>()),
        option::of(Just("https://esempio.it/mappa?a=1&b=2".to_owned())),
        option::of(text()),
    )
        .prop_map(|(resource_desc, mime_type, size_bytes, uri, digest)| Resource {
            resource_desc,
            mime_type: Some(mime_type),
            size_bytes,
            uri,
            deref_uri_chars: None,
            digest,
        })
}

prop_compose! {
    fn info()(
        language in option::of(select(vec!["it-IT".to_owned(), "en".to_owned()])),
        category in prop::collection::vec(select(Category::ALL), 1..3),
        response_type in prop::collection::vec(select(ResponseType::ALL), 0..3),
        (urgency, severity, certainty) in (select(Urgency::ALL), select(Severity::ALL), select(Certainty::ALL)),
        (event, audience, sender_name, headline) in (text(), option::of(text()), option::of(text()), option::of(text())),
        (description, instruction, contact) in (option::of(text()), option::of(text()), option::of(text())),
        (effective, onset, expires) in (option::of(time()), option::of(time()), option::of(time())),
        (event_code, parameter) in (named_values(), named_values()),
        web in option::of(Just("https://allerta.esempio.it/à".to_owned())),
        resource in prop::collection::vec(resource(), 0..2),
        area in prop::collection::vec(area(), 0..3),
    ) -> Info {
        Info {
            language, category, event, response_type, urgency: Some(urgency), severity: Some(severity),
            certainty: Some(certainty), audience, event_code, effective, onset, expires, sender_name, headline,
            description, instruction, web, contact, parameter, resource, area,
        }
    }
}

prop_compose! {
    fn alert()(
        (identifier, sender, sent) in (text(), text(), time()),
        (status, msg_type, scope) in (select(Status::ALL), select(MsgType::ALL), select(Scope::ALL)),
        (source, restriction, addresses, note, incidents) in
            (option::of(text()), option::of(text()), option::of(text()), option::of(text()), option::of(text())),
        code in prop::collection::vec(text(), 0..3),
        references in prop::collection::vec(("[a-z@.]{1,9}", "[A-Z0-9.-]{1,9}", time()), 0..3),
        info in prop::collection::vec(info(), 0..3),
    ) -> Alert {
        let references = references.iter().map(|(sender, id, sent)| Reference::to(sender, id, *sent)).collect();
        Alert {
            identifier, sender, sent: Some(sent), status: Some(status), msg_type: Some(msg_type), source,
            scope: Some(scope), restriction, addresses, code, note, references, incidents, info,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_valid_and_read_back_the_same(alert in alert()) {
        let read = parse(write(&alert).unwrap().as_bytes(), &Limits::default()).unwrap();
        prop_assert_eq!(read.problems().collect::<Vec<_>>(), Vec::<&Problem>::new());
        prop_assert_eq!(&read.alerts[0].alert, &alert);
        prop_assert_eq!(&read.alerts[0].warnings, &Vec::new());
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = inspect::inspect(&bytes, &Limits::default());
    }

    #[test]
    fn a_message_with_any_part_replaced_is_read_or_refused(
        at in 0_usize..700, length in 0_usize..40, bytes in prop::collection::vec(any::<u8>(), 0..12),
        xmlish in "[<>/&;'\" a-z=!\\[\\]-]{0,12}",
    ) {
        let mut message = message("<polygon>44.6,10.8 44.7,10.8 44.7,11</polygon>").into_bytes();
        let start = at.min(message.len());
        let end = (start + length).min(message.len());
        message.splice(start..end, bytes.into_iter().chain(xmlish.bytes()));
        let _ = inspect::inspect(&message, &Limits::default());
    }
}

#[test]
fn an_alert_without_a_required_part_is_not_written() {
    let error = write(&Alert { sent: None, ..only(&message("")).alert }).unwrap_err();
    assert_eq!(error.to_string(), "alert/sent: required, but missing");
}

fn files_under(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            files.extend(files_under(&entry));
        } else {
            files.push(entry);
        }
    }
    files.sort();
    files
}

#[test]
fn what_is_wrong_is_said_in_one_line_of_bounded_length() {
    let text = format!("<alert><sent></\n{}>", "x\u{1b}".repeat(500));
    let said = parse(text.as_bytes(), &Limits::default()).unwrap_err().to_string();
    assert!(
        said.starts_with("line ") && said.chars().count() < 300 && !said.contains(char::is_control),
        "{said}"
    );
}

#[test]
fn every_real_file_is_read_or_refused_by_name() {
    let Some(shared) = shared("real CAP files") else { return };
    let mut alerts = 0;
    for file in files_under(&shared.join("data/cap")) {
        match inspect::inspect(&fs::read(&file).unwrap(), &Limits::default()) {
            Ok(inspection) => alerts += inspection.alerts.len(),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
    assert!(alerts >= 50, "{alerts}");
}

/// xmllint, if it is installed.
fn xmllint(arguments: &[&str], file: &Path) -> Option<std::process::Output> {
    Command::new("xmllint").arg("--nonet").args(arguments).arg(file).output().ok()
}

#[test]
fn the_verdict_on_every_real_alert_is_that_of_the_oasis_schema() {
    let Some(shared) = shared("verdicts") else { return };
    let (schemas, work) = (shared.join("data/cap/schema"), tempfile::tempdir().unwrap());
    let mut compared = 0;
    let folders = [shared.join("data/cap"), shared.join("data/dpc/official-zip")];
    for file in folders.iter().flat_map(|folder| files_under(folder)) {
        let Ok(whole) = parse(&fs::read(&file).unwrap(), &Limits::default()) else { continue };
        if file.starts_with(&schemas) {
            continue;
        }
        for number in 1..=whole.alerts.len() {
            let path = format!("(//*[local-name()='alert'])[{number}]");
            let Some(element) = xmllint(&["--xpath", &path], &file) else {
                eprintln!("skipped (no xmllint): verdicts");
                return;
            };
            let alone = work.path().join("alert.xml");
            fs::write(&alone, &element.stdout).unwrap();
            let verdict = &parse(&element.stdout, &Limits::default()).unwrap().alerts[0];
            let schema = match verdict.version {
                Some(Version::V1_0) => "cap10.xsd",
                Some(Version::V1_1) => "cap11.xsd",
                _ => "cap12.xsd",
            };
            let schema = schemas.join(schema);
            let output = xmllint(&["--noout", "--schema", schema.to_str().unwrap()], &alone).unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(verdict.problems.is_empty(), output.status.success(), "{}: {said}", file.display());
            assert_eq!(
                verdict.problems.is_empty(),
                whole.alerts[number - 1].problems.is_empty(),
                "{}",
                file.display()
            );
            compared += 1;
        }
    }
    assert!(compared >= 50, "{compared}");
}
