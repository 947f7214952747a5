//! `assets/demo`: the demonstration. Only in builds with the feature `demo`, never in a release.

use std::sync::OnceLock;

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::{AssetError, Row, table};
use crate::{
    alerts::Level,
    area::{AreaKey, IstatCode},
    notice::{self, BulletinDayRows, ZoneRow},
    trust::{Holder, HolderKey, HolderKind, ItemKind, Role, SigningKey, TrustList, sha256, sign},
};

pub(super) const TOWNS: &[(&str, &str)] =
    &[("assets/demo/modena.toml", include_str!("../../../assets/demo/modena.toml"))];

/// How many root keys the demo town has, and how many officers.
const ROOTS: u8 = 3;
const OFFICERS: u8 = 3;

/// The bulletin of the demonstration: 16 May 2023, the day before the flood of Romagna.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoBulletin {
    /// When it was published: 15:22 Europe/Rome.
    pub published: DateTime<Utc>,
    /// 16 and 17 May 2023, all 170 zones each.
    pub days: Vec<BulletinDayRows>,
}

/// A phone of the demonstration and what it must show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoPhone {
    /// What the demonstration calls it.
    pub name: String,
    /// The comune it is registered for.
    pub comune: IstatCode,
    /// Level on the first day of the bulletin.
    pub today: Level,
    /// Level on the second.
    pub tomorrow: Level,
}

/// A private key of the demo town. Everybody can make it: it is worth nothing.
fn key(of: &str) -> SigningKey {
    let seed = sha256(format!("Campanile demo {of}, worth nothing").as_bytes());
    SigningKey::from_seed(&seed).expect("any 32 bytes are an Ed25519 seed")
}

/// The private root keys of the demo town, in the order of its file. Everybody can make them: they are worth nothing.
pub fn root_keys() -> Vec<SigningKey> {
    (1..=ROOTS).map(|number| key(&format!("root {number}"))).collect()
}

/// The private keys of the officers `ufficiale-1` to `ufficiale-3` of the demo town, worth nothing either.
pub fn officer_keys() -> Vec<SigningKey> {
    (1..=OFFICERS).map(|number| key(&format!("officer {number}"))).collect()
}

/// The private key of the demo town's feed, worth nothing either.
pub fn feed_key() -> SigningKey {
    key("feed")
}

/// The trust list of the demo town, signed by two of its roots, for a year from `issued`.
///
/// Its version is the minute of `issued`, so that a demonstration started later brings a newer one.
/// Officers may address Modena, the feed the alert zones of Emilia-Romagna of that day.
#[expect(clippy::missing_panics_doc, reason = "a build whose files cannot be read fails its tests")]
pub fn trust_list(issued: DateTime<Utc>) -> Vec<u8> {
    let town = super::towns()
        .iter()
        .find(|town| town.anchor.environment == notice::Environment::Demo)
        .expect("a build with the feature demo has its town");
    let expires = issued + Days::new(365);
    let holder = |id: String, kind, roles: &[Role], scope: Vec<AreaKey>, key: &SigningKey| Holder {
        id,
        kind,
        roles: roles.to_vec(),
        scope,
        // A phone's clock may be a little behind.
        keys: vec![HolderKey { public: key.public(), valid_from: issued - Days::new(1), valid_to: expires }],
    };
    let own: Vec<AreaKey> = town.comuni.iter().copied().map(AreaKey::Comune).collect();
    let zones = super::zones_on(crate::calendar::local_date(issued))
        .iter()
        .filter(|zone| zone.region == "Emilia-Romagna")
        .map(|zone| AreaKey::Zona(zone.code.clone()));
    let mut holders: Vec<Holder> = officer_keys()
        .iter()
        .zip(1..)
        .map(|(key, n)| {
            holder(format!("ufficiale-{n}"), HolderKind::Person, &[Role::Alerts], own.clone(), key)
        })
        .collect();
    let feed_roles = [Role::Bulletins, Role::Heads];
    holders.push(holder(
        "bollettini".to_owned(),
        HolderKind::Feed,
        &feed_roles,
        zones.collect(),
        &feed_key(),
    ));
    let list = TrustList {
        version: u32::try_from(issued.timestamp() / 60).unwrap_or(1),
        town: town.anchor.town.clone(),
        environment: town.anchor.environment,
        issued,
        expires,
        roots: town.anchor.roots.clone(),
        root_threshold: town.anchor.threshold,
        holders,
        revoked: Vec::new(),
    };
    let roots = root_keys();
    sign(ItemKind::TrustList, notice::encode(&list), &[&roots[0], &roots[1]])
        .expect("a list of a few holders is within its bounds")
}

/// The bulletin of 16 May 2023, 15:22.
#[expect(clippy::missing_panics_doc, reason = "a build whose files cannot be read fails its tests")]
pub fn bulletin() -> &'static DemoBulletin {
    static BULLETIN: OnceLock<DemoBulletin> = OnceLock::new();
    BULLETIN.get_or_init(|| read_bulletin().expect("assets/demo is read whole by a test"))
}

/// The phones of the demonstration.
#[expect(clippy::missing_panics_doc, reason = "a build whose files cannot be read fails its tests")]
pub fn phones() -> &'static [DemoPhone] {
    static PHONES: OnceLock<Vec<DemoPhone>> = OnceLock::new();
    PHONES.get_or_init(|| read_phones().expect("assets/demo is read whole by a test"))
}

