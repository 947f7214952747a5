//! Words for people, from Fluent files: one place for what both shells and the notifications say.
//!
//! Read [`Words`] first. Italian first, English second; another language falls back to English.
//! Not here: the words of an officer's alert (they are in the alert), and the chrome of the screens (in the shells).

use std::sync::OnceLock;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use crate::{
    alerts::{Level, Risk},
    calendar::{local_date, local_time},
    notice::BulletinNotice,
};

/// A language that the core speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Italian.
    Italian,
    /// English.
    English,
}

impl Language {
    /// The language to use for a BCP 47 tag: Italian for `it…`, else English.
    pub fn of(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("it") { Self::Italian } else { Self::English }
    }

    /// Its BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Italian => "it",
            Self::English => "en",
        }
    }

    fn sources(self) -> [&'static str; 3] {
        match self {
            Self::Italian => [
                include_str!("../../assets/locales/it/core.ftl"),
                include_str!("../../assets/locales/it/allerte.ftl"),
                include_str!("../../assets/locales/it/documents.ftl"),
            ],
            Self::English => [
                include_str!("../../assets/locales/en/core.ftl"),
                include_str!("../../assets/locales/en/allerte.ftl"),
                include_str!("../../assets/locales/en/documents.ftl"),
            ],
        }
    }
}

/// The messages of one language.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// The words of `language`; read once.
    pub fn of(language: Language) -> &'static Self {
        static ITALIAN: OnceLock<Words> = OnceLock::new();
        static ENGLISH: OnceLock<Words> = OnceLock::new();
        match language {
            Language::Italian => ITALIAN.get_or_init(|| Self::read(language)),
            Language::English => ENGLISH.get_or_init(|| Self::read(language)),
        }
    }

    fn read(language: Language) -> Self {
        let tag: LanguageIdentifier = language.tag().parse().expect("the tags above are well formed");
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Screen readers would speak the isolation marks; all our arguments run left to right.
        bundle.set_use_isolating(false);
        for source in language.sources() {
            let resource = match FluentResource::try_new(source.to_owned()) {
                Ok(whole) => whole,
                Err((partial, _errors)) => partial,
            };
            bundle.add_resource_overriding(resource);
        }
        Self { language, bundle }
    }

    /// Which language it is.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The message `id` with its variables filled in; the id itself when there is no such message.
    pub fn say(&self, id: &str, variables: &[(&str, &str)]) -> String {
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        let mut args = FluentArgs::new();
        for (name, value) in variables {
            args.set(*name, *value);
        }
        self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    /// "Allerta rossa", "Nessuna allerta", …
    pub fn level(&self, level: Level) -> String {
        self.say(&format!("level-{level}"), &[])
    }

    /// The name of the shape that stands for the level.
    pub fn shape(&self, level: Level) -> String {
        self.say(&format!("shape-{level}"), &[])
    }

    /// "rischio idraulico e rischio temporali".
    pub fn risks(&self, risks: &[Risk]) -> String {
        let names: Vec<_> = risks.iter().map(|risk| self.say(&format!("risk-{risk}"), &[])).collect();
        self.list(&names)
    }

    /// "a, b e c".
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => self.say("list-and", &[("first", &first.join(", ")), ("last", last)]),
        }
    }

    /// "oggi", "domani", "ieri" or "mercoledì 17 maggio".
    pub fn day(&self, day: NaiveDate, today: NaiveDate) -> String {
        match day.signed_duration_since(today).num_days() {
            0 => self.say("day-today", &[]),
            1 => self.say("day-tomorrow", &[]),
            -1 => self.say("day-yesterday", &[]),
            _ => self.date(day),
        }
    }

    /// "mercoledì 17 maggio", whatever day it is today.
    pub fn date(&self, day: NaiveDate) -> String {
        let weekday = self.say(&format!("weekday-{}", day.weekday().number_from_monday()), &[]);
        let month = self.say(&format!("month-{}", day.month()), &[]);
        self.say("day-date", &[("weekday", &weekday), ("day", &day.day().to_string()), ("month", &month)])
    }

    /// "17 maggio 2027".
    pub fn date_with_year(&self, day: NaiveDate) -> String {
        let month = self.say(&format!("month-{}", day.month()), &[]);
        let (of_month, year) = (day.day().to_string(), day.year().to_string());
        self.say("date-year", &[("day", &of_month), ("month", &month), ("year", &year)])
    }

    /// "14:05", Europe/Rome.
    pub fn time(at: DateTime<Utc>) -> String {
        local_time(at).format("%H:%M").to_string()
    }

    /// "fino alle 18:00" or "fino a domani, ore 18:00".
    pub fn until(&self, end: DateTime<Utc>, now: DateTime<Utc>) -> String {
        let (day, today) = (local_date(end), local_date(now));
        let time = Self::time(end);
        if day == today {
            self.say("until-time", &[("time", &time)])
        } else {
            self.say("until-day-time", &[("day", &self.day(day, today)), ("time", &time)])
        }
    }

    /// The one line that a push service may show of a bulletin: fixed words, the highest level and its day.
    pub fn bulletin_headline(&self, bulletin: &BulletinNotice) -> String {
        let today = local_date(bulletin.published);
        let rows = bulletin.days.iter().flat_map(|day| day.rows.iter().map(move |row| (day.day, row)));
        let worst = rows
            .filter(|(_, row)| row.highest().is_coloured())
            .max_by_key(|(day, row)| (row.highest().rank(), std::cmp::Reverse(*day)));
        if let Some((day, row)) = worst {
            let level = row.highest();
            let risks: Vec<_> = Risk::ALL.into_iter().filter(|risk| row.level(*risk) == level).collect();
            return self.say(
                "bulletin-headline",
                &[
                    ("level", &self.level(level)),
                    ("day", &self.day(day, today)),
                    ("risks", &self.risks(&risks)),
                ],
            );
        }
        let all_known =
            bulletin.days.iter().flat_map(|day| &day.rows).all(|row| row.highest() == Level::Verde);
        let id = if all_known { "bulletin-headline-green" } else { "bulletin-headline-unknown" };
        self.say(id, &[("day", &self.day(today, today))])
    }
}

/// `text` without more than `limit` bytes, cut at a character, with "…" where it was cut.
pub fn cut(text: &str, limit: usize) -> String {
    const MARK: &str = "…";
    if text.len() <= limit {
        return text.to_owned();
    }
    let room = limit.saturating_sub(MARK.len());
    let end = text.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= room).last();
    let kept = end.and_then(|end| text.get(..end)).unwrap_or_default();
    format!("{}{MARK}", kept.trim_end())
}

#[cfg(test)]
mod tests;
