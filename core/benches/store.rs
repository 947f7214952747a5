//! Cold open of a phone's encrypted store with 1,000 alerts, and the list that it shows.

use std::{path::Path, sync::Arc};

use campanile_core::{
    alerts::PlaceSettings,
    assets::Town as ServedTown,
    fixtures::{Town, comune, now, signed},
    notice::Severity,
    phone::{Phone, PhoneConfig, PlaceDraft},
    platform::FixedClock,
};
use chrono::TimeDelta;
use criterion::{Criterion, criterion_group, criterion_main};

const ALERTS: i64 = 1_000;

fn open(folder: &Path) -> Phone {
    let town = Town::live();
    let served = ServedTown {
        name: "Modena".to_owned(),
        server: "https://allerte.example".parse().expect("a URL"),
        comuni: vec![comune()],
        anchor: town.anchor(),
    };
    let config = PhoneConfig {
        folder: folder.to_path_buf(),
        towns: vec![served],
        language: "it".to_owned(),
        built_at: now() - TimeDelta::days(60),
    };
    let (phone, _) = Phone::open(config, [7; 32].into(), Arc::new(FixedClock::new(now()))).expect("opens");
    phone
}

fn fill(folder: &Path) {
    let town = Town::live();
    let phone = open(folder);
    phone.receive(&town.signed_list(&town.list(1)), None).expect("accepted");
    phone
        .save_place(PlaceDraft {
            id: None,
            name: "Casa".to_owned(),
            comune: comune(),
            point: None,
            drawn: None,
            settings: PlaceSettings::default(),
        })
        .expect("saved");
    for n in 0..ALERTS {
        let mut notice = town.alert(&format!("a-{n}"), Severity::Moderate);
        notice.sent = now() - TimeDelta::minutes(n);
        notice.expires = notice.sent + TimeDelta::days(2);
        phone.receive(&signed(&notice, &[&town.officers[0]]), Some(n.unsigned_abs() + 1)).expect("accepted");
    }
}

fn cold_open(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    fill(folder.path());
    criterion
        .bench_function("store/cold open with 1,000 alerts", |bencher| bencher.iter(|| open(folder.path())));
    let phone = open(folder.path());
    criterion.bench_function("store/the list of 1,000 alerts", |bencher| {
        bencher.iter(|| phone.list().expect("a list"));
    });
}

criterion_group! { name = benches; config = Criterion::default().sample_size(10); targets = cold_open }
criterion_main!(benches);
