use std::{
    fs,
    io::{Cursor, Write as _},
};

use chrono::NaiveDate;
use proptest::prelude::*;
use rstest::rstest;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;
use crate::{assets, shared_data::shared};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn zone(code: &str) -> ZoneCode {
    code.parse().unwrap()
}

/// An index JSON with this name and prose.
fn index(kind: &str, name: &str, today: &str, tomorrow: &str) -> String {
    serde_json::json!({
        "type": kind, "date": "2031-01-01T00:00:00Z", "name": name,
        "today": {"html_descrition": today}, "tomorrow": {"html_descrition": tomorrow},
    })
    .to_string()
}

const NOTHING: &str = "<b>ASSENZA DI FENOMENI SIGNIFICATIVI PREVEDIBILI / NESSUNA ALLERTA</b>";

fn read_index_of(kind: &str, name: &str, today: &str, tomorrow: &str) -> Bulletin {
    read("index.json", index(kind, name, today, tomorrow).as_bytes()).unwrap()
}

#[test]
fn prose_is_read_by_heading_region_and_zone_names_with_commas() {
    let today = "<p>Per la giornata di oggi, Sabato 31 ottobre 2026:<br/>\
        <b>ORDINARIA CRITICITA' PER RISCHIO TEMPORALI / ALLERTA GIALLA:</b><br />\
        <b>Puglia</b>: Tavoliere - bassi bacini del Candelaro, Cervaro e Carapelle, Gargano e Tremiti<br />\
        <b>MODERATA CRITICITA' PER RISCHIO IDRAULICO / ALLERTA ARANCIONE:</b><br /><b>Emilia Romagna</b>: Pianura modenese, Isola che non c'&egrave;</p>";
    let bulletin = read_index_of(
        "update",
        "Bollettino del 31 ottobre 2026, aggiornamento delle ore 15:05",
        today,
        NOTHING,
    );
    assert_eq!(bulletin.edition, Edition::Update);
    assert_eq!(bulletin.published.unwrap().to_rfc3339(), "2026-10-31T15:05:00+01:00");
    assert_eq!(bulletin.unresolved, ["Isola che non c'è"]);
    let [today, tomorrow] = bulletin.days.as_slice() else { panic!("two days") };
    assert_eq!((today.day, tomorrow.day), (Some(day("2026-10-31")), Some(day("2026-11-01"))));
    assert_eq!((today.zones.len(), tomorrow.zones.len()), (187, 187));
    assert_eq!(today.zones[&zone("Pugl-B")].temporali, Level::Gialla);
    assert_eq!(today.zones[&zone("Pugl-A")].level(), Level::Gialla);
    assert_eq!(
        today.zones[&zone("Emil-F1")],
        ZoneLevels { idraulico: Level::Arancione, ..ZoneLevels::all(Level::Verde) }
    );
    assert_eq!(today.zones[&zone("Emil-D3")].level(), Level::Verde);
    assert!(tomorrow.zones.values().all(|levels| levels.level() == Level::Verde));
}

#[test]
fn a_line_of_heading_region_and_zones_in_one_is_read() {
    let list = assets::zones_on(day("2026-10-31"));
    let named = zones_of_line(
        "ORDINARIA CRITICITA' PER RISCHIO TEMPORALI / ALLERTA GIALLA: Puglia: Tavoliere - bassi bacini del Candelaro, Cervaro e Carapelle, Gargano e Tremiti",
        list,
    );
    let names: Vec<&str> = named.zones.iter().map(|code| list.get(code).unwrap().name.as_str()).collect();
    assert_eq!(names, ["Tavoliere - bassi bacini del Candelaro, Cervaro e Carapelle", "Gargano e Tremiti"]);
}

