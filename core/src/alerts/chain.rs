//! What became of an officer's alert: one state per chain, whatever order its items came in.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::notice::{AlertNotice, MsgType, Purpose, Severity, Status};

/// Where a chain stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// It holds.
    InForce,
    /// Ended by a Cancel ("cessato").
    Ended,
    /// Withdrawn as a false alarm.
    FalseAlarm,
    /// Past its own expiry.
    Expired,
}

/// An alert with all that was said of it since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Id of the item that opened it, or the lowest id known when that one never came.
    pub id: String,
    /// Every id of the chain, received or only referred to, sorted.
    pub ids: Vec<String>,
    /// The item that counts.
    pub latest: AlertNotice,
    /// The highest severity that any of its items had.
    pub highest: Severity,
    /// An officer said "in verifica" after the item that counts.
    pub under_review: bool,
    /// Whether the opening item was received.
    pub opening_received: bool,
}

impl Chain {
    /// Where the chain stands at `now`.
    pub fn phase(&self, now: DateTime<Utc>) -> Phase {
        match (self.latest.msg_type, self.latest.purpose) {
            (MsgType::Cancel, Purpose::FalseAlarm) => Phase::FalseAlarm,
            (MsgType::Cancel, _) => Phase::Ended,
            _ if now >= self.latest.expires => Phase::Expired,
            _ => Phase::InForce,
        }
    }
}

/// 0 to 4, so that the worst is highest; unknown counts as worse than arancione, below rossa.
pub(crate) fn severity_rank(severity: Severity) -> u8 {
    match severity {
        Severity::Minor => 0,
        Severity::Moderate => 1,
        Severity::Severe => 2,
        Severity::Unknown => 3,
        Severity::Extreme => 4,
    }
}

/// The chains that `items` make, sorted by id.
///
/// The result does not depend on the order of `items`; an item given twice counts once.
/// Items of another status never touch a chain: an exercise cannot end a real alert (safety rule 5).
pub fn chains<'a>(items: impl IntoIterator<Item = &'a AlertNotice>) -> Vec<Chain> {
    let mut by_id: BTreeMap<(Status3, &str), &AlertNotice> = BTreeMap::new();
    for item in items {
        by_id.entry((Status3::of(item.status), &item.id)).or_insert(item);
    }
    let mut groups = Groups::default();
    for ((status, id), item) in &by_id {
        groups.add((*status, id));
        for reference in &item.references {
            groups.join((*status, id), (*status, &reference.id));
        }
    }
    let mut members: BTreeMap<usize, (Vec<String>, Vec<&AlertNotice>)> = BTreeMap::new();
    for (index, (status, id)) in groups.names.iter().enumerate() {
        let (ids, received) = members.entry(groups.root(index)).or_default();
        ids.push((*id).to_owned());
        received.extend(by_id.get(&(*status, *id)));
    }
    let mut chains: Vec<Chain> =
        members.into_values().filter_map(|(ids, received)| fold(ids, &received)).collect();
    chains.sort_by(|a, b| a.id.cmp(&b.id));
    chains
}

fn fold(mut ids: Vec<String>, received: &[&AlertNotice]) -> Option<Chain> {
    ids.sort();
    let newest_first =
        |a: &&&AlertNotice, b: &&&AlertNotice| (a.sent, a.msg_type, &a.id).cmp(&(b.sent, b.msg_type, &b.id));
    let says_something = |item: &&&AlertNotice| item.purpose != Purpose::UnderReview;
    let latest = *received
        .iter()
        .filter(says_something)
        .max_by(newest_first)
        .or_else(|| received.iter().max_by(newest_first))?;
    let opening = received.iter().filter(|item| item.msg_type == MsgType::Alert).min_by_key(|item| item.sent);
    let highest =
        received.iter().map(|item| item.severity).max_by_key(|severity| severity_rank(*severity))?;
    let under_review =
        received.iter().any(|item| item.purpose == Purpose::UnderReview && item.sent >= latest.sent);
    Some(Chain {
        id: opening.map(|item| item.id.clone()).or_else(|| ids.first().cloned())?,
        latest: latest.clone(),
        highest,
        under_review: under_review && latest.msg_type != MsgType::Cancel,
        opening_received: opening.is_some(),
        ids,
    })
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Status3(u8);

impl Status3 {
    fn of(status: Status) -> Self {
        Self(match status {
            Status::Actual => 0,
            Status::Exercise => 1,
            Status::Test => 2,
        })
    }
}

/// Union-find over item ids.
#[derive(Default)]
struct Groups<'a> {
    index: BTreeMap<(Status3, &'a str), usize>,
    names: Vec<(Status3, &'a str)>,
    parent: Vec<usize>,
}

impl<'a> Groups<'a> {
    fn add(&mut self, name: (Status3, &'a str)) -> usize {
        *self.index.entry(name).or_insert_with(|| {
            self.names.push(name);
            self.parent.push(self.parent.len());
            self.parent.len() - 1
        })
    }

    fn root(&self, mut index: usize) -> usize {
        while self.parent[index] != index {
            index = self.parent[index];
        }
        index
    }

    fn join(&mut self, a: (Status3, &'a str), b: (Status3, &'a str)) {
        let (a, b) = (self.add(a), self.add(b));
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests;
