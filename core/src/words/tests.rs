use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for line in language.sources().into_iter().flat_map(str::lines).filter(|line| !line.starts_with('#')) {
        let Some((id, text)) = line.split_once(" = ") else { continue };
        let variables = text.split("{ $").skip(1).filter_map(|rest| rest.split(" }").next());
        assert!(found.insert(id.to_owned(), variables.map(str::to_owned).collect()).is_none(), "{id} twice");
    }
    found
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_variables() {
    assert_eq!(messages(Language::Italian), messages(Language::English));
}

#[test]
fn every_message_is_read_and_none_is_its_own_id() {
    for language in [Language::Italian, Language::English] {
        for id in messages(language).keys() {
            assert_ne!(&Words::of(language).say(id, &[]), id, "{language:?}");
        }
    }
}

#[test]
fn days_and_times_are_said_as_in_italy() {
    let words = Words::of(Language::Italian);
    let today = NaiveDate::from_ymd_opt(2023, 5, 16).unwrap();
    assert_eq!(words.day(today, today), "oggi");
    assert_eq!(words.day(today.succ_opt().unwrap(), today), "domani");
    assert_eq!(words.day(NaiveDate::from_ymd_opt(2023, 5, 20).unwrap(), today), "sabato 20 maggio");
    let noon = "2023-05-16T10:00:00Z".parse().unwrap();
    let end = "2023-05-17T21:59:59Z".parse().unwrap();
    assert_eq!(words.until(end, noon), "fino a domani, ore 23:59");
    assert_eq!(words.risks(&Risk::ALL), "rischio idraulico, rischio temporali e rischio idrogeologico");
}

proptest! {
    #[test]
    fn cutting_never_splits_a_character_nor_exceeds_the_limit(text in ".{0,80}", limit in 3usize..60) {
        let cut = cut(&text, limit);
        prop_assert!(cut.len() <= limit.max(text.len().min(limit)));
        let kept = cut.trim_end_matches('…');
        prop_assert!(text.starts_with(kept.trim_end()));
    }
}
