//! A made-up town with throw-away keys, for tests of every package. Never part of a release (feature `fixtures`).
//!
//! Keys come from fixed seeds, so that signed fixtures are the same on each run.

#![expect(clippy::missing_panics_doc, reason = "made for tests: the seeds and codes below are valid")]

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::{
    alerts::{Level, Place, PlaceSettings},
    area::{AreaKey, IstatCode, ZoneCode},
    notice::{
        self, AlertNotice, Area, BulletinDayRows, BulletinEdition, BulletinNotice, Certainty, Environment,
        Head, HeadEntry, MsgType, Purpose, Reference, Severity, Status, Text, Urgency, ZoneRow,
    },
    push::Snapshot,
    trust::{
        Holder, HolderKey, HolderKind, ItemKind, Revocation, Role, SigningKey, Trust, TrustAnchor, TrustList,
        sha256, sign,
    },
    words::Language,
};

/// The instant at which everything in the made-up town happens.
pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_684_243_800, 0).expect("16 May 2023, 13:30 UTC")
}

/// The civil day of [`now`].
pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, 5, 16).expect("a valid date")
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(&[seed; 32]).expect("any 32 bytes are an Ed25519 seed")
}

/// The comune served by the made-up town: Modena.
pub fn comune() -> IstatCode {
    IstatCode::from_number(36_023).expect("a valid code")
}

/// The alert zone of [`comune`].
pub fn zone() -> ZoneCode {
    "Emil-F1".parse().expect("a valid code")
}

/// A town with three roots, three officers (the first with a spare key), an office and a feed.
pub struct Town {
    /// Its id.
    pub id: String,
    /// Live or demo.
    pub environment: Environment,
    /// Root keys; two of three sign.
    pub roots: Vec<SigningKey>,
    /// One key per officer `ufficiale-1` to `ufficiale-3`.
    pub officers: Vec<SigningKey>,
    /// A second key of `ufficiale-1`.
    pub spare: SigningKey,
    /// An officer of another comune.
    pub stranger: SigningKey,
    /// A key that no list names.
    pub outsider: SigningKey,
    /// The feeds machine.
    pub feed: SigningKey,
}

impl Town {
    /// The live town `modena`.
    pub fn live() -> Self {
        Self::new("modena", Environment::Live, 0)
    }

    /// The demo town `modena`, with other keys.
    pub fn demo() -> Self {
        Self::new("modena", Environment::Demo, 100)
    }

    fn new(id: &str, environment: Environment, base: u8) -> Self {
        Self {
            id: id.to_owned(),
            environment,
            roots: (1..=3).map(|n| key(base + n)).collect(),
            officers: (11..=13).map(|n| key(base + n)).collect(),
            spare: key(base + 21),
            stranger: key(base + 22),
            outsider: key(base + 23),
            feed: key(base + 31),
        }
    }

    /// What an app release would carry for it.
    pub fn anchor(&self) -> TrustAnchor {
        TrustAnchor {
            town: self.id.clone(),
            environment: self.environment,
            roots: self.roots.iter().map(SigningKey::public).collect(),
            threshold: 2,
        }
    }

    /// Its trust list, not signed yet.
    pub fn list(&self, version: u32) -> TrustList {
        let issued = now() - TimeDelta::days(30);
        let validity = |key: &SigningKey| HolderKey {
            public: key.public(),
            valid_from: issued,
            valid_to: issued + TimeDelta::days(365),
        };
        let person = |id: &str, comune: AreaKey, keys: Vec<HolderKey>| Holder {
            id: id.to_owned(),
            kind: HolderKind::Person,
            roles: vec![Role::Alerts],
            scope: vec![comune],
            keys,
        };
        let own = AreaKey::Comune(comune());
        let ferrara = AreaKey::Comune(IstatCode::from_number(38_008).expect("a valid code"));
        let mut holders: Vec<Holder> = self
            .officers
            .iter()
            .zip(1..)
            .map(|(key, n)| person(&format!("ufficiale-{n}"), own.clone(), vec![validity(key)]))
            .collect();
        holders[0].keys.push(validity(&self.spare));
        holders.push(person("ufficiale-di-ferrara", ferrara, vec![validity(&self.stranger)]));
        holders.push(Holder {
            id: "bollettini".to_owned(),
            kind: HolderKind::Feed,
            roles: vec![Role::Bulletins, Role::Heads],
            scope: vec![AreaKey::Zona(zone()), AreaKey::Zona("Emil-E2".parse().expect("a valid code"))],
            keys: vec![validity(&self.feed)],
        });
        TrustList {
            version,
            town: self.id.clone(),
            environment: self.environment,
            issued,
            expires: issued + TimeDelta::days(365),
            roots: self.anchor().roots,
            root_threshold: 2,
            holders,
            revoked: Vec::new(),
        }
    }

    /// `list` signed by the first two roots.
    pub fn signed_list(&self, list: &TrustList) -> Vec<u8> {
        sign(ItemKind::TrustList, notice::encode(list), &[&self.roots[0], &self.roots[1]])
            .expect("within bounds")
    }

    /// What a phone of the town holds.
    pub fn trust(&self) -> Trust {
        Trust::open(&self.anchor(), &self.signed_list(&self.list(1))).expect("its own list")
    }

    /// The snapshot of a phone that holds the list and nothing else.
    pub fn snapshot(&self) -> Snapshot {
        let mut snapshot = Snapshot::new(&[self.anchor()], Language::Italian, now() - TimeDelta::days(60));
        snapshot.towns[0].trust_list = self.signed_list(&self.list(1)).into();
        snapshot
    }

