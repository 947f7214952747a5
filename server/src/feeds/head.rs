//! What a head says: the items in force, and those that ended within a week.

use std::collections::{BTreeMap, BTreeSet};

use campanile_core::{
    alerts::{Phase, chains},
    calendar,
    notice::{self, AlertNotice, BulletinNotice, Head, HeadEntry},
    trust::{ItemKind, SignedItem, TrustAnchor},
};
use chrono::{DateTime, TimeDelta, Utc};

use crate::storage::SequencedItem;

/// How long an item that ended is named.
const NAMED_AFTER_END: TimeDelta = TimeDelta::days(7);

/// Items that ended before this are not looked at: a chain's older items may end before its last one.
pub(super) const LOOKS_BACK: TimeDelta = TimeDelta::days(60);

/// A head has 16 KiB: this many entries of the longest ids fit for sure.
const MOST_ENTRIES: usize = 180;

/// The head over `items` of this machine; `sequences` gives the push server's sequence of each.
pub(super) fn head(
    anchor: &TrustAnchor,
    number: u64,
    trust_list: u32,
    items: &[SequencedItem],
    sequences: &BTreeMap<u64, u64>,
    now: DateTime<Utc>,
) -> Head {
    let mut alerts: Vec<AlertNotice> = Vec::new();
    let mut sequence_of: BTreeMap<String, u64> = BTreeMap::new();
    // Each with the instant at which it ended, or will.
    let mut ends: BTreeMap<String, DateTime<Utc>> = BTreeMap::new();
    for item in items {
        let Some(sequence) = sequences.get(&item.sequence) else { continue };
        let Ok(signed) = SignedItem::decode(&item.cose) else { continue };
        match signed.kind {
            ItemKind::Alert => {
                if let Ok(alert) = notice::decode::<AlertNotice>(&signed.payload) {
                    sequence_of.insert(alert.id.clone(), *sequence);
                    alerts.push(alert);
                }
            }
            ItemKind::Bulletin => {
                if let Ok(bulletin) = notice::decode::<BulletinNotice>(&signed.payload)
                    && let Some(last) = bulletin.days.iter().map(|day| day.day).max()
                {
                    sequence_of.insert(bulletin.id.clone(), *sequence);
                    ends.insert(bulletin.id, calendar::day_span(last).to);
                }
            }
            ItemKind::Head | ItemKind::TrustList | ItemKind::Revocation => {}
        }
    }
    for chain in chains(&alerts) {
        let end = match chain.phase(now) {
            Phase::InForce | Phase::Expired => chain.latest.expires,
            Phase::Ended | Phase::FalseAlarm => chain.latest.sent,
        };
        for id in chain.ids {
            ends.insert(id, end);
        }
    }
    let named = |keep: &dyn Fn(DateTime<Utc>) -> bool| {
        let kept: BTreeSet<_> = ends
            .iter()
            .filter(|(_, end)| keep(**end))
            .filter_map(|(id, _)| sequence_of.get(id).map(|sequence| (*sequence, id)))
            .collect();
        let newest = kept.into_iter().rev().take(MOST_ENTRIES);
        let mut entries: Vec<_> =
            newest.map(|(sequence, id)| HeadEntry { id: id.clone(), sequence }).collect();
        entries.reverse();
        entries
    };
    Head {
        version: notice::VERSION,
        town: anchor.town.clone(),
        environment: anchor.environment,
        number,
        time: now,
        trust_list,
        in_force: named(&|end| end > now),
        ended: named(&|end| end <= now && end > now - NAMED_AFTER_END),
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use campanile_core::{
        fixtures::{self, Town, signed},
        notice::{MsgType, Purpose, Severity},
    };

    use super::*;

    fn ids(entries: &[HeadEntry]) -> Vec<(&str, u64)> {
        entries.iter().map(|entry| (entry.id.as_str(), entry.sequence)).collect()
    }

    #[test]
    fn the_head_names_what_is_in_force_and_what_ended_by_the_sequences_of_the_push_server() {
        let town = Town::live();
        let standing = town.alert("a-1", Severity::Moderate);
        let opened = town.alert("b-1", Severity::Moderate);
        let cancel = town.follow(&opened, "b-2", MsgType::Cancel, Purpose::Ordinary);
        let pending = town.alert("c-1", Severity::Moderate);
        let items: Vec<SequencedItem> = [&standing, &opened, &cancel, &pending]
            .into_iter()
            .zip(1..)
            .map(|(alert, sequence)| SequencedItem {
                sequence,
                cose: Bytes::from(signed(alert, &[&town.officers[0]])),
            })
            .collect();
        // The push server did not take the last one yet: a phone could not fetch it.
        let sequences = BTreeMap::from([(1, 41), (2, 42), (3, 44)]);
        let at = |now| head(&town.anchor(), 1, 1, &items, &sequences, now);
        let now = fixtures::now() + TimeDelta::minutes(20);
        assert_eq!(ids(&at(now).in_force), [("a-1", 41)]);
        assert_eq!(ids(&at(now).ended), [("b-1", 42), ("b-2", 44)]);
        let next_day = now + TimeDelta::days(1);
        assert_eq!(ids(&at(next_day).in_force), []);
        assert_eq!(ids(&at(next_day).ended).len(), 3);
        assert!(at(now + TimeDelta::days(9)).ended.is_empty());
    }

    #[test]
    fn a_head_of_very_many_items_still_fits() {
        let town = Town::live();
        let items: Vec<SequencedItem> = (1..=400)
            .map(|sequence| SequencedItem {
                sequence,
                cose: Bytes::from(signed(
                    &town.alert(&format!("{sequence:064}"), Severity::Moderate),
                    &[&town.officers[0]],
                )),
            })
            .collect();
        let sequences = (1..=400).map(|n| (n, n + 1_000_000_000)).collect();
        let head = head(&town.anchor(), u64::MAX, 1, &items, &sequences, fixtures::now());
        assert!(fixtures::signed_head(&head, &town.feed).len() <= ItemKind::Head.max_bytes());
        assert_eq!(head.in_force.last().map(|entry| entry.sequence), Some(1_000_000_400));
    }
}