#[test]
fn safety_rule_1_a_morning_edition_without_colours_for_tomorrow_does_not_know_tomorrow() {
    let oggi = "Per la giornata di oggi, Mercoledì 18 settembre 2024:<br>ELEVATA CRITICITA' PER RISCHIO IDRAULICO / ALLERTA ROSSA:<br>Emilia Romagna: Pianura modenese";
    let levels = |name: &str| {
        let bulletin = read_index_of("first", name, oggi, NOTHING);
        assert_eq!(bulletin.days[0].zones[&zone("Emil-F1")].idraulico, Level::Rossa);
        bulletin.days[1].zones[&zone("Emil-F1")].level()
    };
    assert_eq!(levels("Bollettino del 18 settembre 2024 ore 11:59"), Level::Unknown);
    assert_eq!(levels("Bollettino del 18 settembre 2024 ore 12:00"), Level::Verde);
    assert_eq!(levels("Bollettino"), Level::Unknown);
}

#[rstest]
#[case("")]
#[case("<p>Per la giornata di oggi, Mercoledì 18 settembre 2024:</p>")]
#[case("In corso di pubblicazione")]
#[case("STRAORDINARIA CRITICITA' / ALLERTA VIOLA:<br>Emilia Romagna: Pianura modenese")]
fn safety_rule_1_a_text_that_is_not_understood_is_no_all_clear(#[case] today: &str) {
    let bulletin = read_index_of("first", "Bollettino del 18 settembre 2024 ore 15:00", today, NOTHING);
    assert!(bulletin.days[0].zones.values().all(|levels| levels.level() == Level::Unknown));
}

#[test]
fn safety_rule_1_an_unknown_heading_leaves_its_zones_unknown_and_not_green() {
    let today = "ORDINARIA CRITICITA' PER RISCHIO IDRAULICO / ALLERTA GIALLA:<br>Puglia: Salento<br>\
        CRITICITA' MAI VISTA PER RISCHIO IDRAULICO:<br>Emilia Romagna: Pianura modenese";
    let bulletin = read_index_of("first", "Bollettino del 18 settembre 2024 ore 15:00", today, NOTHING);
    assert_eq!(bulletin.days[0].zones[&zone("Emil-F1")].level(), Level::Unknown);
    assert_eq!(bulletin.days[0].zones[&zone("Emil-D3")].level(), Level::Verde);
}

#[test]
fn safety_rule_3_day_comes_from_the_text() {
    let oggi = "Per la giornata di oggi, Mercoledì 1 aprile 2026:<br>ORDINARIA CRITICITA' PER RISCHIO IDRAULICO / ALLERTA GIALLA:<br>Puglia: Salento";
    let bulletin = read(
        "20260402_0016.json",
        index("update", "Bollettino del 02 aprile 2026, aggiornamento delle ore 00:16", oggi, oggi)
            .as_bytes(),
    )
    .unwrap();
    assert_eq!(bulletin.published.unwrap().to_rfc3339(), "2026-04-02T00:16:00+02:00");
    assert_eq!(bulletin.days[0].day, Some(day("2026-04-01")));
}

const HEADER: &str = "data_pubblicazione,data_validita_inizio,data_validita_fine,zona_codice,avviso_criticita,avviso_idrogeologico,avviso_temporali,avviso_idraulico\n";

#[test]
fn safety_rule_1_a_table_without_a_zone_or_with_a_foreign_one_leaves_it_unknown() {
    let csv = format!(
        "{HEADER}2026-07-30T15:11:59+02:00,,,Emil-F1,x,Ordinaria / ALLERTA GIALLA,NESSUNA ALLERTA,NESSUNA ALLERTA\n\
         2026-07-30T15:11:59+02:00,,,Nuov-Z9,x,Elevata / ALLERTA ROSSA,NESSUNA ALLERTA,NESSUNA ALLERTA\n\
         2026-07-30T15:11:59+02:00,,,Zona senza codice,x,,,\n"
    );
    let bulletin = read("oggi.csv", csv.as_bytes()).unwrap();
    assert_eq!(bulletin.published.unwrap().to_rfc3339(), "2026-07-30T15:11:59+02:00");
    let today = &bulletin.days[0];
    assert_eq!((today.which, today.day), (Which::Today, None));
    assert_eq!(today.zones[&zone("Emil-F1")].level(), Level::Gialla);
    assert_eq!(today.zones[&zone("Emil-F2")].level(), Level::Unknown);
    assert_eq!(today.zones[&zone("Nuov-Z9")].level(), Level::Unknown);
    assert_eq!(bulletin.unresolved, ["Nuov-Z9", "Zona senza codice"]);
}

