//! `assets/zones`: alert zones and the comuni in them, cut into spans of days on which nothing changes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::{AssetError, comuni, table};
use crate::area::{IstatCode, Zone, ZoneCode, ZoneList};

/// The zones of every recorded day.
pub(super) struct ZoneDays {
    /// Sorted by first day; each lasts until the next begins.
    spans: Vec<Span>,
    /// Answers for the days before the first span.
    unknown: Span,
}

#[derive(Default)]
struct Span {
    from: NaiveDate,
    list: ZoneList,
    comuni: BTreeMap<ZoneCode, Vec<IstatCode>>,
    /// Comune and the number of its set in `sets`, sorted by comune: hundreds of comuni share a set.
    set_of: Vec<(IstatCode, usize)>,
    sets: Vec<Vec<ZoneCode>>,
}

/// The comuni of a zone over some days.
struct Membership {
    zone: ZoneCode,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
    comuni: Vec<IstatCode>,
}

fn in_force(from: NaiveDate, to: Option<NaiveDate>, date: NaiveDate) -> bool {
    from <= date && to.is_none_or(|to| date <= to)
}

impl ZoneDays {
    fn new(zones: &[Zone], memberships: &[Membership], superseded: &[(IstatCode, IstatCode)]) -> Self {
        let spells = zones.iter().map(|z| (z.valid_from, z.valid_to));
        let days: BTreeSet<NaiveDate> = spells
            .chain(memberships.iter().map(|m| (m.valid_from, m.valid_to)))
            .flat_map(|(from, to)| [Some(from), to.and_then(|to| to.succ_opt())])
            .flatten()
            .collect();
        let span = |from: NaiveDate| {
            let list = zones.iter().filter(|z| in_force(z.valid_from, z.valid_to, from)).cloned().collect();
            let memberships = memberships.iter().filter(|m| in_force(m.valid_from, m.valid_to, from));
            Span::new(from, list, memberships, superseded)
        };
        Self { spans: days.into_iter().map(span).collect(), unknown: Span::default() }
    }

    fn span(&self, date: NaiveDate) -> &Span {
        self.spans.iter().rfind(|span| span.from <= date).unwrap_or(&self.unknown)
    }

    pub(super) fn list_on(&self, date: NaiveDate) -> &ZoneList {
        &self.span(date).list
    }

    pub(super) fn zones_of(&self, comune: IstatCode, date: NaiveDate) -> &[ZoneCode] {
        self.span(date).zones_of(comune).unwrap_or_default()
    }

    pub(super) fn comuni_of(&self, zone: &ZoneCode, date: NaiveDate) -> &[IstatCode] {
        self.span(date).comuni.get(zone).map_or(&[], Vec::as_slice)
    }
}

impl Span {
    fn new<'a>(
        from: NaiveDate,
        list: Vec<Zone>,
        memberships: impl Iterator<Item = &'a Membership>,
        superseded: &[(IstatCode, IstatCode)],
    ) -> Self {
        let mut comuni: BTreeMap<ZoneCode, Vec<IstatCode>> = BTreeMap::new();
        let mut zones: BTreeMap<IstatCode, Vec<&ZoneCode>> = BTreeMap::new();
        for m in memberships {
            comuni.insert(m.zone.clone(), m.comuni.clone());
            for &comune in &m.comuni {
                zones.entry(comune).or_default().push(&m.zone);
            }
        }
        for (old, now) in superseded {
            if let Some(now) = zones.get(now).cloned() {
                zones.insert(*old, now);
            }
        }
        let mut numbers = HashMap::new();
        let mut sets = Vec::new();
        let set_of = zones.into_iter().map(|(comune, set)| {
            let number = *numbers.entry(set).or_insert_with_key(|set| {
                sets.push(set.iter().map(|zone| (*zone).clone()).collect());
                sets.len() - 1
            });
            (comune, number)
        });
        let set_of = set_of.collect();
        Self { from, list: ZoneList::new(list), comuni, set_of, sets }
    }

    fn zones_of(&self, comune: IstatCode) -> Option<&[ZoneCode]> {
        let at = self.set_of.binary_search_by_key(&comune, |(code, _)| *code).ok()?;
        self.sets.get(self.set_of.get(at)?.1).map(Vec::as_slice)
    }
}

pub(super) fn read() -> Result<ZoneDays, AssetError> {
    let zones = table(
        "assets/zones/zones.csv",
        include_str!("../../../assets/zones/zones.csv"),
        &["code", "name", "region", "valid_from", "valid_to", "aliases"],
        |row| {
            Ok(Zone {
                code: row.value(0)?,
                name: row.value(1)?,
                region: row.value(2)?,
                valid_from: row.value(3)?,
                valid_to: row.optional(4)?,
                aliases: row
                    .text(5)?
                    .split('|')
                    .filter(|alias| !alias.is_empty())
                    .map(str::to_owned)
                    .collect(),
            })
        },
    )?;
    let memberships = table(
        "assets/zones/comune_zones.csv",
        include_str!("../../../assets/zones/comune_zones.csv"),
        &["zone", "valid_from", "valid_to", "comuni"],
        |row| {
            let comuni: Result<Vec<IstatCode>, _> = row.text(3)?.split(' ').map(str::parse).collect();
            Ok(Membership {
                zone: row.value(0)?,
                valid_from: row.value(1)?,
                valid_to: row.optional(2)?,
                comuni: comuni.map_err(|error| row.problem(error.to_string()))?,
            })
        },
    )?;
    Ok(ZoneDays::new(&zones, &memberships, &comuni::superseded()?))
}
