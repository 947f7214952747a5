//! Reminders as an iCalendar file, for a person's own calendar.

use chrono::{DateTime, TimeDelta, Utc};
use icalendar::{Alarm, Calendar, Component as _, Event, EventLike as _};

use super::Notice;
use crate::{rules::RuleSet, words::Language};

/// An `.ics` text (RFC 5545) with one event of a quarter of an hour for each notice, and an alarm at its beginning.
///
/// `made` is the time stamp of the events. No number of a document is in it; the names are those of the lock screen.
pub fn calendar_file(rules: &RuleSet, notices: &[Notice], language: Language, made: DateTime<Utc>) -> String {
    let mut calendar = Calendar::new();
    calendar.name("Campanile");
    for notice in notices {
        let words = notice.words(rules, language);
        let summary = words.lines().next().unwrap_or_default().to_owned();
        let mut event = Event::with_uid(&format!("{}@campanile", notice.id));
        event
            .timestamp(made)
            .starts(notice.at)
            .ends(notice.at + TimeDelta::minutes(15))
            .summary(&summary)
            .description(&words)
            .alarm(Alarm::display(&summary, TimeDelta::zero()));
        calendar.push(event.done());
    }
    calendar.done().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::{
        Document, DocumentNumber, Facts, Holder, Origin, Series,
        reminders::{Watched, next_notices},
    };

    #[test]
    fn reminders_become_events_with_stable_names_and_without_numbers() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let document = Document {
            id: "a".into(),
            kind: "passaporto".into(),
            holder: Holder::Other("Anna".into()),
            label: None,
            number: Some(DocumentNumber::new("YA1234567")),
            facts: Facts { printed: "2027-06-20".parse().ok(), ..Facts::default() },
            origin: Origin::User,
            confirmed_at: None,
            dated_at: at("2026-11-25T08:00:00Z"),
            series: Series::default(),
        };
        let rules = RuleSet::built_in();
        let watched = Watched { documents: &[document], ..Watched::default() };
        let notices = next_notices(rules, &watched, at("2026-11-25T08:00:00Z"), 64);
        let file = calendar_file(rules, &notices, Language::Italian, at("2026-11-25T08:00:00Z"));
        assert_eq!(file.matches("BEGIN:VEVENT").count(), notices.len());
        assert!(file.contains("UID:promemoria-2026-12-22@campanile"), "{file}");
        assert!(file.contains("DTSTART:20261222T083000Z"), "{file}");
        assert!(file.contains("Passaporto di Anna"), "{file}");
        assert!(!file.contains("YA1234567") && !file.contains("567"), "{file}");
        let again = calendar_file(rules, &notices, Language::Italian, at("2026-11-25T08:00:00Z"));
        let without_alarms = |text: &str| -> Vec<String> {
            let lines = text.lines().filter(|line| !line.starts_with("UID:") || line.contains("@campanile"));
            lines.map(str::to_owned).collect()
        };
        assert_eq!(without_alarms(&file), without_alarms(&again));
    }
}