/// A TopoJSON with one zone; `quantized` as DPC writes it, with a transform.
fn topojson(quantized: bool) -> String {
    let transform =
        if quantized { r#""transform":{"scale":[0.0001,0.0001],"translate":[6.6,35.5]},"# } else { "" };
    format!(
        r#"{{"type":"Topology",{transform}"arcs":[[[1,2],[3,4],[5,6],[1,2]]],"objects":{{"zone":{{"type":"GeometryCollection","geometries":[
        {{"type":"Polygon","arcs":[[0]],"properties":{{"Nome zona":"Pianura modenese","Comuni":["Modena"],
        "Rappresentata nella mappa":"MODERATA CRITICITA' / ALLERTA ARANCIONE","Per rischio idraulico":"MODERATA CRITICITA' / ALLERTA ARANCIONE",
        "Per rischio temporali":"NESSUNA ALLERTA","Per rischio idrogeologico":"NESSUNA ALLERTA"}}}}]}}}}}}"#
    )
}

#[rstest]
fn topojson_is_read_by_zone_name_with_and_without_transform(#[values(true, false)] quantized: bool) {
    let bulletin = read("20260730_1511_tomorrow.json", topojson(quantized).as_bytes()).unwrap();
    assert_eq!((bulletin.source, bulletin.days[0].which), (Source::TopoJson, Which::Tomorrow));
    assert_eq!(bulletin.days[0].zones[&zone("Emil-F1")].idraulico, Level::Arancione);
    assert_eq!(bulletin.days[0].zones[&zone("Emil-F2")].level(), Level::Unknown);
}

fn cap(status: &str, event: &str, words: &str, onset: &str, area: &str) -> String {
    format!(
        r#"<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>1</identifier><sender>2.49.0.0.380.1</sender>
        <sent>2026-07-30T15:11:00+02:00</sent><status>{status}</status><msgType>Alert</msgType><scope>Public</scope>
        <info><category>Met</category><event>{event}</event><urgency>Expected</urgency><severity>Moderate</severity>
        <certainty>Likely</certainty><onset>{onset}</onset><description>all_GIALLA PER {words} SU:</description>{area}</info></alert>"#
    )
}

const YELLOW: &str = "ORDINARIA CRITICITA' PER RISCHIO TEMPORALI / ALLERTA GIALLA:";
const ZONE: &str = "<area><areaDesc>Nome che cambia</areaDesc><geocode><valueName>Zona di Allerta</valueName><value>Emil-F1</value></geocode></area>";

#[test]
fn a_cap_gives_levels_by_code_and_the_day_by_its_onset() {
    let bulletin =
        read("bollettino.xml", cap("Actual", YELLOW, "OGGI", "2026-07-29T00:00:00+02:00", ZONE).as_bytes())
            .unwrap();
    assert_eq!(bulletin.days[0].day, Some(day("2026-07-29")));
    assert_eq!(bulletin.days[0].zones[&zone("Emil-F1")].temporali, Level::Gialla);
    assert_eq!(bulletin.days[0].zones[&zone("Emil-F2")].level(), Level::Verde);
    assert_eq!(bulletin.days[1].day, Some(day("2026-07-30")));
    assert_eq!(bulletin.unresolved, Vec::<String>::new());
}

#[test]
fn safety_rule_3_a_cap_of_the_night_dates_today_from_the_onset_of_tomorrow() {
    let today = cap("Actual", YELLOW, "OGGI", "2026-04-02T00:16:00+02:00", ZONE);
    let tomorrow =
        cap("Actual", &YELLOW.replace("TEMPORALI", "IDRAULICO"), "DOMANI", "2026-04-02T00:00:00+02:00", ZONE);
    let info = |cap: &str| {
        let (_, info) = cap.split_once("<info>").unwrap();
        format!("<info>{}", info.split_once("</alert>").unwrap().0)
    };
    let night = today.replace("</alert>", &(info(&tomorrow) + "</alert>"));
    let bulletin = read("Cap_20260402_0016.xml", night.as_bytes()).unwrap();
    let levels = |i: usize| (bulletin.days[i].day, bulletin.days[i].zones[&zone("Emil-F1")]);
    assert_eq!(bulletin.days.len(), 2);
    assert_eq!(
        levels(0),
        (Some(day("2026-04-01")), ZoneLevels { temporali: Level::Gialla, ..ZoneLevels::all(Level::Verde) })
    );
    assert_eq!(
        levels(1),
        (Some(day("2026-04-02")), ZoneLevels { idraulico: Level::Gialla, ..ZoneLevels::all(Level::Verde) })
    );
}

