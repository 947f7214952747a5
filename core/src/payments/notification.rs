//! On which day a fine counts as notified, by the way it came.

use chrono::{NaiveDate, NaiveDateTime};

use crate::{
    calendar::{Holidays, Roll, add_days},
    rules::{RuleSet, TermOf},
};

/// How a fine came. Times are civil, Europe/Rome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// Handed over on that day: on the spot, by a messenger, by the postman, or by certified mail.
    Handed(NaiveDate),
    /// Left at the post office.
    Post {
        /// Day of the deposit.
        deposit: NaiveDate,
        /// Day on which it was collected, if it was.
        collected: Option<NaiveDate>,
    },
    /// By SEND to a digital address.
    SendDigital {
        /// When it was delivered.
        delivered: NaiveDateTime,
        /// When it was first opened, if it was.
        viewed: Option<NaiveDateTime>,
    },
    /// By SEND to a digital address that is full or not valid.
    SendMailboxFull {
        /// Day on which the notice was deposited.
        deposit: NaiveDate,
        /// When it was first opened, if it was.
        viewed: Option<NaiveDateTime>,
    },
    /// By SEND on paper.
    SendPaper {
        /// Day on which the paper notice was perfected.
        perfected: NaiveDate,
        /// When it was first opened, if it was.
        viewed: Option<NaiveDateTime>,
    },
}

/// The day of a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notified {
    /// That day.
    On(NaiveDate),
    /// One of two days: authorities differ. The earlier is safe for who pays.
    Between {
        /// The earlier day; the one to use.
        earlier: NaiveDate,
        /// The later day.
        later: NaiveDate,
    },
}

impl Notified {
    /// The day to count from.
    pub fn day(self) -> NaiveDate {
        match self {
            Self::On(day) => day,
            Self::Between { earlier, .. } => earlier,
        }
    }
}

/// The day on which a fine counts as notified; none if the rules know no term for that way.
///
/// Opening a SEND message perfects the notification: the app says so before the tap.
pub fn notified(rules: &RuleSet, delivery: Delivery) -> Option<Notified> {
    match delivery {
        Delivery::Handed(day) => Some(Notified::On(day)),
        Delivery::Post { deposit, collected } => post(rules, deposit, collected),
        Delivery::SendDigital { delivered, viewed } => {
            let term = rules.term(TermOf::SendDigital, delivered.date())?;
            let late = term.next_day_after.is_some_and(|hour| delivered.time() > hour);
            let from = add_days(delivered.date(), i64::from(late));
            Some(opened_before(viewed, add_days(from, i64::from(term.days))))
        }
        Delivery::SendMailboxFull { deposit, viewed } => {
            let end = rules.term_end(TermOf::SendMailboxFull, deposit, None)?.due;
            Some(opened_before(viewed, end))
        }
        Delivery::SendPaper { perfected, viewed } => {
            let end = rules.term_end(TermOf::SendPaper, perfected, None)?.due;
            Some(opened_before(viewed, end))
        }
    }
}

fn opened_before(viewed: Option<NaiveDateTime>, end: NaiveDate) -> Notified {
    Notified::On(viewed.map_or(end, |viewed| viewed.date().min(end)))
}

fn post(rules: &RuleSet, deposit: NaiveDate, collected: Option<NaiveDate>) -> Option<Notified> {
    let last = rules.term_end(TermOf::PostStorage, deposit, None)?.nominal;
    let moved = Roll::HolidaysAndSaturdays.from_nominal(&Holidays::new(rules), last, None);
    Some(match collected {
        Some(day) if day <= last => Notified::On(day),
        _ if moved == last => Notified::On(last),
        // Collected on a day between the two: then or on the last storage day.
        Some(day) => Notified::Between { earlier: last, later: day.min(moved) },
        None => Notified::Between { earlier: last, later: moved },
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn time(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap()
    }

    fn of(delivery: Delivery) -> Notified {
        notified(RuleSet::built_in(), delivery).unwrap()
    }

    #[rstest]
    #[case("2026-10-01", Some("2026-10-04"), "2026-10-04")]
    #[case("2026-10-05", Some("2026-10-18"), "2026-10-15")]
    #[case("2026-10-05", Some("2026-10-15"), "2026-10-15")]
    #[case("2026-10-05", None, "2026-10-15")]
    fn a_letter_counts_when_collected_or_after_ten_days(
        #[case] deposit: &str,
        #[case] collected: Option<&str>,
        #[case] counts: &str,
    ) {
        let delivery = Delivery::Post { deposit: day(deposit), collected: collected.map(day) };
        assert_eq!(of(delivery), Notified::On(day(counts)));
    }

    #[test]
    fn a_tenth_day_that_is_closed_is_doubtful_and_the_earlier_is_used() {
        let sunday = of(Delivery::Post { deposit: day("2026-10-01"), collected: None });
        assert_eq!(sunday, Notified::Between { earlier: day("2026-10-11"), later: day("2026-10-12") });
        assert_eq!(sunday.day(), day("2026-10-11"));
    }

    #[rstest]
    #[case("2026-12-01T20:59", None, "2026-12-08")]
    #[case("2026-12-01T21:00", None, "2026-12-08")]
    #[case("2026-12-01T21:01", None, "2026-12-09")]
    #[case("2026-12-01T10:00", Some("2026-12-02T23:30"), "2026-12-02")]
    #[case("2026-12-01T10:00", Some("2026-12-24T08:00"), "2026-12-08")]
    fn a_digital_notification_counts_after_seven_days_or_when_opened(
        #[case] delivered: &str,
        #[case] viewed: Option<&str>,
        #[case] counts: &str,
    ) {
        let delivery = Delivery::SendDigital { delivered: time(delivered), viewed: viewed.map(time) };
        assert_eq!(of(delivery), Notified::On(day(counts)));
    }

    #[test]
    fn paper_takes_ten_days_and_a_full_mailbox_fifteen() {
        assert_eq!(
            of(Delivery::SendPaper { perfected: day("2026-12-01"), viewed: None }),
            Notified::On(day("2026-12-11"))
        );
        assert_eq!(
            of(Delivery::SendMailboxFull { deposit: day("2026-12-01"), viewed: None }),
            Notified::On(day("2026-12-16"))
        );
    }
}
