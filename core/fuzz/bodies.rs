//! What each fuzz target does with bytes: used by the targets, and by the test that replays the stored seeds.

use campanile_core::{
    bollettino,
    cap::{self, Limits},
    meteoalarm,
    notice::{AlertNotice, BulletinNotice, Head, decode, encode},
    trust::TrustList,
};

/// Any bytes as a CAP document: read or refused; what is read can be shown, and what is whole can be written and is valid.
pub(crate) fn cap_parse(bytes: &[u8]) {
    let limits = Limits::default();
    let _ = cap::inspect::inspect(bytes, &limits);
    let Ok(parsed) = cap::parse(bytes, &limits) else { return };
    for parsed in parsed.alerts {
        let Ok(xml) = cap::write(&parsed.alert) else { continue };
        let again = cap::parse(xml.as_bytes(), &limits).expect("what we write can be read");
        assert!(again.is_valid(), "what we write is valid");
    }
}

/// Any bytes as a bulletin, in whatever form they look like.
pub(crate) fn bollettino_read(bytes: &[u8]) {
    let _ = bollettino::inspect::inspect("20260730_1511_oggi.bin", bytes);
}

/// Any bytes as a MeteoAlarm feed.
pub(crate) fn meteoalarm_read(bytes: &[u8]) {
    for warning in meteoalarm::read(bytes).unwrap_or_default() {
        let _ = (warning.is_silent(), warning.emma_ids().len());
    }
}

/// Any bytes as each item of the wire: decoded or refused; what is decoded can be encoded.
pub(crate) fn notice_decode(bytes: &[u8]) {
    let _ = decode::<AlertNotice>(bytes).map(|item| encode(&item));
    let _ = decode::<BulletinNotice>(bytes).map(|item| encode(&item));
    let _ = decode::<Head>(bytes).map(|item| encode(&item));
    let _ = decode::<TrustList>(bytes).map(|item| encode(&item));
}

/// Any bytes as a push: as they came, and as an item and a bulletin signed by those who may.
#[cfg(feature = "fixtures")]
pub(crate) fn push_present(bytes: &[u8]) {
    use std::sync::LazyLock;

    use campanile_core::{
        fixtures::{Town, home, now},
        push::{Snapshot, present},
        trust::{ItemKind, SigningKey, sign},
    };

    static TOWN: LazyLock<(Town, Snapshot)> = LazyLock::new(|| {
        let town = Town::live();
        let snapshot = town.snapshot();
        (town, snapshot)
    });
    let (town, snapshot) = &*TOWN;
    let places = [home()];
    let officers: Vec<&SigningKey> = town.officers.iter().collect();
    let as_alert = sign(ItemKind::Alert, bytes.to_vec(), &officers).ok();
    let as_bulletin = sign(ItemKind::Bulletin, bytes.to_vec(), &[&town.feed]).ok();
    let as_head = sign(ItemKind::Head, bytes.to_vec(), &[&town.feed]).ok();
    for item in [Some(bytes.to_vec()), as_alert, as_bulletin, as_head].into_iter().flatten() {
        let _ = present(&item, snapshot, Some(&places), now());
    }
}