#[test]
fn a_cap_zone_without_a_known_code_is_found_by_name_or_is_unknown() {
    let area = "<area><areaDesc>Pianura modenese</areaDesc></area><area><areaDesc>Altrove</areaDesc>\
        <geocode><valueName>Zona di Allerta</valueName><value>Nuov-Z9</value></geocode></area>";
    let bulletin =
        read("b.xml", cap("Actual", YELLOW, "DOMANI", "2026-07-31T00:00:00+02:00", area).as_bytes()).unwrap();
    assert_eq!(bulletin.days[1].zones[&zone("Emil-F1")].temporali, Level::Gialla);
    assert_eq!(bulletin.days[1].zones[&zone("Nuov-Z9")].level(), Level::Unknown);
    assert_eq!(bulletin.unresolved, ["Nuov-Z9", "Altrove"]);
}

#[rstest]
#[case("Test", YELLOW, "it is no bulletin: the status of the CAP alert is not Actual")]
#[case("Actual", "Terremoto", "it is no bulletin: an event of the CAP alert is no level of the bulletin")]
fn a_cap_that_is_no_bulletin_in_force_is_refused(
    #[case] status: &str,
    #[case] event: &str,
    #[case] why: &str,
) {
    let refused = read("b.xml", cap(status, event, "OGGI", "2026-07-30T00:00:00+02:00", ZONE).as_bytes());
    assert_eq!(refused.unwrap_err().to_string(), why);
}

fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_zip_without_tables_is_read_from_its_topojson_and_dated_by_its_cap() {
    let cap = cap("Actual", YELLOW, "DOMANI", "2026-07-31T00:00:00+02:00", ZONE);
    let topojson = topojson(true);
    let zip = zip_of(&[
        ("topo/20260730_1511_today.json", topojson.as_bytes()),
        ("topo/20260730_1511_tomorrow.json", topojson.as_bytes()),
        ("20260730_1511_today.shp", b"not read"),
        ("Cap_20260730_1511.xml", cap.as_bytes()),
    ]);
    let bulletin = read("all.zip", &zip).unwrap();
    assert_eq!(bulletin.published.unwrap().to_rfc3339(), "2026-07-30T15:11:00+02:00");
    assert_eq!(bulletin.days[1].day, Some(day("2026-07-31")));
    let levels = bulletin.days[1].zones[&zone("Emil-F1")];
    assert_eq!((levels.idraulico, levels.temporali), (Level::Arancione, Level::Gialla));
    assert_eq!(bulletin.days[0].zones[&zone("Emil-F1")].temporali, Level::Verde);
}

