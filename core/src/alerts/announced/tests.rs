use chrono::TimeDelta;

use super::*;
use crate::{
    alerts::PlaceSettings,
    fixtures::{Town, home, now, today},
};
use BulletinEdition::{ErrataCorrige, First, Update};
use Level::{Arancione, Gialla, Rossa, Unknown, Verde};

/// The edition `n` of the story: published `hours` after the first, first day `day` days after today.
fn edition(n: u32, kind: BulletinEdition, hours: i64, day: i64, levels: &[Level]) -> BulletinNotice {
    let published = now() + TimeDelta::hours(hours);
    let first = today() + TimeDelta::days(day);
    Town::live().bulletin(&format!("dpc-{n}"), kind, published, first, levels)
}

fn holds(editions: &[BulletinNotice], day: i64) -> DayLevel {
    Announced::of(editions).level(&home(), Risk::Idraulico, today() + TimeDelta::days(day))
}

fn level(level: Level) -> DayLevel {
    DayLevel { level, fall: None }
}

fn lowered(to: Level, from: Level) -> DayLevel {
    DayLevel { level: to, fall: Some(Fall { from }) }
}

/// Applies all but the last, and tells what the last is news of: (days after today, level, rings).
fn news(editions: &[BulletinNotice]) -> Vec<(i64, Level, bool)> {
    let (last, before) = editions.split_last().unwrap();
    let found = Announced::of(before).news(last, &home());
    found
        .news
        .iter()
        .map(|news| (news.day.signed_duration_since(today()).num_days(), news.level, news.rings))
        .collect()
}

#[test]
fn safety_rule_1_a_zone_without_a_row_and_an_unknown_level_are_never_green() {
    assert_eq!(holds(&[], 0), level(Unknown));
    assert_eq!(holds(&[edition(1, First, 0, 0, &[Unknown])], 0), level(Unknown));
    let mut place = home();
    place.zones.push("Emil-E2".parse().unwrap());
    let announced = Announced::of(&[edition(1, First, 0, 0, &[Verde])]);
    assert_eq!(announced.level(&place, Risk::Idraulico, today()), level(Unknown));
    place.zones.clear();
    assert_eq!(announced.level(&place, Risk::Idraulico, today()), level(Unknown));
}

#[test]
fn safety_rule_1_unknown_clears_nothing() {
    let editions = [edition(1, First, 0, 0, &[Rossa]), edition(2, Update, 5, 0, &[Unknown])];
    assert_eq!(holds(&editions, 0), level(Rossa));
}

#[test]
fn safety_rule_2_a_green_of_another_edition_never_silences_a_coloured_day() {
    // Yesterday's edition said orange for today; today's first edition says green for the rest of today.
    let editions = [edition(1, First, -24, 0, &[Arancione]), edition(2, First, 0, 0, &[Verde])];
    assert_eq!(holds(&editions, 0), level(Arancione));
    let update = [edition(1, First, -24, 0, &[Gialla]), edition(2, Update, 0, 0, &[Verde])];
    assert_eq!(holds(&update, 0), level(Verde));
}

#[test]
fn safety_rule_2_a_fall_from_red_within_the_day_waits_for_the_next_edition() {
    let first = edition(1, First, -24, 0, &[Rossa]);
    let fall = edition(2, Update, 0, 0, &[Arancione]);
    let again = edition(3, Update, 3, 0, &[Arancione]);
    assert_eq!(holds(&[first.clone(), fall.clone()], 0), lowered(Arancione, Rossa));
    assert_eq!(holds(&[first, fall, again], 0), level(Arancione));
}

