//! Planning the next 64 notices over 200 documents.

use std::hint::black_box;

use campanile_core::{
    documents::{
        Document, Facts, Holder, Origin, Series,
        reminders::{Watched, next_notices},
    },
    rules::RuleSet,
};
use chrono::{Days, NaiveDate};
use criterion::{Criterion, criterion_group, criterion_main};

fn documents() -> Vec<Document> {
    let rules = RuleSet::built_in();
    let first: NaiveDate = "2026-12-01".parse().expect("a date");
    (0..200_u64)
        .map(|n| {
            let kind = &rules.kinds[usize::try_from(n).expect("small") % rules.kinds.len()];
            Document {
                id: n.to_string(),
                kind: kind.source.id.clone(),
                holder: if n % 3 == 0 { Holder::Me } else { Holder::Other(format!("persona {}", n % 3)) },
                label: None,
                number: None,
                facts: Facts {
                    printed: first.checked_add_days(Days::new(n * 17)),
                    birth: first.checked_sub_days(Days::new(9_000 + n * 31)),
                    issued: first.checked_sub_days(Days::new(3_000)),
                    ..Facts::default()
                },
                origin: Origin::User,
                confirmed_at: None,
                dated_at: "2026-11-25T09:00:00Z".parse().expect("a time"),
                series: Series::default(),
            }
        })
        .collect()
}

fn plan(criterion: &mut Criterion) {
    let (rules, documents) = (RuleSet::built_in(), documents());
    let now = "2026-11-25T09:00:00Z".parse().expect("a time");
    let watched = Watched { documents: &documents, ..Watched::default() };
    criterion.bench_function("next 64 notices of 200 documents", |bencher| {
        bencher.iter(|| next_notices(rules, black_box(&watched), black_box(now), 64));
    });
}

criterion_group!(benches, plan);
criterion_main!(benches);
