//! What an officer is shown of the very bytes: every word, the level, the area, the hours.

use campanile_core::{
    alerts::Level,
    area::AreaKey,
    assets,
    calendar::local_date,
    notice::{self, AlertNotice, MsgType, Purpose, Status},
    trust::{ItemKind, Refusal, Revocation, TrustList, persons_needed, sha256},
    words::{Language, Words},
};
use chrono::{DateTime, TimeDelta, Utc};

use crate::draft::Draft;

/// A draft older than this is refused.
pub const OLDEST_DRAFT_MINUTES: i64 = 15;

/// Why an officer should not sign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReviewError {
    /// The bytes cannot be read.
    #[error("the draft cannot be read: {0}")]
    Unreadable(#[from] Refusal),
    /// Written too long ago.
    #[error(
        "the draft was written {minutes} minutes ago, at most {OLDEST_DRAFT_MINUTES} are allowed: make it anew"
    )]
    TooOld {
        /// How long ago.
        minutes: i64,
    },
    /// Written in the future.
    #[error("the draft is dated {minutes} minutes ahead of this machine's clock: check both clocks")]
    FromTheFuture {
        /// How far ahead.
        minutes: i64,
    },
    /// Already over.
    #[error("the draft has expired")]
    Expired,
    /// Nothing that this program signs.
    #[error("campanile-sign signs alerts, trust lists and revocations, not bulletins or heads")]
    NotForPersons,
}

/// What is shown, and what must be typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Every line, in order.
    pub lines: Vec<String>,
    /// The phrase that names what will happen.
    pub phrase: String,
    /// Whether people will act on it.
    pub is_real: bool,
}

/// Reads the very bytes of `draft` for the officer. The time of this machine is `now`.
pub fn review(draft: &Draft, now: DateTime<Utc>) -> Result<Review, ReviewError> {
    let shown = match draft.kind {
        ItemKind::Alert => review_alert(draft, now),
        ItemKind::TrustList => review_list(draft),
        ItemKind::Revocation => review_revocation(draft, now),
        ItemKind::Bulletin | ItemKind::Head => Err(ReviewError::NotForPersons),
    }?;
    Ok(Review {
        lines: shown.lines.iter().map(|line| visible(line)).collect(),
        phrase: visible(&shown.phrase),
        is_real: shown.is_real,
    })
}

/// `text` so that no sign in it can paint over, reorder or hide what stands beside it on a terminal: a draft comes from
/// a machine that may be stolen. A line that the text itself begins is marked, so that it cannot pass for one of ours.
fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\n' => shown.push_str("\n    | "),
            // Directions of text, signs without width, separators of lines: Unicode 16, chapter 23.
            '\u{ad}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => shown.extend(sign.escape_unicode()),
            sign if sign.is_control() => shown.extend(sign.escape_unicode()),
            sign => shown.push(sign),
        }
    }
    shown
}

fn check_age(written: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), ReviewError> {
    let age = now - written;
    if age > TimeDelta::minutes(OLDEST_DRAFT_MINUTES) {
        return Err(ReviewError::TooOld { minutes: age.num_minutes() });
    }
    if age < TimeDelta::minutes(-2) {
        return Err(ReviewError::FromTheFuture { minutes: -age.num_minutes() });
    }
    Ok(())
}

/// The first eight bytes of the SHA-256, in groups of four digits, for comparing aloud.
fn fingerprint(bytes: &[u8]) -> String {
    let digest = sha256(bytes);
    let groups = digest.chunks(2).take(4).map(hex::encode);
    groups.collect::<Vec<_>>().join(" ")
}

fn area_name(key: &AreaKey, on: DateTime<Utc>) -> String {
    match key {
        AreaKey::Comune(code) => match assets::comuni().get(*code) {
            Some(comune) => format!("{} ({code})", comune.name),
            None => format!("comune sconosciuto ({code})"),
        },
        AreaKey::Zona(code) => match assets::zones_on(on.date_naive()).get(code) {
            Some(zone) => format!("zona {} ({code})", zone.name),
            None => format!("zona sconosciuta ({code})"),
        },
    }
}

fn place_of_phrase(notice: &AlertNotice) -> String {
    match notice.area.keys.as_slice() {
        [AreaKey::Comune(code)] => match assets::comuni().get(*code) {
            Some(comune) => comune.name.to_uppercase(),
            None => code.to_string(),
        },
        [AreaKey::Zona(code)] => code.to_string().to_uppercase(),
        keys => format!("{} AREE", keys.len()),
    }
}

fn level_word(level: Level) -> &'static str {
    match level {
        Level::Verde => "VERDE",
        Level::Gialla => "GIALLA",
        Level::Arancione => "ARANCIONE",
        Level::Rossa => "ROSSA",
        Level::Unknown => "SENZA LIVELLO",
    }
}