#[test]
fn safety_rule_2_a_fall_of_two_levels_within_the_day_waits_too() {
    let steep = [edition(1, First, -24, 0, &[Arancione]), edition(2, Update, 0, 0, &[Verde])];
    assert_eq!(holds(&steep, 0), lowered(Verde, Arancione));
    let gentle = [edition(1, First, -24, 0, &[Arancione]), edition(2, Update, 0, 0, &[Gialla])];
    assert_eq!(holds(&gentle, 0), level(Gialla));
    // Tomorrow has not begun: an update may lower it at once.
    let tomorrow = [edition(1, First, 0, 1, &[Rossa]), edition(2, Update, 5, 1, &[Verde])];
    assert_eq!(holds(&tomorrow, 1), level(Verde));
}

#[test]
fn a_new_level_from_the_threshold_on_rings() {
    assert_eq!(news(&[edition(1, First, 0, 0, &[Verde, Arancione])]), [(1, Arancione, true)]);
    assert_eq!(news(&[edition(1, First, 0, 0, &[Verde, Gialla])]), [(1, Gialla, false)]);
    let mut early_riser = home();
    early_riser.settings = PlaceSettings { rings_from: Gialla, ..PlaceSettings::default() };
    let found = Announced::default().news(&edition(1, First, 0, 0, &[Verde, Gialla]), &early_riser);
    assert!(found.rings());
}

#[test]
fn safety_rule_4_what_continues_is_quiet_and_what_gets_worse_rings() {
    let monday = edition(1, First, 0, 0, &[Verde, Arancione]);
    let tuesday = edition(2, First, 24, 1, &[Arancione, Arancione]);
    assert_eq!(news(&[monday.clone(), tuesday]), [(2, Arancione, false)]);
    let worse = edition(2, First, 24, 1, &[Rossa, Arancione]);
    assert_eq!(news(&[monday.clone(), worse]), [(1, Rossa, true), (2, Arancione, false)]);
    let red_again = edition(2, First, 24, 1, &[Rossa, Rossa]);
    assert_eq!(news(&[monday, red_again]), [(1, Rossa, true), (2, Rossa, true)]);
}

#[test]
fn safety_rule_4_an_errata_without_change_is_silent() {
    let first = edition(1, First, 0, 0, &[Rossa, Arancione]);
    let errata = edition(2, ErrataCorrige, 2, 0, &[Rossa, Arancione]);
    assert!(news(&[first, errata]).is_empty());
}

#[test]
fn safety_rule_4_a_level_announced_once_rings_once_even_after_a_fall() {
    let up = edition(1, First, 0, 1, &[Rossa]);
    let down = edition(2, Update, 3, 1, &[Gialla]);
    let up_again = edition(3, Update, 6, 1, &[Rossa]);
    assert!(news(&[up.clone(), down.clone()]).is_empty());
    assert!(news(&[up, down, up_again]).is_empty());
}

#[test]
fn a_gap_in_editions_neither_rings_nor_clears() {
    let first = edition(1, First, 0, 0, &[Arancione, Arancione]);
    let after_gap = edition(2, First, 48, 2, &[Gialla]);
    assert_eq!(holds(&[first.clone(), after_gap.clone()], 1), level(Arancione));
    assert_eq!(news(&[first, after_gap]), [(2, Gialla, false)]);
}

#[test]
fn one_edition_rings_once_at_its_highest_level() {
    let found = Announced::default().news(&edition(1, First, 0, 0, &[Arancione, Rossa]), &home());
    assert!(found.rings());
    assert_eq!(found.level(), Rossa);
    assert_eq!(found.news.len(), 2);
}

#[test]
fn the_order_of_arrival_does_not_matter() {
    let a = edition(1, First, 0, 0, &[Rossa, Arancione]);
    let b = edition(2, Update, 4, 0, &[Arancione, Verde]);
    let c = edition(3, First, 24, 1, &[Verde, Gialla]);
    let sorted = Announced::of(&[a.clone(), b.clone(), c.clone()]);
    assert_eq!(Announced::of(&[c.clone(), a.clone(), b.clone()]), sorted);
    assert_eq!(Announced::of(&[b, c.clone(), a, c]), sorted);
}
