//! An edition of the national bulletin as a town relays it: its own zones, in fixed words.

use campanile_core::{
    area::{AreaKey, ZoneCode},
    notice::{self, BulletinDayRows, BulletinEdition, BulletinNotice},
    trust::TrustAnchor,
    words::{Language, Words},
};
use chrono::{DateTime, Utc};

const SOURCE: &str = "Dipartimento della Protezione Civile";

/// What a source published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// Names it, such as `dpc-20230516-1522`; the same for the same edition.
    pub id: String,
    /// Which of the day.
    pub edition: BulletinEdition,
    /// When it was published.
    pub published: DateTime<Utc>,
    /// Its days with all zones that it names.
    pub days: Vec<BulletinDayRows>,
    /// SHA-256 of the file, if it came as one.
    pub source_sha256: Option<[u8; 32]>,
}

/// The zones in a scope, sorted.
pub(super) fn zones_of_scope(scope: &[AreaKey]) -> Vec<ZoneCode> {
    let mut zones: Vec<ZoneCode> = scope
        .iter()
        .filter_map(|key| match key {
            AreaKey::Zona(zone) => Some(zone.clone()),
            AreaKey::Comune(_) => None,
        })
        .collect();
    zones.sort();
    zones.dedup();
    zones
}

/// The notice of an edition for the zones of a town. A zone that the edition does not have gets no row: unknown.
pub(super) fn notice(
    edition: &Edition,
    anchor: &TrustAnchor,
    zones: &[ZoneCode],
    now: DateTime<Utc>,
) -> BulletinNotice {
    let days = edition.days.iter().map(|day| {
        let mut rows: Vec<_> = day.rows.iter().filter(|row| zones.contains(&row.zone)).cloned().collect();
        rows.sort_by(|a, b| a.zone.cmp(&b.zone));
        BulletinDayRows { day: day.day, rows }
    });
    let mut notice = BulletinNotice {
        version: notice::VERSION,
        town: anchor.town.clone(),
        environment: anchor.environment,
        id: edition.id.clone(),
        edition: edition.edition,
        published: edition.published,
        sent: now,
        days: days.collect(),
        source: SOURCE.to_owned(),
        headline: String::new(),
        source_sha256: edition.source_sha256.map(Into::into),
    };
    notice.headline = Words::of(Language::Italian).bulletin_headline(&notice);
    notice
}

#[cfg(test)]
mod tests {
    use campanile_core::{alerts::Level, fixtures, notice::ZoneRow};

    use super::*;

    #[test]
    fn only_the_towns_zones_are_relayed_and_a_missing_zone_gets_no_row() {
        let row = |zone: &str, level| ZoneRow {
            zone: zone.parse().unwrap(),
            idraulico: level,
            temporali: Level::Verde,
            idrogeologico: Level::Verde,
        };
        let edition = Edition {
            id: "dpc-20230516-1522".to_owned(),
            edition: BulletinEdition::First,
            published: fixtures::now(),
            days: vec![BulletinDayRows {
                day: fixtures::today(),
                rows: vec![row("Tosc-A", Level::Gialla), row("Emil-F1", Level::Rossa)],
            }],
            source_sha256: None,
        };
        let zones = ["Emil-E2".parse().unwrap(), fixtures::zone()];
        let made = notice(&edition, &fixtures::Town::live().anchor(), &zones, fixtures::now());
        assert_eq!(made.zones(), [&fixtures::zone()]);
        assert!(made.headline.starts_with("Allerta rossa"), "{}", made.headline);
    }
}
