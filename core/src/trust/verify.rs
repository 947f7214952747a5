//! What a phone holds of a town's trust, and the judgement of an item against it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    Holder, HolderKind, ItemKind, KeyId, MAX_ALERT_LIFETIME_DAYS, PublicKey, Refusal, Revocation, Role,
    SignedItem, TrustAnchor, TrustList, persons_needed,
};
use crate::{
    area::AreaKey,
    notice::{self, AlertNotice, BulletinNotice, Environment, Head, MsgType, Severity},
};

/// A verified item of the public plane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verified {
    /// An officer's alert.
    Alert(AlertNotice),
    /// A bulletin.
    Bulletin(BulletinNotice),
    /// The head.
    Head(Head),
}

/// A town's trust list as held, with the revocations that came since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trust {
    list: TrustList,
    revoked: BTreeSet<KeyId>,
}

impl Trust {
    /// The first trust list of a phone, judged by the keys of the app release.
    pub fn open(anchor: &TrustAnchor, bytes: &[u8]) -> Result<Self, Refusal> {
        let list = judge_list(bytes, &anchor.town, anchor.environment, &anchor.roots, anchor.threshold)?;
        Ok(Self { revoked: list.revoked_keys(), list })
    }

    /// The trust list that a phone holds already, judged by the keys of the app release or, after a root rotation,
    /// by its own: it was judged in full when it came.
    pub(crate) fn open_held(anchor: &TrustAnchor, bytes: &[u8]) -> Result<Self, Refusal> {
        let held: TrustList = notice::decode(&SignedItem::decode(bytes)?.payload)?;
        let rotated = held.roots != anchor.roots;
        let (roots, threshold) =
            if rotated { (&held.roots, held.root_threshold) } else { (&anchor.roots, anchor.threshold) };
        let list = judge_list(bytes, &anchor.town, anchor.environment, roots, threshold)?;
        Ok(Self { revoked: list.revoked_keys(), list })
    }

    /// The list.
    pub fn list(&self) -> &TrustList {
        &self.list
    }

    /// Whether the list is past its day: alerts still show, labelled and not full-screen.
    pub fn is_expired(&self, now: DateTime<Utc>) -> bool {
        now >= self.list.expires
    }

    /// This trust with a newer list, judged by the roots of the held one (and by its own, if they differ).
    ///
    /// Errors: [`Refusal::OldTrustList`] for a version that is not higher.
    pub fn update(&self, bytes: &[u8]) -> Result<Self, Refusal> {
        let held = &self.list;
        let list = judge_list(bytes, &held.town, held.environment, &held.roots, held.root_threshold)?;
        if list.version <= held.version {
            return Err(Refusal::OldTrustList { found: list.version, held: held.version });
        }
        // A removal by two officers outlives a list that was signed without knowing of it.
        let mut revoked = list.revoked_keys();
        revoked.extend(self.revoked.iter().filter(|key| list.holder_of(**key).is_some()));
        Ok(Self { list, revoked })
    }

    /// This trust without the keys of a revocation held already: it was judged in full when it came. Who signed it
    /// may have left since; what it removed stays removed.
    pub(crate) fn revoke_held(mut self, bytes: &[u8]) -> Result<Self, Refusal> {
        let revocation: Revocation = notice::decode(&SignedItem::decode(bytes)?.payload)?;
        self.revoked.extend(revocation.revoked);
        Ok(self)
    }

    /// This trust without the keys that a revocation signed by two officers names. It can only remove.
    pub fn revoke(&self, bytes: &[u8], now: DateTime<Utc>) -> Result<Self, Refusal> {
        let item = SignedItem::decode(bytes)?;
        if item.kind != ItemKind::Revocation {
            return Err(Refusal::UnknownKind);
        }
        let revocation: Revocation = notice::decode(&item.payload)?;
        self.check_place(&revocation.town, revocation.environment)?;
        let scope = [];
        let signers = self.judge(&item, Role::Alerts, HolderKind::Person, &scope, revocation.sent, now);
        signers.require(2, |needed, found| Refusal::TooFewPersons { needed, found })?;
        let mut revoked = self.revoked.clone();
        revoked.extend(revocation.revoked);
        Ok(Self { list: self.list.clone(), revoked })
    }