fn level(row: &Row, column: usize) -> Result<Level, AssetError> {
    let text = row.text(column)?;
    let known = [Level::Verde, Level::Gialla, Level::Arancione, Level::Rossa].into_iter();
    known
        .into_iter()
        .find(|level| level.as_str() == text)
        .ok_or_else(|| row.problem(format!("'{text}' is no level")))
}

fn read_bulletin() -> Result<DemoBulletin, AssetError> {
    let rows = table(
        "assets/demo/bulletin_20230516_1522.csv",
        include_str!("../../../assets/demo/bulletin_20230516_1522.csv"),
        &["day", "zone", "idraulico", "temporali", "idrogeologico"],
        |row| {
            let levels = ZoneRow {
                zone: row.value(1)?,
                idraulico: level(row, 2)?,
                temporali: level(row, 3)?,
                idrogeologico: level(row, 4)?,
            };
            Ok((row.value::<u64>(0)?, levels))
        },
    )?;
    let first = NaiveDate::from_ymd_opt(2023, 5, 16).unwrap_or_default();
    let day = |offset: u64| BulletinDayRows {
        day: first + Days::new(offset),
        rows: rows.iter().filter(|(day, _)| *day == offset).map(|(_, row)| row.clone()).collect(),
    };
    // 15:22 in Rome, two hours ahead of UTC in May.
    let published = first.and_hms_opt(13, 22, 0).unwrap_or_default().and_utc();
    Ok(DemoBulletin { published, days: vec![day(0), day(1)] })
}

fn read_phones() -> Result<Vec<DemoPhone>, AssetError> {
    table(
        "assets/demo/phones.csv",
        include_str!("../../../assets/demo/phones.csv"),
        &["phone", "comune", "today", "tomorrow"],
        |row| {
            Ok(DemoPhone {
                name: row.value(0)?,
                comune: row.value(1)?,
                today: level(row, 2)?,
                tomorrow: level(row, 3)?,
            })
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        assets::{towns, zones_of, zones_on},
        notice::Environment,
    };

    #[test]
    fn the_demo_town_trusts_the_keys_that_everybody_can_make() {
        let demo: Vec<_> =
            towns().iter().filter(|town| town.anchor.environment == Environment::Demo).collect();
        assert_eq!(demo.len(), 1);
        assert_eq!(demo[0].anchor.roots, root_keys().iter().map(SigningKey::public).collect::<Vec<_>>());
    }

    #[test]
    fn the_trust_list_opens_with_the_roots_of_the_demo_town_and_names_the_zones_of_its_region() {
        use crate::trust::Trust;

        let town = towns().iter().find(|town| town.anchor.environment == Environment::Demo).unwrap();
        let issued = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let trust = Trust::open(&town.anchor, &trust_list(issued)).unwrap();
        let later = Trust::open(&town.anchor, &trust_list(issued + Days::new(1))).unwrap();
        assert!(later.list().version > trust.list().version);
        let (feed, _) = trust.list().holder_of(feed_key().id()).unwrap();
        assert!(feed.scope.contains(&"zona/Emil-F1".parse().unwrap()), "{:?}", feed.scope);
        assert!(feed.scope.len() >= 10);
    }

    #[test]
    fn the_bulletin_has_every_zone_of_its_day_once_and_emilia_romagna_is_red() {
        for day in &bulletin().days {
            let zones: Vec<_> = day.rows.iter().map(|row| &row.zone).collect();
            assert_eq!(zones, zones_on(day.day).iter().map(|zone| &zone.code).collect::<Vec<_>>());
            let red =
                |row: &&ZoneRow| row.highest() == Level::Rossa && row.zone.as_str().starts_with("Emil-");
            assert_eq!(day.rows.iter().filter(red).count(), 10, "{}", day.day);
        }
    }

    #[test]
    fn each_phone_shows_the_level_of_its_comune() {
        for phone in phones() {
            for (day, expected) in bulletin().days.iter().zip([phone.today, phone.tomorrow]) {
                let zones = zones_of(phone.comune, day.day);
                let rows = day.rows.iter().filter(|row| zones.contains(&row.zone));
                assert_eq!(
                    Level::highest(rows.map(ZoneRow::highest)),
                    expected,
                    "{} {}",
                    phone.name,
                    day.day
                );
            }
        }
    }

    #[test]
    fn the_bulletin_equals_the_published_levels() {
        let Some(shared) = crate::shared_data::shared("demo bulletin") else { return };
        for (day, file) in bulletin().days.iter().zip(["20230516_1522_oggi.csv", "20230516_1522_domani.csv"])
        {
            let mut reader =
                csv::Reader::from_path(shared.join("data/dpc/bulletin-zone-csv").join(file)).unwrap();
            let mut rows = 0;
            for record in reader.records().map(|record| record.unwrap()) {
                let row = day.rows.iter().find(|row| row.zone.as_str() == &record[3]).unwrap();
                for (column, level) in [(5, row.idrogeologico), (6, row.temporali), (7, row.idraulico)] {
                    let colour = match level {
                        Level::Verde => "NESSUNA ALLERTA",
                        Level::Gialla => "ALLERTA GIALLA",
                        Level::Arancione => "ALLERTA ARANCIONE",
                        Level::Rossa => "ALLERTA ROSSA",
                        Level::Unknown => "?",
                    };
                    assert!(record[column].ends_with(colour), "{} {column}", row.zone);
                }
                rows += 1;
            }
            assert_eq!(rows, day.rows.len());
        }
    }
}
