use proptest::prelude::*;

use super::*;
use crate::fixtures::{Town, now};

fn story() -> Vec<AlertNotice> {
    let town = Town::live();
    let first = town.alert("a-1", Severity::Severe);
    let mut worse = town.follow(&first, "a-2", MsgType::Update, Purpose::Ordinary);
    worse.severity = Severity::Extreme;
    let review = town.follow(&worse, "a-3", MsgType::Update, Purpose::UnderReview);
    let end = town.follow(&review, "a-4", MsgType::Cancel, Purpose::Ordinary);
    let mut exercise = town.alert("a-1", Severity::Extreme);
    exercise.status = Status::Exercise;
    let mut drill_end = town.follow(&exercise, "e-2", MsgType::Cancel, Purpose::FalseAlarm);
    drill_end.status = Status::Exercise;
    vec![first, worse, review, end, exercise, drill_end, town.alert("b-1", Severity::Minor)]
}

fn actual(chains: &[Chain]) -> &Chain {
    chains.iter().find(|chain| chain.id == "a-1" && chain.latest.status == Status::Actual).unwrap()
}

#[test]
fn a_chain_is_told_by_its_latest_item_and_keeps_its_worst_severity() {
    let items = story();
    let chains = chains(&items[..2]);
    assert_eq!(chains.len(), 1);
    assert_eq!(chains[0].latest.id, "a-2");
    assert_eq!(chains[0].highest, Severity::Extreme);
    assert_eq!(chains[0].phase(now()), Phase::InForce);
    assert_eq!(chains[0].phase(chains[0].latest.expires), Phase::Expired);
}

#[test]
fn in_verifica_removes_nothing() {
    let items = story();
    let all = chains(&items[..3]);
    assert_eq!(actual(&all).latest.id, "a-2");
    assert!(actual(&all).under_review);
    let ended = chains(&items[..4]);
    assert_eq!(actual(&ended).phase(now()), Phase::Ended);
    assert!(!actual(&ended).under_review);
}

#[test]
fn safety_rule_5_an_exercise_never_touches_a_real_chain() {
    let town = Town::live();
    let real = town.alert("a-1", Severity::Extreme);
    let mut drill = town.follow(&real, "e-1", MsgType::Cancel, Purpose::FalseAlarm);
    drill.status = Status::Exercise;
    let all = chains(&[real, drill]);
    assert_eq!(actual(&all).phase(now()), Phase::InForce);
}

#[test]
fn a_cancel_alone_says_that_the_opening_is_missing() {
    let items = story();
    let only_end = chains(&items[3..4]);
    assert_eq!(only_end[0].phase(now()), Phase::Ended);
    assert!(!only_end[0].opening_received);
    assert_eq!(only_end[0].ids, ["a-3", "a-4"]);
}

#[test]
fn a_late_older_update_never_replaces_a_newer_one() {
    let town = Town::live();
    let first = town.alert("a-1", Severity::Moderate);
    let older = town.follow(&first, "a-2", MsgType::Update, Purpose::Ordinary);
    let newer = town.follow(&older, "a-3", MsgType::Update, Purpose::Ordinary);
    assert_eq!(chains(&[first, newer, older])[0].latest.id, "a-3");
}

proptest! {
    #[test]
    fn any_order_and_any_repetition_end_in_the_same_state(
        order in Just((0..7).collect::<Vec<usize>>()).prop_shuffle(),
        again in proptest::collection::vec(0usize..7, 0..5),
    ) {
        let items = story();
        let shuffled: Vec<_> = order.iter().chain(&again).map(|index| items[*index].clone()).collect();
        prop_assert_eq!(chains(&shuffled), chains(&items));
    }
}