    /// Judges an alert, a bulletin or a head.
    ///
    /// `chain_highest` tells the highest severity that is held for the chain of a referenced item id, if any.
    /// `now` is the phone's clock; an item that has expired is still verified, what to do with it is
    /// [`crate::push`]'s decision.
    pub fn verify(
        &self,
        bytes: &[u8],
        now: DateTime<Utc>,
        chain_highest: impl Fn(&str) -> Option<Severity>,
    ) -> Result<Verified, Refusal> {
        let item = SignedItem::decode(bytes)?;
        match item.kind {
            ItemKind::Alert => self.verify_alert(&item, now, chain_highest).map(Verified::Alert),
            ItemKind::Bulletin => self.verify_bulletin(&item, now).map(Verified::Bulletin),
            ItemKind::Head => self.verify_head(&item, now).map(Verified::Head),
            ItemKind::TrustList | ItemKind::Revocation => Err(Refusal::UnknownKind),
        }
    }

    fn verify_alert(
        &self,
        item: &SignedItem,
        now: DateTime<Utc>,
        chain_highest: impl Fn(&str) -> Option<Severity>,
    ) -> Result<AlertNotice, Refusal> {
        let notice: AlertNotice = notice::decode(&item.payload)?;
        check_version(notice.version)?;
        self.check_place(&notice.town, notice.environment)?;
        check_alert(&notice)?;
        let signers = self.judge(item, Role::Alerts, HolderKind::Person, &notice.area.keys, notice.sent, now);
        let highest =
            highest_of(notice.references.iter().filter_map(|reference| chain_highest(&reference.id)));
        let needed = persons_needed(&notice, highest);
        signers.require(needed, |needed, found| match notice.msg_type {
            MsgType::Alert => Refusal::TooFewPersons { needed, found },
            MsgType::Update | MsgType::Cancel => Refusal::TooFewToEnd { needed, found },
        })?;
        Ok(notice)
    }

    fn verify_bulletin(&self, item: &SignedItem, now: DateTime<Utc>) -> Result<BulletinNotice, Refusal> {
        let notice: BulletinNotice = notice::decode(&item.payload)?;
        check_version(notice.version)?;
        self.check_place(&notice.town, notice.environment)?;
        let zones: Vec<_> = notice.zones().into_iter().cloned().map(AreaKey::Zona).collect();
        if zones.is_empty() {
            return Err(Refusal::NoArea);
        }
        let signers = self.judge(item, Role::Bulletins, HolderKind::Feed, &zones, notice.sent, now);
        signers.require(1, |needed, found| Refusal::TooFewPersons { needed, found })?;
        Ok(notice)
    }

    fn verify_head(&self, item: &SignedItem, now: DateTime<Utc>) -> Result<Head, Refusal> {
        let head: Head = notice::decode(&item.payload)?;
        check_version(head.version)?;
        self.check_place(&head.town, head.environment)?;
        let signers = self.judge(item, Role::Heads, HolderKind::Feed, &[], head.time, now);
        signers.require(1, |needed, found| Refusal::TooFewPersons { needed, found })?;
        Ok(head)
    }

    fn check_place(&self, town: &str, environment: Environment) -> Result<(), Refusal> {
        check_place(town, environment, &self.list.town, self.list.environment)
    }

