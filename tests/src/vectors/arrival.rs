//! Area `alert`, the half about a phone: what it does with an item that arrives.

use campanile_core::{
    alerts::{Level, Phase, Place, PlaceSettings, chains},
    fixtures::{Town, home, now, signed},
    notice::{AlertNotice, MsgType, Purpose, Severity, Status},
    push::{Loudness, Presentation, present},
};
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{
    Answer, NoAnswer,
    input::{Input, number, text},
};

/// The answer about a phone, or none if the vector does not ask about one.
pub(super) fn answer(input: &Input) -> Option<Answer> {
    if let Some(alert) = input.get("alert") {
        return Some(threshold(alert, input.get("prefs")));
    }
    if text(input, "update_of").is_some() {
        return Some(sequence(input));
    }
    if let Some(status) = text(input, "status") {
        return Some(framed(status));
    }
    input.get("signed").and_then(Value::as_bool).map(|is_signed| Ok(shown_if(is_signed)))
}

fn fields(answer: &Value) -> Input {
    answer.as_object().cloned().unwrap_or_default()
}

fn severity(colour: &str) -> Result<Severity, NoAnswer> {
    match colour {
        "giallo" | "gialla" => Ok(Severity::Moderate),
        "arancione" => Ok(Severity::Severe),
        "rosso" | "rossa" => Ok(Severity::Extreme),
        other => Err(NoAnswer::Refused(format!("alert: '{other}' is no colour of an alert"))),
    }
}

fn level(colour: &str) -> Result<Level, NoAnswer> {
    Ok(severity(colour)?.level())
}

fn receive(notice: &AlertNotice, place: &Place) -> Presentation {
    let town = Town::live();
    let item = signed(notice, &[&town.officers[0], &town.officers[1]]);
    present(&item, &town.snapshot(), Some(std::slice::from_ref(place)), now())
}

fn loudness(shown: &Presentation) -> Loudness {
    shown.notification.as_ref().map_or(Loudness::None, |notification| notification.loudness)
}

fn threshold(alert: &Value, prefs: Option<&Value>) -> Answer {
    let colour = alert.get("colour").and_then(Value::as_str).unwrap_or_default();
    let min = prefs.and_then(|prefs| prefs.get("min")).and_then(Value::as_str);
    let mut settings = PlaceSettings::default();
    if let Some(min) = min {
        settings.rings_from = level(min)?;
    }
    let place = Place { settings, ..home() };
    let shown = receive(&Town::live().alert("X1", severity(colour)?), &place);
    Ok(fields(&json!({ "push": loudness(&shown) >= Loudness::Ring, "in_app": shown.verified.is_some() })))
}

fn sequence(input: &Input) -> Answer {
    let numbers = [number(input, "received_before"), number(input, "sequence")];
    let [Some(before), Some(after)] = numbers else {
        return Err(NoAnswer::Refused("no sequence or received_before is given".to_owned()));
    };
    let town = Town::live();
    let root = town.alert(text(input, "update_of").unwrap_or("X1"), Severity::Severe);
    let item = |n: i64| AlertNotice {
        sent: root.sent + TimeDelta::minutes(n),
        ..town.follow(&root, &n.to_string(), MsgType::Update, Purpose::Ordinary)
    };
    let found = chains(&[root.clone(), item(before), item(after)]);
    let shown = found.iter().find(|chain| chain.phase(now()) == Phase::InForce).map(|chain| &chain.latest.id);
    let shown: i64 = shown.and_then(|id| id.parse().ok()).unwrap_or_default();
    Ok(fields(&json!({ "show": shown, "ignore": if shown == after { before } else { after } })))
}

fn framed(status: &str) -> Answer {
    let status = match status {
        "Actual" => Status::Actual,
        "Exercise" => Status::Exercise,
        "Test" => Status::Test,
        other => return Err(NoAnswer::Refused(format!("status: '{other}' is not Actual, Exercise or Test"))),
    };
    let notice = AlertNotice { status, ..Town::live().alert("X1", Severity::Extreme) };
    let shown = receive(&notice, &home());
    let title =
        shown.notification.as_ref().map(|notification| notification.title.clone()).unwrap_or_default();
    let banner = title.split([' ', '.']).next().filter(|_| status != Status::Actual);
    Ok(fields(&json!({ "banner": banner, "bypass_quiet": loudness(&shown) == Loudness::FullScreen })))
}

fn shown_if(is_signed: bool) -> Input {
    let town = Town::live();
    let notice = town.alert("X1", Severity::Moderate);
    let keys = if is_signed { vec![&town.officers[0]] } else { vec![] };
    let shown = present(&signed(&notice, &keys), &town.snapshot(), Some(&[home()]), now());
    fields(&json!({ "show": shown.notification.is_some() }))
}
