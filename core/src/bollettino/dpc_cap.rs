//! The bulletin as a CAP message: an info block for each level, risk and day, with the zones as areas.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate, Timelike as _};
use chrono_tz::Europe::Rome;

use super::{
    Bulletin, Edition, ReadError, Source, Which, ZoneLevels,
    cover::{DayRead, Unnamed, complete_days, cover, zone_list},
    dates::published_in_name,
    levels::{level_of, risks_of},
};
use crate::{
    alerts::Level,
    area::{ZoneCode, ZoneList, folded},
    cap::{self, Alert, Area, Info, MsgType, Status},
};

/// Name of the geocode that holds a zone's code.
const ZONE_GEOCODE: &str = "Zona di Allerta";

pub(super) fn read_cap(file_name: &str, bytes: &[u8]) -> Result<Bulletin, ReadError> {
    let alert = bulletin_alert(bytes)?;
    let published = published_in_name(file_name).or(alert.sent);
    let today = today_of(&alert, published);
    let list = zone_list(today, published);
    let mut unresolved = Vec::new();
    let days = days(&alert, today, list, &mut unresolved);
    Ok(Bulletin {
        edition: edition(&alert),
        published,
        days: days.into_iter().map(|day| cover(day, published, list)).collect(),
        unresolved,
        source: Source::Cap,
    })
}

/// The one alert of a bulletin's CAP.
pub(super) fn bulletin_alert(bytes: &[u8]) -> Result<Alert, ReadError> {
    let parsed = cap::parse(bytes, &cap::Limits::default()).map_err(ReadError::Cap)?;
    let refuse = |problem: &str| Err(ReadError::NotABulletin { problem: problem.to_owned() });
    let Ok([alert]) = <[cap::ParsedAlert; 1]>::try_from(parsed.alerts) else {
        return refuse("the file holds none or several CAP alerts, and a bulletin is one");
    };
    let alert = alert.alert;
    match (alert.status, alert.msg_type) {
        (Some(Status::Actual), Some(MsgType::Alert | MsgType::Update)) => {}
        (Some(Status::Actual), _) => return refuse("the CAP alert is neither an Alert nor an Update"),
        _ => return refuse("the status of the CAP alert is not Actual"),
    }
    let is_of_bulletin =
        |info: &Info| folded(&info.event).contains("criticita") || folded(&info.event).contains("allerta");
    if alert.info.iter().any(|info| !is_of_bulletin(info)) {
        return refuse("an event of the CAP alert is no level of the bulletin");
    }
    Ok(alert)
}

pub(super) fn edition(alert: &Alert) -> Edition {
    // DPC's CAP says Alert for whatever edition; only Update tells something.
    if alert.msg_type == Some(MsgType::Update) { Edition::Update } else { Edition::Unknown }
}

fn onset_day(info: &Info) -> Option<NaiveDate> {
    Some(info.onset?.with_timezone(&Rome).date_naive())
}

/// Which day an info block speaks of, by its words ("PER DOMANI SU").
fn which_in_words(info: &Info) -> Which {
    let words = folded(info.description.as_deref().unwrap_or_default());
    let says = |day: &str| words.split(|c: char| !c.is_alphabetic()).any(|word| word == day);
    match (says("oggi"), says("domani")) {
        (true, false) => Which::Today,
        (false, true) => Which::Tomorrow,
        _ => Which::Unsaid,
    }
}

/// The civil day that the edition calls today (safety rule 3): from an onset and the words beside it;
/// without coloured zones, the day of publication, unless that was in the night or morning, when "oggi" may be the day before.
///
/// The onset of tomorrow is its midnight; that of today may be the time of publication, which for an edition of the
/// night lies in the next day. So tomorrow is asked first.
pub(super) fn today_of(alert: &Alert, published: Option<DateTime<FixedOffset>>) -> Option<NaiveDate> {
    let first_day =
        |which| alert.info.iter().filter(|info| which_in_words(info) == which).find_map(onset_day);
    let tomorrow = first_day(Which::Tomorrow);
    let said = tomorrow.map_or_else(|| first_day(Which::Today), |tomorrow| tomorrow.pred_opt());
    said.or_else(|| {
        let published = published.filter(|published| published.hour() >= 12)?;
        Some(published.date_naive())
    })
}

/// Today and tomorrow, and other days if an info block has an onset elsewhere.
pub(super) fn days(
    alert: &Alert,
    today: Option<NaiveDate>,
    list: &ZoneList,
    unresolved: &mut Vec<String>,
) -> Vec<DayRead> {
    let empty = |which, day| DayRead { which, day, said: BTreeMap::new(), unnamed: Unnamed::IsGreen };
    let mut days =
        vec![empty(Which::Today, today), empty(Which::Tomorrow, today.and_then(|today| today.succ_opt()))];
    for info in &alert.info {
        let (which, day) = (which_in_words(info), onset_day(info));
        let fits = |read: &DayRead| match which {
            Which::Today | Which::Tomorrow => read.which == which,
            Which::Unsaid => day.is_some() && read.day == day,
        };
        let index = days.iter().position(fits).unwrap_or_else(|| {
            days.push(DayRead { unnamed: Unnamed::IsUnknown, ..empty(Which::Unsaid, day) });
            days.len() - 1
        });
        let Some(read) = days.get_mut(index) else { continue };
        for area in &info.area {
            for zone in zones_of(area, list, unresolved) {
                let levels = read.said.entry(zone).or_insert(ZoneLevels::all(Level::Verde));
                for risk in risks_of(&info.event) {
                    levels.raise(risk, level_of(&info.event));
                }
            }
        }
    }
    complete_days(&mut days);
    days
}

/// Zones of an area: by its code, or, where that is not of this list, by its name.
fn zones_of(area: &Area, list: &ZoneList, unresolved: &mut Vec<String>) -> Vec<ZoneCode> {
    let mut zones = Vec::new();
    for code in area.geocodes(ZONE_GEOCODE) {
        match code.parse::<ZoneCode>() {
            Ok(code) if list.get(&code).is_some() => zones.push(code),
            Ok(code) => {
                unresolved.push(code.to_string());
                zones.push(code);
            }
            Err(_) => unresolved.push(code.to_owned()),
        }
    }
    if !zones.iter().any(|code| list.get(code).is_some()) {
        match list.named(&area.area_desc) {
            Some(zone) => zones.push(zone.code.clone()),
            None => unresolved.push(area.area_desc.clone()),
        }
    }
    zones
}