/// The phrase to type. Real and exercise share no word but the place.
fn phrase(notice: &AlertNotice) -> String {
    let place = place_of_phrase(notice);
    let level = level_word(notice.severity.level());
    match (notice.status, notice.msg_type, notice.purpose) {
        (Status::Exercise, _, _) => format!("SOLO ESERCITAZIONE {place}"),
        (Status::Test, _, _) => format!("SOLO PROVA TECNICA {place}"),
        (Status::Actual, _, Purpose::UnderReview) => format!("IN VERIFICA {place}"),
        (Status::Actual, _, Purpose::FalseAlarm) => format!("FALSO ALLARME {place}"),
        (Status::Actual, MsgType::Alert, _) => format!("INVIA {level} {place}"),
        (Status::Actual, MsgType::Update, _) => format!("AGGIORNA {level} {place}"),
        (Status::Actual, MsgType::Cancel, _) => format!("CHIUDI {level} {place}"),
    }
}

fn what_happens(notice: &AlertNotice) -> &'static str {
    match (notice.status, notice.msg_type, notice.purpose) {
        (Status::Exercise, ..) => "ESERCITAZIONE: i telefoni mostrano un'esercitazione, senza suonare.",
        (Status::Test, ..) => "PROVA TECNICA: i telefoni mostrano una prova, senza suonare.",
        (_, _, Purpose::UnderReview) => "REALE: all'avviso si aggiunge «in verifica». Non toglie nulla.",
        (_, _, Purpose::FalseAlarm) => "REALE: l'avviso viene ritirato come falso allarme.",
        (_, MsgType::Alert, _) => "REALE: i telefoni della zona suonano e le persone agiscono.",
        (_, MsgType::Update, _) => "REALE: l'avviso in corso cambia come scritto qui.",
        (_, MsgType::Cancel, _) => "REALE: l'avviso in corso finisce.",
    }
}

fn moment(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let words = Words::of(Language::Italian);
    format!("{} alle {}", words.day(local_date(at), local_date(now)), Words::time(at))
}

fn review_alert(draft: &Draft, now: DateTime<Utc>) -> Result<Review, ReviewError> {
    let notice: AlertNotice = notice::decode(&draft.payload)?;
    check_age(notice.sent, now)?;
    if notice.expires <= now {
        return Err(ReviewError::Expired);
    }
    if notice.area.keys.is_empty() {
        return Err(Refusal::NoArea.into());
    }
    let mut lines = vec![
        what_happens(&notice).to_owned(),
        format!("Livello: {}", level_word(notice.severity.level())),
        format!("Comune mittente: {} · identificativo {}", notice.town, notice.id),
    ];
    lines.extend(notice.references.iter().map(|reference| format!("Riguarda l'avviso: {}", reference.id)));
    lines.push("Dove:".to_owned());
    lines.extend(notice.area.keys.iter().map(|key| format!("  {}", area_name(key, now))));
    match notice.area.polygons.len() + notice.area.circles.len() {
        0 => lines.push("  tutto il territorio qui sopra".to_owned()),
        shapes => lines.push(format!("  solo dentro {shapes} aree disegnate")),
    }
    lines.push(format!("Scritto: {}", moment(notice.sent, now)));
    lines.extend(notice.onset.map(|onset| format!("Comincia: {}", moment(onset, now))));
    lines.push(format!("Scade: {}", moment(notice.expires, now)));
    for text in &notice.texts {
        lines.push(format!("--- [{}] {}", text.language, text.sender_name));
        let fields = [
            ("Evento", &text.event),
            ("Titolo", &text.headline),
            ("Cosa fare", &text.instruction),
            ("Descrizione", &text.description),
            ("Luogo", &text.area_desc),
        ];
        lines.extend(fields.iter().map(|(name, value)| format!("{name}: {value}")));
    }
    let needed = persons_needed(&notice, None);
    lines.push("---".to_owned());
    lines.push(format!("Servono {needed} persone; firme già presenti: {}", draft.signatures.len()));
    lines.push(format!("Impronta dei byte firmati: {}", fingerprint(&draft.payload)));
    Ok(Review { phrase: phrase(&notice), is_real: notice.status == Status::Actual, lines })
}

fn review_list(draft: &Draft) -> Result<Review, ReviewError> {
    let list: TrustList = notice::decode(&draft.payload)?;
    let mut lines = vec![
        format!("ELENCO DI CHI PUÒ FIRMARE · {} · versione {}", list.town, list.version),
        format!("Vale dal {} al {}", list.issued.date_naive(), list.expires.date_naive()),
        format!("Firme di radice necessarie: {} di {}", list.root_threshold, list.roots.len()),
    ];
    lines.extend(list.roots.iter().map(|root| format!("  radice {}", root.id())));
    for holder in &list.holders {
        let scope: Vec<String> = holder.scope.iter().map(|key| area_name(key, list.issued)).collect();
        lines.push(format!("{} ({:?}) {:?} per {}", holder.id, holder.kind, holder.roles, scope.join(", ")));
        lines.extend(holder.keys.iter().map(|key| {
            let (from, to) = (key.valid_from.date_naive(), key.valid_to.date_naive());
            format!("  chiave {} dal {from} al {to}", key.public.id())
        }));
    }
    lines.extend(list.revoked.iter().map(|key| format!("revocata: {key}")));
    lines.push(format!("Impronta dei byte firmati: {}", fingerprint(&draft.payload)));
    Ok(Review {
        phrase: format!("FIRMA ELENCO {} {}", list.town.to_uppercase(), list.version),
        is_real: true,
        lines,
    })
}

