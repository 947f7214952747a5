use std::fs;

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::{cap::MsgType, shared_data::shared};

fn feed(level: &str, response: &str) -> String {
    serde_json::json!({"warnings": [{"uuid": "u-1", "alert": {
        "identifier": "2", "sender": "servizio@esempio.it", "sent": "2026-07-31T11:59:03+02:00", "status": "Actual",
        "msgType": "Update", "scope": "Public", "references": "servizio@esempio.it,1,2026-07-30T11:59:03+02:00",
        "info": [{"language": "it-IT", "event": "Temporali", "severity": "Severe", "responseType": [response],
            "parameter": [{"valueName": "awareness_level", "value": level}, {"valueName": "awareness_type", "value": "3; Thunderstorm"}],
            "area": [{"areaDesc": "Lazio", "geocode": [{"valueName": "EMMA_ID", "value": "IT012"}]}]}],
    }}]})
    .to_string()
}

#[test]
fn an_update_of_an_unknown_message_is_read_as_weather_with_level_kind_and_area() {
    let [warning] =
        <[Warning; 1]>::try_from(read(feed("3; orange; Severe", "Prepare").as_bytes()).unwrap()).unwrap();
    assert_eq!(warning.alert.msg_type, Some(MsgType::Update));
    assert_eq!(warning.alert.references[0].identifier(), "1");
    assert_eq!(
        (warning.awareness_level, warning.awareness_type),
        (AwarenessLevel::Orange, AwarenessType::Thunderstorm)
    );
    assert_eq!(warning.emma_ids(), ["IT012"]);
    assert!(!warning.is_silent());
}

#[rstest]
#[case("1; green; Minor", "Monitor", true)]
#[case("2; yellow; Moderate", "AllClear", true)]
#[case("2; yellow; Moderate", "Monitor", false)]
#[case("viola", "Monitor", false)]
fn green_and_all_clear_are_silent_and_an_unknown_colour_is_not(
    #[case] level: &str,
    #[case] response: &str,
    #[case] is_silent: bool,
) {
    assert_eq!(read(feed(level, response).as_bytes()).unwrap()[0].is_silent(), is_silent);
}

#[test]
fn what_is_no_feed_is_refused_by_name() {
    let error = read(b"{\"warnings\": [1]}").unwrap_err();
    assert!(matches!(error, FeedError::Json { .. }), "{error}");
}

#[test]
fn the_recorded_feeds_are_read_whole() {
    let Some(shared) = shared("MeteoAlarm feeds") else { return };
    let read = |file: &str| read(&fs::read(shared.join("data/meteoalarm").join(file)).unwrap()).unwrap();
    let (italy, austria, one) = (
        read("feed_italy_sample.json"),
        read("feed_austria_sample.json"),
        read("cap_flooding_type12_ro.json"),
    );
    assert_eq!((italy.len(), austria.len(), one.len()), (10, 6, 1));
    assert!(
        italy
            .iter()
            .chain(&austria)
            .all(|w| w.awareness_level != AwarenessLevel::Unknown && !w.emma_ids().is_empty())
    );
    assert!(italy.iter().any(Warning::is_silent) && !italy.iter().all(Warning::is_silent));
    assert_eq!((one[0].awareness_type, one[0].is_silent()), (AwarenessType::Flooding, true));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&[b"{\"warnings\":".as_slice(), &bytes].concat());
    }
}
