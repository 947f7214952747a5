//! What the terminal shows: lines for people, or one JSON object per line.
//!
//! Every JSON line has `"event"`:
//!
//! | event | further fields |
//! | --- | --- |
//! | `opened` | `opening`: `new`, `existing`, `rebuilt` |
//! | `waiting` | `error`: the server cannot be reached yet |
//! | `registered` | `is_registered`: false when no town of the build serves a place |
//! | `notification` | `tag`, `level`, `shape`, `loudness`, `status`, `title`, `body`, `spoken`, `labels` |
//! | `list` | the whole list, at the start and after each change: `head` (`is_known`, `checked_at`, `words`), `empty_words`, `rows` (`id`, `kind`, `level`, `level_words`, `shape`, `status`, `phase`, `place_names`, `concerns_me`, `title`, `until`, `source`, `labels`, `sent`, `expires`) |
//! | `too_late` | none |
//! | `failed` | `error` |

use std::{
    io::{IsTerminal as _, Write as _},
    process::ExitCode,
};

use campanile::{
    AlertKind, AlertList, AlertRow, CampanileError, Level, Loudness, Opening, Phase, PushNotification, Status,
};
use serde::Serialize;

/// Something to show.
#[derive(Debug)]
pub enum Event<'a> {
    /// The store was opened.
    Opened {
        /// How it was found.
        opening: Opening,
    },
    /// The server cannot be reached yet.
    Waiting {
        /// Why.
        error: &'a CampanileError,
    },
    /// The phone is registered.
    Registered {
        /// Whether a town serves every place.
        is_registered: bool,
    },
    /// A notification to put up.
    Notification {
        /// The notification.
        notification: &'a PushNotification,
    },
    /// The list as it stands.
    List {
        /// The list.
        list: &'a AlertList,
    },
    /// The time was over.
    TooLate,
}

/// Prints events.
pub struct Printer {
    is_json: bool,
    is_coloured: bool,
}

impl Printer {
    /// A printer of JSON lines, or of lines for people: in colour where standard output is a terminal.
    pub fn new(is_json: bool) -> Self {
        Self { is_json, is_coloured: std::io::stdout().is_terminal() }
    }

    /// Prints one event and flushes it.
    pub fn print(&self, event: &Event<'_>) {
        let text = if self.is_json { json(event) } else { self.for_people(event) };
        if text.is_empty() {
            return;
        }
        let mut out = std::io::stdout().lock();
        // A reader that went away is no failure of the phone.
        let _ = writeln!(out, "{text}").and_then(|()| out.flush());
    }

    /// Prints why the phone ended, and gives the exit code of a failure.
    pub fn failed(&self, error: &dyn std::fmt::Display) -> ExitCode {
        let line = if self.is_json {
            to_json(&Failed { event: "failed", error: error.to_string() })
        } else {
            format!("campanile-phone: {error}")
        };
        if self.is_json {
            let _ = writeln!(std::io::stdout(), "{line}");
        } else {
            let _ = writeln!(std::io::stderr(), "{line}");
        }
        ExitCode::FAILURE
    }

    fn for_people(&self, event: &Event<'_>) -> String {
        match event {
            Event::Opened { opening: Opening::Rebuilt } => {
                "(l'archivio era danneggiato ed è stato ricostruito)".to_owned()
            }
            Event::Opened { .. } => String::new(),
            Event::Waiting { .. } => "(il server non risponde: riprovo)".to_owned(),
            Event::Registered { is_registered: true } => "(registrato, in ascolto)".to_owned(),
            Event::Registered { is_registered: false } => {
                "(nessun Comune di questa app serve questo luogo; in ascolto)".to_owned()
            }
            Event::Notification { notification } => self.notification(notification),
            Event::List { list } => self.list(list),
            Event::TooLate => "(tempo scaduto)".to_owned(),
        }
    }

    fn notification(&self, notification: &PushNotification) -> String {
        let bell = match notification.loudness {
            Loudness::FullScreen => "suona, a schermo intero",
            Loudness::Ring => "suona",
            Loudness::Quiet => "senza suono",
            Loudness::Passive | Loudness::None => "solo in elenco",
        };
        let badge = self.badge(notification.level, notification.status, &notification.shape);
        let labels = each_in_brackets("\n  ", &notification.labels);
        let body = notification.body.replace('\n', "\n  ");
        format!("\n{badge} {}  ({bell}){labels}\n  {body}", notification.title)
    }

    fn list(&self, list: &AlertList) -> String {
        let mut lines = vec![format!("\n-- {}", list.head.words)];
        if list.rows.is_empty() {
            lines.push(format!("   {}", list.empty_words));
        }
        lines.extend(list.rows.iter().map(|row| {
            let badge = self.badge(row.level, row.status, &row.shape);
            let places = if row.concerns_me { row.place_names.join(", ") } else { "altrove".to_owned() };
            let ended = if row.phase == Phase::InForce { "" } else { " (non più in corso)" };
            let labels = each_in_brackets(" ", &row.labels);
            format!("   {badge} {}{ended}{labels} — {places}", row.title)
        }));
        lines.join("\n")
    }

