//! Replays years of bulletins on one phone and lists its rings.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::BufRead,
};

use campanile_core::{
    alerts::{Level, Place, PlaceSettings},
    area::{AreaKey, IstatCode, ZoneCode},
    assets,
    fixtures::{Town, signed_bulletin},
    notice::{self, BulletinDayRows, BulletinEdition, BulletinNotice, ZoneRow},
    push::{Loudness, Outcome, Snapshot, present},
    trust::HolderKind,
    words::Language,
};
use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Timelike, Utc};

/// One row of the history: published, "oggi" or "domani", zone or `*`, levels 0 to 3.
#[derive(Debug)]
struct HistoryRow {
    zone: String,
    idrogeologico: u8,
    temporali: u8,
    idraulico: u8,
}

type Days = BTreeMap<bool, Vec<HistoryRow>>;

/// A ring of the phone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ring {
    /// When the edition was published.
    pub published: DateTime<FixedOffset>,
    /// ISTAT code of the place.
    pub comune: IstatCode,
    /// The level that rang.
    pub level: String,
}

/// Why a history cannot be replayed.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// The file cannot be read.
    #[error("the history cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// A line is not of the form of the history.
    #[error(
        "line {line} of the history is not 'published_at,day,zone,criticita,idrogeo,temporali,idraulico'"
    )]
    Line {
        /// Counted from 1.
        line: usize,
    },
    /// The phone did not accept what the feed signed.
    #[error("the edition of {published} was refused: {reason}")]
    Refused {
        /// Which edition.
        published: String,
        /// The refusal.
        reason: String,
    },
}

fn read(history: impl BufRead) -> Result<BTreeMap<DateTime<FixedOffset>, Days>, ReplayError> {
    let mut editions: BTreeMap<_, Days> = BTreeMap::new();
    for (index, line) in history.lines().enumerate().skip(1) {
        let line = line?;
        let wrong = || ReplayError::Line { line: index + 1 };
        let fields: Vec<_> = line.split(',').collect();
        let [published, day, zone, _, idrogeologico, temporali, idraulico] = fields[..] else {
            return Err(wrong());
        };
        let published = DateTime::parse_from_rfc3339(published).map_err(|_date| wrong())?;
        let rows = editions.entry(published).or_default().entry(day == "domani").or_default();
        if zone != "*" {
            let level = |text: &str| text.parse().map_err(|_number| wrong());
            rows.push(HistoryRow {
                zone: zone.to_owned(),
                idrogeologico: level(idrogeologico)?,
                temporali: level(temporali)?,
                idraulico: level(idraulico)?,
            });
        }
    }
    Ok(editions)
}

fn level(number: u8) -> Level {
    match number {
        0 => Level::Verde,
        1 => Level::Gialla,
        2 => Level::Arancione,
        3 => Level::Rossa,
        _ => Level::Unknown,
    }
}

/// The day that an edition calls "oggi". The history has no text; the one edition of these years whose text names the
/// day before is the update of 2 April 2026, 00:16 (its index JSON says "oggi, Mercoledì 1 aprile 2026").
fn today_of(published: DateTime<FixedOffset>) -> NaiveDate {
    let day = published.date_naive();
    let names_the_day_before = published.format("%Y%m%d_%H%M").to_string() == "20260402_0016";
    if names_the_day_before { day - TimeDelta::days(1) } else { day }
}

/// The bulletin of an edition for `zones`. Zones that are not listed are green; a tomorrow without any coloured zone,
/// published before noon, is not there yet.
fn bulletin(
    published: DateTime<FixedOffset>,
    days: &Days,
    zones: &BTreeSet<ZoneCode>,
    edition: BulletinEdition,
) -> BulletinNotice {
    let today = today_of(published);
    let rows = days.iter().map(|(is_tomorrow, listed)| {
        let not_there_yet = *is_tomorrow && published.hour() < 12 && listed.is_empty();
        let row = |zone: &ZoneCode| {
            let found = listed.iter().find(|row| row.zone == zone.as_str());
            let of = |pick: fn(&HistoryRow) -> u8| {
                if not_there_yet {
                    Level::Unknown
                } else {
                    found.map_or(Level::Verde, |row| level(pick(row)))
                }
            };
            ZoneRow {
                zone: zone.clone(),
                idraulico: of(|row| row.idraulico),
                temporali: of(|row| row.temporali),
                idrogeologico: of(|row| row.idrogeologico),
            }
        };
        let day = if *is_tomorrow { today + TimeDelta::days(1) } else { today };
        BulletinDayRows { day, rows: zones.iter().map(row).collect() }
    });
    let at = published.with_timezone(&Utc);
    let town = Town::live();
    BulletinNotice {
        version: notice::VERSION,
        town: town.id,
        environment: town.environment,
        id: format!("dpc-{}", published.format("%Y%m%d-%H%M")),
        edition,
        published: at,
        sent: at,
        days: rows.collect(),
        source: "Dipartimento della Protezione Civile".to_owned(),
        headline: String::new(),
        source_sha256: None,
    }
}