fn review_revocation(draft: &Draft, now: DateTime<Utc>) -> Result<Review, ReviewError> {
    let revocation: Revocation = notice::decode(&draft.payload)?;
    check_age(revocation.sent, now)?;
    let mut lines =
        vec![format!("REVOCA DI CHIAVI · {}: può solo togliere, servono 2 persone", revocation.town)];
    lines.extend(revocation.revoked.iter().map(|key| format!("  toglie la chiave {key}")));
    lines.push(format!("Impronta dei byte firmati: {}", fingerprint(&draft.payload)));
    Ok(Review { phrase: format!("REVOCA {} CHIAVI", revocation.revoked.len()), is_real: true, lines })
}

#[cfg(test)]
mod tests {
    use campanile_core::{
        fixtures::{Town, now},
        notice::{Severity, encode},
    };

    use super::*;

    fn draft(notice: &AlertNotice) -> Draft {
        Draft { kind: ItemKind::Alert, payload: encode(notice), signatures: Vec::new() }
    }

    #[test]
    fn every_word_that_people_will_see_is_shown() {
        let notice = Town::live().alert("a-1", Severity::Extreme);
        let shown = review(&draft(&notice), now()).unwrap();
        let whole = shown.lines.join("\n");
        for text in &notice.texts {
            for word in [&text.event, &text.headline, &text.description, &text.instruction, &text.area_desc] {
                assert!(whole.contains(word.as_str()), "{word}");
            }
        }
        insta::assert_snapshot!(whole);
        assert_eq!(shown.phrase, "INVIA ROSSA MODENA");
    }

    #[test]
    fn a_draft_cannot_paint_over_what_the_officer_is_shown() {
        let mut notice = Town::live().alert("a-1", Severity::Extreme);
        notice.texts[0].headline = "Prova\u{1b}[2J\u{9b}1A\u{202e}\r\nLivello: GIALLA".to_owned();
        let whole = review(&draft(&notice), now()).unwrap().lines.join("\n");
        let shown = "Titolo: Prova\\u{1b}[2J\\u{9b}1A\\u{202e}\\u{d}\n    | Livello: GIALLA";
        assert!(whole.contains(shown), "{whole}");
    }

    #[test]
    fn real_and_exercise_ask_for_different_words() {
        let town = Town::live();
        let mut drill = town.alert("a-1", Severity::Extreme);
        drill.status = Status::Exercise;
        let shown = review(&draft(&drill), now()).unwrap();
        assert_eq!(shown.phrase, "SOLO ESERCITAZIONE MODENA");
        assert!(!shown.is_real);
        let end =
            town.follow(&town.alert("a-1", Severity::Severe), "a-2", MsgType::Cancel, Purpose::FalseAlarm);
        assert_eq!(review(&draft(&end), end.sent).unwrap().phrase, "FALSO ALLARME MODENA");
    }

    #[test]
    fn an_old_draft_is_refused() {
        let notice = Town::live().alert("a-1", Severity::Extreme);
        let later = now() + TimeDelta::minutes(16);
        assert_eq!(review(&draft(&notice), later), Err(ReviewError::TooOld { minutes: 16 }));
        let earlier = now() - TimeDelta::minutes(10);
        assert_eq!(review(&draft(&notice), earlier), Err(ReviewError::FromTheFuture { minutes: 10 }));
    }

    #[test]
    fn safety_rule_8_a_draft_without_area_is_refused() {
        let mut notice = Town::live().alert("a-1", Severity::Extreme);
        notice.area.keys.clear();
        assert_eq!(review(&draft(&notice), now()), Err(ReviewError::Unreadable(Refusal::NoArea)));
    }

    #[test]
    fn a_trust_list_shows_every_key() {
        let list = Town::live().list(3);
        let draft = Draft { kind: ItemKind::TrustList, payload: encode(&list), signatures: Vec::new() };
        let shown = review(&draft, now()).unwrap();
        let whole = shown.lines.join("\n");
        for key in list.holders.iter().flat_map(|holder| &holder.keys) {
            assert!(whole.contains(&key.public.id().to_string()));
        }
        assert_eq!(shown.phrase, "FIRMA ELENCO MODENA 3");
    }
}
