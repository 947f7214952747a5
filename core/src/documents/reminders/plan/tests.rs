use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::documents::kind;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn days_of(plan: &Plan) -> Vec<String> {
    plan.reminders.iter().filter(|r| r.why != Why::CatchUp).map(|r| r.at.date().to_string()).collect()
}

fn planned(expires: &str, offsets: &[i32], entered: &str) -> Plan {
    let moments: Vec<Moment> = offsets
        .iter()
        .map(|before| Moment {
            day: add_days(day(expires), -i64::from(*before)),
            why: Why::DaysBefore(*before),
        })
        .collect();
    let entered = NaiveDateTime::parse_from_str(entered, "%Y-%m-%dT%H:%M").unwrap();
    plan(&Holidays::new(RuleSet::built_in()), &moments, entered, None)
}

#[test]
fn closed_days_go_to_the_open_day_before() {
    let plan = planned("2027-10-04", &[180, 90, 60, 30, 7, 0], "2026-11-25T00:00");
    assert_eq!(
        days_of(&plan),
        ["2027-04-07", "2027-07-06", "2027-08-05", "2027-09-04", "2027-09-27", "2027-10-02"]
    );
    assert_eq!(plan.missed, 0);
}

#[rstest]
#[case("2026-11-25T10:15", "2026-11-25T10:16")]
#[case("2026-11-25T06:00", "2026-11-25T09:30")]
#[case("2026-11-25T22:40", "2026-11-26T09:30")]
#[case("2026-11-28T23:00", "2026-11-30T09:30")] // the next day is a Sunday
#[case("2026-11-29T12:00", "2026-11-30T09:30")]
fn what_was_missed_is_caught_up_once_at_the_next_allowed_time(#[case] entered: &str, #[case] at: &str) {
    let plan = planned("2027-01-20", &[180, 90, 60], entered);
    assert_eq!(plan.missed, 3);
    let times: Vec<String> =
        plan.reminders.iter().map(|r| r.at.format("%Y-%m-%dT%H:%M").to_string()).collect();
    assert_eq!(times, [at]);
}

#[test]
fn two_reasons_for_one_day_are_one_reminder() {
    // The 30th day is a Sunday and goes to Saturday, which is the 31st.
    let plan = planned("2027-01-19", &[31, 30], "2026-11-25T00:00");
    assert_eq!(days_of(&plan), ["2026-12-19"]);
    assert_eq!(plan.reminders[0].why, Why::DaysBefore(30));
}

#[test]
fn a_snooze_holds_what_comes_before_it_and_stands_for_it() {
    let moments: Vec<Moment> =
        [30, 7, 0].map(|n| Moment { day: add_days(day("2027-03-31"), -n), why: Why::Snoozed }).into();
    let entered = day("2026-11-25").and_time(NaiveTime::MIN);
    let plan = plan(&Holidays::new(RuleSet::built_in()), &moments, entered, Some(day("2027-03-28")));
    // 28 and 29 March are Easter.
    let days: Vec<String> = plan.reminders.iter().map(|r| r.at.date().to_string()).collect();
    assert_eq!(days, ["2027-03-30", "2027-03-31"]);
}

#[test]
fn a_licence_reminds_when_its_window_opens_and_an_isee_in_january() {
    let rules = RuleSet::built_in();
    let days = |name: &str, expires: &str| -> Vec<(NaiveDate, Why)> {
        moments(rules, kind(rules, name).unwrap(), &Facts::default(), day(expires))
            .into_iter()
            .map(|moment| (moment.day, moment.why))
            .collect()
    };
    assert!(days("patente_b", "2027-06-30").contains(&(day("2027-02-28"), Why::WindowOpens)));
    assert!(days("isee", "2026-12-31").contains(&(day("2027-01-10"), Why::NextYear)));
    assert!(days("revisione", "2028-02-29").contains(&(day("2028-02-01"), Why::MonthStarts)));
}

proptest! {
    #[test]
    fn a_reminder_never_falls_on_a_closed_day_nor_after_the_expiry_unless_its_offset_says_so(
        expires in 0_i64..60_000, entered in 0_i64..60_000, minute in 0_i64..1440,
        offsets in proptest::collection::vec(-60_i32..200, 0..8),
    ) {
        let holidays = Holidays::new(RuleSet::built_in());
        let expires = add_days(day("1930-01-01"), expires);
        let entered = add_days(day("1930-01-01"), entered).and_time(NaiveTime::MIN) + TimeDelta::minutes(minute);
        let moments: Vec<Moment> = offsets.iter()
            .map(|before| Moment { day: add_days(expires, -i64::from(*before)), why: Why::DaysBefore(*before) })
            .collect();
        let plan_now = plan(&holidays, &moments, entered, None);
        prop_assert_eq!(&plan_now, &plan(&holidays, &moments, entered, None));
        let mut before: Option<NaiveDate> = None;
        for reminder in &plan_now.reminders {
            let date = reminder.at.date();
            prop_assert!(!holidays.is_holiday(date, None));
            prop_assert!(!quiet_hours().contains(reminder.at.time()));
            prop_assert!(reminder.at >= entered);
            prop_assert!(before.is_none_or(|before| before < date), "one a day, sorted");
            before = Some(date);
            if let Why::DaysBefore(offset) = reminder.why {
                prop_assert!(date <= add_days(expires, -i64::from(offset)));
            }
        }
        prop_assert!(plan_now.reminders.iter().filter(|r| r.why == Why::CatchUp).count() <= 1);
    }
}