/// The made-up town's list, with a feed that may speak of `zones` for many years.
fn list_for(zones: &BTreeSet<ZoneCode>, from: DateTime<Utc>) -> Vec<u8> {
    let town = Town::live();
    let mut list = town.list(2);
    for holder in list.holders.iter_mut().filter(|holder| holder.kind == HolderKind::Feed) {
        holder.scope = zones.iter().cloned().map(AreaKey::Zona).collect();
        for key in &mut holder.keys {
            key.valid_from = from - TimeDelta::days(1);
            key.valid_to = from + TimeDelta::days(7_300);
        }
    }
    list.expires = from + TimeDelta::days(7_300);
    town.signed_list(&list)
}

/// A history made ready to be played: what the feed signs, edition by edition.
#[derive(Debug)]
pub struct Replay {
    /// The trust list under which the feed signs.
    pub trust_list: Vec<u8>,
    /// When each edition was published, and the signed item.
    pub editions: Vec<(DateTime<FixedOffset>, Vec<u8>)>,
    phones: Vec<(IstatCode, Snapshot)>,
}

impl Replay {
    /// Reads `history` for one phone per comune; each phone saves one place.
    pub fn new(history: impl BufRead, comuni: &[IstatCode]) -> Result<Self, ReplayError> {
        let read = read(history)?;
        let mut zones = BTreeSet::new();
        for published in read.keys() {
            for comune in comuni {
                zones.extend(assets::zones_of(*comune, today_of(*published)).iter().cloned());
            }
        }
        let from = read.keys().next().map_or(DateTime::UNIX_EPOCH, |first| first.with_timezone(&Utc));
        let town = Town::live();
        let trust_list = list_for(&zones, from);
        let mut snapshot = Snapshot::new(&[town.anchor()], Language::Italian, from);
        snapshot.towns[0].trust_list = trust_list.clone().into();
        let mut day_of_last = None;
        let editions = read.iter().map(|(published, days)| {
            let day = published.date_naive();
            let edition =
                if day_of_last == Some(day) { BulletinEdition::Update } else { BulletinEdition::First };
            day_of_last = Some(day);
            let item = signed_bulletin(&bulletin(*published, days, &zones, edition), &town.feed);
            (*published, item)
        });
        let editions = editions.collect();
        let phones = comuni.iter().map(|comune| (*comune, snapshot.clone())).collect();
        Ok(Self { trust_list, editions, phones })
    }

    /// Hands an item to every phone at the time of its publication, and lists what rings, by comune.
    pub fn receive(
        &mut self,
        published: DateTime<FixedOffset>,
        item: &[u8],
    ) -> Result<Vec<Ring>, ReplayError> {
        let now = published.with_timezone(&Utc);
        let mut rings = Vec::new();
        for (comune, snapshot) in &mut self.phones {
            let place = Place {
                id: comune.to_string(),
                name: comune.to_string(),
                comune: *comune,
                comune_name: assets::comuni()
                    .get(*comune)
                    .map_or_else(String::new, |found| found.name.clone()),
                zones: assets::zones_of(*comune, today_of(published)).to_vec(),
                point: None,
                drawn: None,
                settings: PlaceSettings::default(),
            };
            let shown = present(item, snapshot, Some(&[place]), now);
            if let Outcome::Refused(refusal) = &shown.outcome {
                return Err(ReplayError::Refused {
                    published: published.to_string(),
                    reason: refusal.to_string(),
                });
            }
            if let Some(notification) = shown.notification.filter(|shown| shown.loudness >= Loudness::Ring) {
                rings.push(Ring { published, comune: *comune, level: notification.level.to_string() });
            }
            if let Some(next) = shown.snapshot {
                *snapshot = next;
            }
        }
        Ok(rings)
    }
}

/// Plays every edition of `history` to one phone per comune and lists what rang, by time and comune.
pub fn rings(history: impl BufRead, comuni: &[IstatCode]) -> Result<Vec<Ring>, ReplayError> {
    let mut replay = Replay::new(history, comuni)?;
    let mut rings = Vec::new();
    for (published, item) in std::mem::take(&mut replay.editions) {
        rings.extend(replay.receive(published, &item)?);
    }
    Ok(rings)
}
