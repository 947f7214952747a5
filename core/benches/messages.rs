//! Reading what emitters send: a CAP message with a very fine outline, and a whole bulletin.

use std::{f64::consts::TAU, fmt::Write as _, hint::black_box};

use campanile_core::{
    area::{Zone, ZoneList},
    assets, bollettino,
    cap::{self, Limits},
};
use chrono::NaiveDate;
use criterion::{Criterion, criterion_group, criterion_main};

/// A message of some 1.7 MB: one ring of 34,000 points written with all their digits.
fn fine_outline() -> String {
    let mut ring = String::new();
    for i in 0..34_000_u32 {
        let turn = f64::from(i % 33_999) / 33_999.0 * TAU;
        let reach = 0.1 + 0.02 * (turn * 97.0).sin();
        let (lat, lon) = (44.65 + reach * turn.sin(), 10.93 + reach * turn.cos());
        writeln!(ring, "{lat:.20},{lon:.20} ").expect("a string takes all");
    }
    format!(
        "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>1</identifier><sender>s</sender>\
         <sent>2026-07-30T15:11:00+02:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>\
         <info><category>Met</category><event>Piena</event><urgency>Expected</urgency><severity>Severe</severity>\
         <certainty>Likely</certainty><area><areaDesc>Modena</areaDesc><polygon>{ring}</polygon></area></info></alert>"
    )
}

const HEADINGS: [&str; 3] = [
    "ORDINARIA CRITICITA' PER RISCHIO IDRAULICO / ALLERTA GIALLA:",
    "MODERATA CRITICITA' PER RISCHIO TEMPORALI / ALLERTA ARANCIONE:",
    "ELEVATA CRITICITA' PER RISCHIO IDROGEOLOGICO / ALLERTA ROSSA:",
];

/// An edition in prose that names every zone for each risk on both days: longer than any that was ever published.
fn prose(list: &ZoneList) -> String {
    let names: Vec<&str> = list.iter().map(|zone| zone.name.as_str()).collect();
    let day = |which: &str, date: &str| {
        let headings: Vec<String> = HEADINGS
            .iter()
            .map(|heading| format!("<b>{heading}</b><br /><b>Italia</b>: {}<br />", names.join(", ")))
            .collect();
        format!("<p>Per la giornata di {which}, {date}:<br/>{}</p>", headings.concat())
    };
    serde_json::json!({
        "type": "first", "name": "Bollettino del 30 luglio 2026 ore 15:11",
        "today": {"html_descrition": day("oggi", "Giovedì 30 luglio 2026")},
        "tomorrow": {"html_descrition": day("domani", "Venerdì 31 luglio 2026")},
    })
    .to_string()
}

/// The same as CAP, by code.
fn bulletin_cap(list: &ZoneList) -> String {
    let area = |zone: &Zone| {
        format!(
            "<area><areaDesc>{}</areaDesc><geocode><valueName>Zona di Allerta</valueName><value>{}</value></geocode></area>",
            zone.name, zone.code
        )
    };
    let areas = list.iter().map(area).collect::<Vec<_>>().concat();
    let mut infos = Vec::new();
    for (words, onset) in [("OGGI", "2026-07-30T16:00:00+02:00"), ("DOMANI", "2026-07-31T00:00:00+02:00")] {
        for heading in HEADINGS {
            infos.push(format!(
                "<info><category>Met</category><event>{heading}</event><urgency>Expected</urgency><severity>Moderate</severity>\
                 <certainty>Likely</certainty><onset>{onset}</onset><description>PER {words} SU:</description>{areas}</info>"
            ));
        }
    }
    let infos = infos.concat();
    format!(
        "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>1</identifier><sender>2.49.0.0.380.1</sender>\
         <sent>2026-07-30T15:11:00+02:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>{infos}</alert>"
    )
}

fn messages(c: &mut Criterion) {
    let outline = fine_outline();
    let limits = Limits::default();
    c.bench_function("cap::parse, 1.7 MB with a ring of 34,000 points", |b| {
        b.iter(|| cap::parse(black_box(outline.as_bytes()), &limits));
    });
    let list = assets::zones_on(NaiveDate::from_ymd_opt(2026, 7, 30).expect("a day"));
    for (form, name, bulletin) in
        [("prose", "20260730_1511.json", prose(list)), ("CAP", "b.xml", bulletin_cap(list))]
    {
        let read = bollettino::read(name, bulletin.as_bytes()).expect("a bulletin");
        assert!(read.unresolved.is_empty() && read.days.len() == 2);
        c.bench_function(
            &format!("bollettino::read, every zone coloured three times on two days, as {form}"),
            |b| {
                b.iter(|| bollettino::read(name, black_box(bulletin.as_bytes())));
            },
        );
    }
}

criterion_group!(benches, messages);
criterion_main!(benches);