#[test]
fn safety_rule_9_a_zip_bomb_is_refused_by_name() {
    let zip = zip_of(&[("bomba_today.dbf", &vec![0; 40 << 20])]);
    assert_eq!(
        read("all.zip", &zip).unwrap_err().to_string(),
        "it has 33554433 unpacked bytes at bomba_today.dbf: at most 33554432 are read"
    );
    let names: Vec<String> = (0..501).map(|i| format!("{i}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    assert_eq!(
        read("all.zip", &zip_of(&files)).unwrap_err().to_string(),
        "it has 501 files in the zip: at most 500 are read"
    );
}

#[rstest]
#[case("a.zip", b"PK\x03\x04 broken", "the zip cannot be read: ")]
#[case("a.json", b"{", "the JSON cannot be read at line 1: ")]
#[case("a.json", b"{}", "it is no bulletin: the JSON has neither today nor tomorrow")]
#[case("a.csv", b"a,b\n1,2\n", "it is no bulletin: the table has no column zona_codice")]
#[case("a.xml", b"<html/>", "the CAP cannot be read: the root element <html> is neither")]
#[case("a", b"", "it is no bulletin: the file is empty")]
fn what_is_no_bulletin_is_refused_by_name(#[case] name: &str, #[case] bytes: &[u8], #[case] why: &str) {
    let error = read(name, bytes).unwrap_err().to_string();
    assert!(error.starts_with(why), "{error}");
}

#[test]
fn a_diff_says_what_rose_fell_and_appeared_by_day() {
    let prose = |level: &str, zones: &str| {
        format!(
            "Per la giornata di oggi, 30 luglio 2026:<br>{level} CRITICITA' PER RISCHIO IDRAULICO:<br>Emilia Romagna: {zones}"
        )
    };
    let edition =
        |today: String| read_index_of("first", "Bollettino del 30 luglio 2026 ore 15:00", &today, NOTHING);
    let before = edition(prose("MODERATA", "Pianura modenese, Pianura reggiana"));
    let after = edition(prose("ELEVATA", "Pianura modenese"));
    let told: Vec<_> =
        diff(&before, &after).iter().map(|c| (c.zone.to_string(), c.from, c.to, c.turn)).collect();
    assert_eq!(
        told,
        [
            ("Emil-F1".to_owned(), Some(Level::Arancione), Level::Rossa, Turn::Rose),
            ("Emil-F2".to_owned(), Some(Level::Arancione), Level::Verde, Turn::Fell),
        ]
    );
    let nothing = Bulletin { days: Vec::new(), ..before.clone() };
    assert!(diff(&nothing, &after).iter().all(|c| c.turn == Turn::Appeared && c.from.is_none()));
    let unknown = edition("In corso di pubblicazione, 30 luglio 2026".to_owned());
    assert!(diff(&before, &unknown).iter().all(|c| c.day != day("2026-07-30")));
    assert_eq!(diff(&after, &after), Vec::new());
}

/// Levels of a zone table, read without any of our readers.
fn table(path: &std::path::Path) -> BTreeMap<String, [&'static str; 3]> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|column| column == name).unwrap();
    let columns = ["avviso_idraulico", "avviso_temporali", "avviso_idrogeologico"].map(at);
    let colour = |text: &str| match text.split_whitespace().next().unwrap() {
        "Assenza" => "verde",
        "Ordinaria" => "gialla",
        "Moderata" => "arancione",
        "Elevata" => "rossa",
        other => panic!("{other}"),
    };
    let zone = at("zona_codice");
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| (row[zone].to_owned(), columns.map(|column| colour(&row[column])))).collect()
}

#[rstest]
#[case("official-zip/ruhetag_20260730_1511.zip", "20260730_1511")]
#[case("official-zip/Cap_20260730_1511.xml", "20260730_1511")]
#[case("official-zip/Cap_20260118_1515_signature-removed.xml", "20260118_1515")]
#[case("index-json/20250514_2000.json", "20250514_2000")]
#[case("index-json/20260402_0016.json", "20260402_0016")]
fn the_official_forms_give_the_levels_of_their_tables_zone_by_zone(#[case] file: &str, #[case] stamp: &str) {
    let Some(shared) = shared("official bulletins") else { return };
    let folder = shared.join("data/dpc");
    let bytes = fs::read(folder.join(file)).unwrap();
    let bulletin = read(file, &bytes).unwrap();
    assert_eq!(bulletin.unresolved, Vec::<String>::new());
    assert_eq!(bulletin.days.len(), 2);
    for (day, name) in bulletin.days.iter().zip(["oggi", "domani"]) {
        let expected = table(&folder.join(format!("bulletin-zone-csv/{stamp}_{name}.csv")));
        let levels = |levels: &ZoneLevels| Risk::ALL.map(|risk| levels.get(risk).as_str());
        let found: BTreeMap<String, _> =
            day.zones.iter().map(|(code, l)| (code.to_string(), levels(l))).collect();
        assert_eq!(found, expected, "{file} {name}");
    }
}

