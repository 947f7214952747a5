//! What changed between two editions.

use chrono::NaiveDate;

use super::{Bulletin, BulletinDay};
use crate::{
    alerts::{Level, Risk},
    area::ZoneCode,
};

/// A change of level, for one zone, risk and day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The civil day.
    pub day: NaiveDate,
    /// The zone.
    pub zone: ZoneCode,
    /// The risk.
    pub risk: Risk,
    /// Level in the earlier edition; `None` if that did not speak of the day or the zone, or did not know.
    pub from: Option<Level>,
    /// Level in the later edition, never unknown.
    pub to: Level,
    /// Which way it went.
    pub turn: Turn,
}

/// Which way a level went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Turn {
    /// To a higher level.
    Rose,
    /// To a lower level.
    Fell,
    /// To a colour, from nothing known.
    Appeared,
}

/// What rose, fell or appeared from one edition to the next, by day, zone and risk in this order.
///
/// Days are matched by date: the tomorrow of yesterday's edition is the today of today's.
/// What becomes unknown is no change: it neither rings nor clears (safety rule 1).
/// Days without a date are passed over.
pub fn diff(previous: &Bulletin, next: &Bulletin) -> Vec<Change> {
    let earlier = |day: NaiveDate| previous.days.iter().find(|earlier| earlier.day == Some(day));
    let mut changes = Vec::new();
    for later in &next.days {
        if let Some(day) = later.day {
            compare(day, earlier(day), later, &mut changes);
        }
    }
    changes.sort_by(|a, b| (a.day, &a.zone, a.risk).cmp(&(b.day, &b.zone, b.risk)));
    changes
}

fn compare(day: NaiveDate, earlier: Option<&BulletinDay>, later: &BulletinDay, changes: &mut Vec<Change>) {
    for (zone, levels) in &later.zones {
        let before = earlier.and_then(|earlier| earlier.zones.get(zone));
        for risk in Risk::ALL {
            let to = levels.get(risk);
            let from = before.map(|before| before.get(risk)).filter(|level| *level != Level::Unknown);
            let turn = match (from.and_then(Level::rank), to.rank()) {
                (Some(from), Some(to)) if to > from => Turn::Rose,
                (Some(from), Some(to)) if to < from => Turn::Fell,
                (None, Some(to)) if to > 0 => Turn::Appeared,
                _ => continue,
            };
            changes.push(Change { day, zone: zone.clone(), risk, from, to, turn });
        }
    }
}