    /// Shape and level in colour; an exercise or test is hatched, never in the plain colour.
    fn badge(&self, level: Level, status: Status, shape: &str) -> String {
        let sign = match level {
            Level::Verde => "●",
            Level::Gialla => "▲",
            Level::Arancione => "◆",
            Level::Rossa => "⬣",
            Level::Unknown => "?",
        };
        if status != Status::Actual {
            return format!("░{sign}░ {shape}");
        }
        if !self.is_coloured {
            return format!("{sign} {shape}");
        }
        let colour = match level {
            Level::Verde => "30;42",
            Level::Gialla => "30;103",
            Level::Arancione => "30;48;5;208",
            Level::Rossa => "97;41",
            Level::Unknown => "30;47",
        };
        format!("\x1b[{colour}m {sign} {shape} \x1b[0m")
    }
}

/// `[first] [second]`, each after `before`.
fn each_in_brackets(before: &str, labels: &[String]) -> String {
    labels.iter().fold(String::new(), |text, label| text + before + "[" + label + "]")
}

#[derive(Serialize)]
struct Failed {
    event: &'static str,
    error: String,
}

#[derive(Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
enum Line<'a> {
    Opened { opening: &'static str },
    Waiting { error: String },
    Registered { is_registered: bool },
    Notification(NotificationLine<'a>),
    List { head: HeadLine<'a>, empty_words: &'a str, rows: Vec<RowLine<'a>> },
    TooLate,
}

#[derive(Serialize)]
struct NotificationLine<'a> {
    tag: &'a str,
    level: &'static str,
    shape: &'a str,
    loudness: &'static str,
    status: &'static str,
    title: &'a str,
    body: &'a str,
    spoken: &'a str,
    labels: &'a [String],
}

#[derive(Serialize)]
struct HeadLine<'a> {
    is_known: bool,
    checked_at: Option<String>,
    words: &'a str,
}

#[derive(Serialize)]
struct RowLine<'a> {
    id: &'a str,
    kind: &'static str,
    level: &'static str,
    level_words: &'a str,
    shape: &'a str,
    status: &'static str,
    phase: &'static str,
    place_names: &'a [String],
    concerns_me: bool,
    title: &'a str,
    until: &'a str,
    source: &'a str,
    labels: &'a [String],
    sent: String,
    expires: String,
}

fn json(event: &Event<'_>) -> String {
    to_json(&match event {
        Event::Opened { opening } => Line::Opened {
            opening: match opening {
                Opening::New => "new",
                Opening::Existing => "existing",
                Opening::Rebuilt => "rebuilt",
            },
        },
        Event::Waiting { error } => Line::Waiting { error: error.to_string() },
        Event::Registered { is_registered } => Line::Registered { is_registered: *is_registered },
        Event::Notification { notification } => Line::Notification(NotificationLine {
            tag: &notification.tag,
            level: notification.level.as_str(),
            shape: &notification.shape,
            loudness: match notification.loudness {
                Loudness::None => "none",
                Loudness::Passive => "passive",
                Loudness::Quiet => "quiet",
                Loudness::Ring => "ring",
                Loudness::FullScreen => "full_screen",
            },
            status: status(notification.status),
            title: &notification.title,
            body: &notification.body,
            spoken: &notification.spoken,
            labels: &notification.labels,
        }),
        Event::List { list } => Line::List {
            head: HeadLine {
                is_known: list.head.is_known,
                checked_at: list.head.checked_at.map(|at| at.to_rfc3339()),
                words: &list.head.words,
            },
            empty_words: &list.empty_words,
            rows: list.rows.iter().map(row).collect(),
        },
        Event::TooLate => Line::TooLate,
    })
}

fn row(row: &AlertRow) -> RowLine<'_> {
    RowLine {
        id: &row.id,
        kind: match row.kind {
            AlertKind::Alert => "alert",
            AlertKind::Bulletin => "bulletin",
        },
        level: row.level.as_str(),
        level_words: &row.level_words,
        shape: &row.shape,
        status: status(row.status),
        phase: match row.phase {
            Phase::InForce => "in_force",
            Phase::Ended => "ended",
            Phase::FalseAlarm => "false_alarm",
            Phase::Expired => "expired",
        },
        place_names: &row.place_names,
        concerns_me: row.concerns_me,
        title: &row.title,
        until: &row.until,
        source: &row.source,
        labels: &row.labels,
        sent: row.sent.to_rfc3339(),
        expires: row.expires.to_rfc3339(),
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Actual => "actual",
        Status::Exercise => "exercise",
        Status::Test => "test",
    }
}

fn to_json(line: &impl Serialize) -> String {
    // Texts and numbers always have a JSON form.
    serde_json::to_string(line).unwrap_or_default()
}