    /// Who signed validly, and the first thing that was wrong with the others.
    fn judge(
        &self,
        item: &SignedItem,
        role: Role,
        kind: HolderKind,
        area: &[AreaKey],
        sent: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Signers {
        let mut signers = Signers::default();
        for id in item.key_ids() {
            match self.judge_one(item, id, (role, kind), area, (sent, now)) {
                Ok(holder) => *signers.persons.entry(holder.id.clone()).or_default() += 1,
                Err(refusal) => signers.first_problem = signers.first_problem.or(Some(refusal)),
            }
        }
        signers
    }

    fn judge_one(
        &self,
        item: &SignedItem,
        id: KeyId,
        (role, kind): (Role, HolderKind),
        area: &[AreaKey],
        (sent, now): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<&Holder, Refusal> {
        let (holder, key) = self.list.holder_of(id).ok_or(Refusal::UnknownKey)?;
        if !item.is_signed_by(&key.public) {
            return Err(Refusal::BadSignature);
        }
        if self.revoked.contains(&id) {
            return Err(Refusal::RevokedKey);
        }
        // A key past its day may not back-date: nothing it signed can still be in force.
        let last_use = key.valid_to + TimeDelta::days(MAX_ALERT_LIFETIME_DAYS);
        if sent < key.valid_from || sent >= key.valid_to || now >= last_use {
            return Err(Refusal::KeyNotValid);
        }
        if holder.kind != kind || !holder.roles.contains(&role) {
            return Err(Refusal::WrongRole);
        }
        if !area.iter().all(|area_key| holder.scope.contains(area_key)) {
            return Err(Refusal::OutOfScope);
        }
        Ok(holder)
    }
}

#[derive(Default)]
struct Signers {
    /// Valid signatures by person.
    persons: BTreeMap<String, usize>,
    first_problem: Option<Refusal>,
}

impl Signers {
    fn require(self, needed: u8, too_few: impl Fn(u8, u8) -> Refusal) -> Result<(), Refusal> {
        let found = u8::try_from(self.persons.len()).unwrap_or(u8::MAX);
        if found >= needed {
            return Ok(());
        }
        if let Some(problem) = self.first_problem {
            return Err(problem);
        }
        if self.persons.values().any(|signatures| *signatures > 1) {
            return Err(Refusal::SamePerson);
        }
        Err(too_few(needed, found))
    }
}

fn check_version(version: u8) -> Result<(), Refusal> {
    if version == notice::VERSION { Ok(()) } else { Err(Refusal::UnknownKind) }
}

fn check_place(
    town: &str,
    environment: Environment,
    own_town: &str,
    own: Environment,
) -> Result<(), Refusal> {
    match (own, environment) {
        (Environment::Live, Environment::Demo) => return Err(Refusal::DemoItem),
        (Environment::Demo, Environment::Live) => return Err(Refusal::LiveItem),
        _ => {}
    }
    if town == own_town { Ok(()) } else { Err(Refusal::WrongTown) }
}

fn check_alert(notice: &AlertNotice) -> Result<(), Refusal> {
    if notice.area.keys.is_empty() {
        return Err(Refusal::NoArea);
    }
    if notice.texts.is_empty() {
        return Err(Refusal::malformed("no text"));
    }
    let id_is_plain = notice.id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    if notice.id.is_empty() || notice.id.len() > 64 || !id_is_plain {
        return Err(Refusal::malformed("id"));
    }
    if notice.expires <= notice.sent {
        return Err(Refusal::malformed("expires is not after sent"));
    }
    if notice.expires - notice.sent > TimeDelta::days(MAX_ALERT_LIFETIME_DAYS) {
        return Err(Refusal::TooLong { limit_days: MAX_ALERT_LIFETIME_DAYS });
    }
    match (notice.msg_type, notice.references.is_empty()) {
        (MsgType::Alert, false) => Err(Refusal::malformed("an Alert with references")),
        (MsgType::Update | MsgType::Cancel, true) => Err(Refusal::NoReference),
        _ => Ok(()),
    }
}

fn highest_of(severities: impl Iterator<Item = Severity>) -> Option<Severity> {
    let rank = |severity: Severity| match severity {
        Severity::Minor => 0,
        Severity::Moderate => 1,
        Severity::Severe => 2,
        Severity::Unknown => 3,
        Severity::Extreme => 4,
    };
    severities.max_by_key(|severity| rank(*severity))
}

fn judge_list(
    bytes: &[u8],
    town: &str,
    environment: Environment,
    roots: &[PublicKey],
    threshold: u8,
) -> Result<TrustList, Refusal> {
    let item = SignedItem::decode(bytes)?;
    if item.kind != ItemKind::TrustList {
        return Err(Refusal::UnknownKind);
    }
    let list: TrustList = notice::decode(&item.payload)?;
    check_place(&list.town, list.environment, town, environment)?;
    let distinct: BTreeSet<_> = list.roots.iter().collect();
    if list.root_threshold < 2
        || distinct.len() != list.roots.len()
        || distinct.len() < list.root_threshold.into()
    {
        return Err(Refusal::malformed("roots"));
    }
    require_roots(&item, roots, threshold)?;
    if list.roots != roots {
        require_roots(&item, &list.roots, list.root_threshold)?;
    }
    Ok(list)
}

fn require_roots(item: &SignedItem, roots: &[PublicKey], needed: u8) -> Result<(), Refusal> {
    let signed = roots.iter().filter(|root| item.is_signed_by(root)).count();
    let found = u8::try_from(signed).unwrap_or(u8::MAX);
    if needed > 0 && found >= needed { Ok(()) } else { Err(Refusal::TooFewRoots { needed, found }) }
}