    /// An Actual alert for the whole comune, released now, for six hours.
    pub fn alert(&self, id: &str, severity: Severity) -> AlertNotice {
        AlertNotice {
            version: notice::VERSION,
            town: self.id.clone(),
            environment: self.environment,
            id: id.to_owned(),
            status: Status::Actual,
            msg_type: MsgType::Alert,
            purpose: Purpose::Ordinary,
            references: Vec::new(),
            sent: now(),
            onset: None,
            expires: now() + TimeDelta::hours(6),
            severity,
            urgency: Urgency::Immediate,
            certainty: Certainty::Observed,
            hazard: "alluvione".to_owned(),
            area: Area { keys: vec![AreaKey::Comune(comune())], ..Area::default() },
            texts: vec![
                Text {
                    language: "it".to_owned(),
                    event: "piena del Secchia".to_owned(),
                    headline: "Allerta rossa a Modena: piena del Secchia".to_owned(),
                    description: "L'acqua supera gli argini a Ponte Alto.".to_owned(),
                    instruction: "Sali ai piani alti. Non usare sottopassi e cantine.".to_owned(),
                    area_desc: "Modena".to_owned(),
                    sender_name: "Comune di Modena".to_owned(),
                },
                Text {
                    language: "en".to_owned(),
                    event: "Secchia river in flood".to_owned(),
                    headline: "Red alert in Modena: Secchia river in flood".to_owned(),
                    description: "Water is over the banks at Ponte Alto.".to_owned(),
                    instruction: "Go to upper floors. Keep out of underpasses and cellars.".to_owned(),
                    area_desc: "Modena".to_owned(),
                    sender_name: "Municipality of Modena".to_owned(),
                },
            ],
            cap_sha256: None,
        }
    }

    /// A later item of the chain of `earlier`.
    pub fn follow(
        &self,
        earlier: &AlertNotice,
        id: &str,
        msg_type: MsgType,
        purpose: Purpose,
    ) -> AlertNotice {
        AlertNotice {
            id: id.to_owned(),
            msg_type,
            purpose,
            references: vec![Reference {
                id: earlier.id.clone(),
                sha256: sha256(&notice::encode(earlier)).into(),
            }],
            sent: earlier.sent + TimeDelta::minutes(10),
            ..earlier.clone()
        }
    }

    /// A bulletin published at `published` with one level per day, from that day on, for rivers in [`zone`].
    pub fn bulletin(
        &self,
        id: &str,
        edition: BulletinEdition,
        published: DateTime<Utc>,
        first_day: NaiveDate,
        levels: &[Level],
    ) -> BulletinNotice {
        let days = first_day.iter_days().zip(levels).map(|(day, level)| BulletinDayRows {
            day,
            rows: vec![ZoneRow {
                zone: zone(),
                idraulico: *level,
                temporali: Level::Verde,
                idrogeologico: Level::Verde,
            }],
        });
        BulletinNotice {
            version: notice::VERSION,
            town: self.id.clone(),
            environment: self.environment,
            id: id.to_owned(),
            edition,
            published,
            sent: published,
            days: days.collect(),
            source: "Dipartimento della Protezione Civile".to_owned(),
            headline: "Allerta".to_owned(),
            source_sha256: None,
        }
    }

    /// A head with nothing in force.
    pub fn head(&self, number: u64, time: DateTime<Utc>) -> Head {
        Head {
            version: notice::VERSION,
            town: self.id.clone(),
            environment: self.environment,
            number,
            time,
            trust_list: 1,
            in_force: Vec::<HeadEntry>::new(),
            ended: Vec::new(),
        }
    }

    /// A removal of `revoked`, signed by `keys`.
    pub fn revocation(&self, revoked: &SigningKey, keys: &[&SigningKey]) -> Vec<u8> {
        let payload = Revocation {
            town: self.id.clone(),
            environment: self.environment,
            sent: now(),
            revoked: vec![revoked.id()],
        };
        sign(ItemKind::Revocation, notice::encode(&payload), keys).expect("within bounds")
    }
}

/// `notice` signed by `keys`.
pub fn signed(notice: &AlertNotice, keys: &[&SigningKey]) -> Vec<u8> {
    sign(ItemKind::Alert, notice::encode(notice), keys).expect("within bounds")
}

/// `bulletin` signed by `key`.
pub fn signed_bulletin(bulletin: &BulletinNotice, key: &SigningKey) -> Vec<u8> {
    sign(ItemKind::Bulletin, notice::encode(bulletin), &[key]).expect("within bounds")
}

/// `head` signed by `key`.
pub fn signed_head(head: &Head, key: &SigningKey) -> Vec<u8> {
    sign(ItemKind::Head, notice::encode(head), &[key]).expect("within bounds")
}

/// A saved place in [`comune`], named "Casa".
pub fn home() -> Place {
    Place {
        id: "casa".to_owned(),
        name: "Casa".to_owned(),
        comune: comune(),
        comune_name: "Modena".to_owned(),
        zones: vec![zone()],
        point: None,
        drawn: None,
        settings: PlaceSettings::default(),
    }
}

/// A saved place in Torino, which the made-up town does not serve.
pub fn elsewhere() -> Place {
    Place {
        id: "torino".to_owned(),
        name: "Da mia sorella".to_owned(),
        comune: IstatCode::from_number(1_272).expect("a valid code"),
        comune_name: "Torino".to_owned(),
        zones: vec!["Piem-L".parse().expect("a valid code")],
        point: None,
        drawn: None,
        settings: PlaceSettings::default(),
    }
}
