//! What a push costs the phone: verify, target, words. Aim: `present` under 0.5 ms, twenty places under 1 ms.

use std::hint::black_box;

use campanile_core::{
    alerts::{Level, Place},
    fixtures::{Town, home, now, signed, signed_bulletin, today},
    notice::{BulletinEdition, Severity},
    push::{Snapshot, present},
};
use criterion::{Criterion, criterion_group, criterion_main};

/// A phone that holds twenty alerts and a week of bulletins.
fn busy(town: &Town) -> Snapshot {
    let mut snapshot = town.snapshot();
    for n in 0..20 {
        let bytes = signed(&town.alert(&format!("held-{n}"), Severity::Moderate), &[&town.officers[0]]);
        snapshot = present(&bytes, &snapshot, None, now()).snapshot.expect("accepted");
    }
    for n in 0..7 {
        let bulletin =
            town.bulletin(&format!("dpc-{n}"), BulletinEdition::First, now(), today(), &[Level::Gialla]);
        snapshot = present(&signed_bulletin(&bulletin, &town.feed), &snapshot, None, now())
            .snapshot
            .expect("accepted");
    }
    snapshot
}

fn present_push(criterion: &mut Criterion) {
    let town = Town::live();
    let alert = signed(&town.alert("a-1", Severity::Extreme), &[&town.officers[0], &town.officers[1]]);
    let empty = town.snapshot();
    let held = busy(&town);
    let held_bytes = held.to_bytes();
    let one = [home()];
    let twenty: Vec<Place> = (0..20).map(|n| Place { id: n.to_string(), ..home() }).collect();
    criterion.bench_function("present_push/empty phone, one place", |bencher| {
        bencher.iter(|| present(black_box(&alert), &empty, Some(&one), now()));
    });
    criterion.bench_function("present_push/27 items held, 20 places", |bencher| {
        bencher.iter(|| present(black_box(&alert), &held, Some(&twenty), now()));
    });
    criterion.bench_function(
        "present_push/27 items held, 20 places, with its file read and written",
        |bencher| {
            bencher.iter(|| {
                let snapshot = Snapshot::from_bytes(black_box(&held_bytes)).expect("its own file");
                present(&alert, &snapshot, Some(&twenty), now()).snapshot.map(|next| next.to_bytes())
            });
        },
    );
}

criterion_group!(benches, present_push);
criterion_main!(benches);