#[test]
fn safety_rules_1_and_3_hold_for_the_real_editions_of_the_night() {
    let Some(shared) = shared("night editions") else { return };
    let folder = shared.join("data/dpc");
    let of =
        |file: &str| read(file.rsplit('/').next().unwrap(), &fs::read(folder.join(file)).unwrap()).unwrap();
    let partial = of("index-json/20240918_0313.json");
    assert_eq!(
        (partial.days[0].day, partial.days[1].day),
        (Some(day("2024-09-18")), Some(day("2024-09-19")))
    );
    assert_eq!(partial.days[0].zones[&zone("Emil-B1")].level(), Level::Arancione);
    let partial_table = of("bulletin-zone-csv/20240918_0313_domani.csv");
    for tomorrow in [&partial.days[1], &partial_table.days[0]] {
        assert_eq!(tomorrow.zones.len(), 170);
        assert!(tomorrow.zones.values().all(|levels| levels.level() == Level::Unknown));
    }
    let night = of("index-json/20260402_0016.json");
    assert_eq!((night.days[0].day, night.days[1].day), (Some(day("2026-04-01")), Some(day("2026-04-02"))));
    assert_eq!(night.published.unwrap().to_rfc3339(), "2026-04-02T00:16:00+02:00");
}

#[test]
fn every_real_table_is_read_with_every_zone_known() {
    let Some(shared) = shared("zone tables") else { return };
    for entry in fs::read_dir(shared.join("data/dpc/bulletin-zone-csv")).unwrap().map(|entry| entry.unwrap())
    {
        let name = entry.file_name().into_string().unwrap();
        let bulletin = read(&name, &fs::read(entry.path()).unwrap()).unwrap();
        assert_eq!(bulletin.unresolved, Vec::<String>::new(), "{name}");
        let unknown =
            bulletin.days[0].zones.values().filter(|levels| levels.level() == Level::Unknown).count();
        let is_partial = name.contains("comuni") || name.contains("20240918_0313_domani");
        assert_eq!(unknown > 0, is_partial, "{name}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(
        start in prop::sample::select(vec!["", "PK\x03\x04", "{", "<alert>", "zona_codice,", "{\"type\":\"Topology\",\"objects\":"]),
        bytes in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let _ = inspect::inspect("20260730_1511_oggi.bin", &[start.as_bytes(), &bytes].concat());
    }

    #[test]
    fn a_table_in_a_zip_with_any_bytes_changed_is_read_or_refused(
        header in prop::collection::vec(any::<u8>(), 0..80), at in 0_usize..300, changed in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let mut dbf = dbf();
        for (i, byte) in changed.into_iter().enumerate() {
            if let Some(place) = dbf.get_mut(at + i) {
                *place = byte;
            }
        }
        let _ = read("a.zip", &zip_of(&[("20260730_1511_today.dbf", &dbf)]));
        let _ = read("a.zip", &zip_of(&[("20260730_1511_today.dbf", &header)]));
    }
}

/// A table of one row, laid out as dBASE III does.
fn dbf() -> Vec<u8> {
    let fields = ["Zona_all", "Idrogeo", "Temporali", "Idraulico"];
    let mut dbf = vec![3, 126, 7, 30, 1, 0, 0, 0, 161, 0, 161, 0];
    dbf.resize(32, 0);
    for name in fields {
        let mut field = name.as_bytes().to_vec();
        field.resize(11, 0);
        field.extend([b'C', 0, 0, 0, 0, 40]);
        field.resize(32, 0);
        dbf.extend(field);
    }
    dbf.push(13);
    dbf.push(b' ');
    for text in ["Emil-F1", "Elevata / ALLERTA ROSSA", "NESSUNA ALLERTA", "Ordinaria / ALLERTA GIALLA"] {
        dbf.extend(format!("{text:40}").bytes());
    }
    dbf
}

#[test]
fn a_table_in_a_zip_is_read_by_code() {
    let bulletin = read("a.zip", &zip_of(&[("20260730_1511_today.dbf", &dbf())])).unwrap();
    let levels = bulletin.days[0].zones[&zone("Emil-F1")];
    assert_eq!(
        (levels.idraulico, levels.idrogeologico, levels.level()),
        (Level::Gialla, Level::Rossa, Level::Rossa)
    );
    assert_eq!(bulletin.days[0].day, None);
}
