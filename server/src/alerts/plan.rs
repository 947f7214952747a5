//! Whom an item concerns, how urgent it is, and how long it is pushed.

use bytes::Bytes;
use campanile_core::{
    alerts::{Chain, Level},
    area::{AreaKey, IstatCode},
    assets, calendar,
    notice::{AlertNotice, BulletinNotice, MsgType, Severity, Status, ZoneRow},
    trust::Refusal,
};
use chrono::{DateTime, NaiveDate, Utc};

use crate::storage::NewItem;

/// Lanes of the fan-out; the lower goes first.
const URGENT: u8 = 0;
const ORDINARY: u8 = 1;
const EXERCISE: u8 = 2;

pub(super) fn alert(
    notice: &AlertNotice,
    chains: &[Chain],
    payload_sha256: [u8; 32],
    cose: Bytes,
    now: DateTime<Utc>,
) -> Result<NewItem, Refusal> {
    let opening = notice.references.first().map(|reference| {
        let chain = chains.iter().find(|chain| chain.ids.contains(&reference.id));
        chain.map_or_else(|| reference.id.clone(), |chain| chain.id.clone())
    });
    Ok(NewItem {
        id: notice.id.clone(),
        is_alert: true,
        payload_sha256,
        cose,
        sent: notice.sent,
        expires: notice.expires,
        cap_sha256: notice.cap_sha256.as_deref().copied(),
        comuni: comuni(notice.area.keys.iter(), &[calendar::local_date(now)])?,
        references: notice.references.iter().map(|reference| reference.id.clone()).collect(),
        lane: alert_lane(notice),
        collapse_key: opening.unwrap_or_else(|| notice.id.clone()),
    })
}

fn alert_lane(notice: &AlertNotice) -> u8 {
    let is_bad = matches!(notice.severity, Severity::Extreme | Severity::Severe | Severity::Unknown);
    match notice.status {
        Status::Exercise | Status::Test => EXERCISE,
        Status::Actual if is_bad || notice.msg_type == MsgType::Cancel => URGENT,
        Status::Actual => ORDINARY,
    }
}

pub(super) fn bulletin(
    bulletin: &BulletinNotice,
    payload_sha256: [u8; 32],
    cose: Bytes,
    now: DateTime<Utc>,
) -> Result<NewItem, Refusal> {
    let keys: Vec<_> = bulletin.zones().into_iter().cloned().map(AreaKey::Zona).collect();
    let today = calendar::local_date(now);
    let days: Vec<NaiveDate> = bulletin.days.iter().map(|day| day.day).collect();
    let last = days.iter().copied().max().ok_or(Refusal::NoArea)?;
    let ahead = bulletin.days.iter().filter(|day| day.day >= today).flat_map(|day| &day.rows);
    let is_bad = ahead.map(ZoneRow::highest).any(|level| matches!(level, Level::Arancione | Level::Rossa));
    Ok(NewItem {
        id: bulletin.id.clone(),
        is_alert: false,
        payload_sha256,
        cose,
        sent: bulletin.sent,
        expires: calendar::day_span(last).to,
        cap_sha256: None,
        comuni: comuni(keys.iter(), &days)?,
        references: Vec::new(),
        lane: if is_bad { URGENT } else { ORDINARY },
        collapse_key: "bollettino".to_owned(),
    })
}

/// The comuni of area keys, zones by the lists of `days`; sorted, once.
///
/// Errors: [`Refusal::NoArea`] if there is none: never the whole town instead (safety rule 8).
fn comuni<'a>(
    keys: impl Iterator<Item = &'a AreaKey>,
    days: &[NaiveDate],
) -> Result<Vec<IstatCode>, Refusal> {
    let mut found = Vec::new();
    for key in keys {
        match key {
            AreaKey::Comune(code) => found.push(assets::comuni().current(*code)),
            AreaKey::Zona(zone) => {
                found.extend(days.iter().flat_map(|day| assets::comuni_of(zone, *day)).copied());
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    if found.is_empty() { Err(Refusal::NoArea) } else { Ok(found) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 25).unwrap()
    }

    #[test]
    fn a_zone_is_planned_as_its_comuni() {
        let keys: [AreaKey; 2] = ["zona/Emil-F1".parse().unwrap(), "comune/036023".parse().unwrap()];
        let found = comuni(keys.iter(), &[day()]).unwrap();
        assert!(found.len() > 1);
        assert_eq!(found.iter().filter(|code| code.to_string() == "036023").count(), 1);
    }

    #[test]
    fn safety_rule_8_a_zone_that_is_not_in_force_is_no_area_and_never_the_whole_town() {
        let keys: [AreaKey; 1] = ["zona/Emil-Z9".parse().unwrap()];
        assert_eq!(comuni(keys.iter(), &[day()]), Err(Refusal::NoArea));
    }
}
