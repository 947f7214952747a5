//! The minute before a signature: look, type the phrase, wait, sign.

use std::io;

use campanile_core::{
    platform::Clock,
    trust::{Refusal, SigningKey},
};

use crate::{
    draft::Draft,
    keyfile::{self, KeyFileError},
    review::{ReviewError, review},
};

/// How long the officer may still stop, seconds.
pub const GRACE_S: u64 = 10;

/// The officer's screen and keyboard. Tests script it.
pub trait Desk {
    /// Shows a line.
    fn show(&mut self, line: &str) -> io::Result<()>;
    /// Asks for a line of text.
    fn ask(&mut self, question: &str) -> io::Result<String>;
    /// Asks for a secret, which is not echoed.
    fn ask_secret(&mut self, question: &str) -> io::Result<String>;
    /// Waits a second; true when the officer stopped the signature.
    fn stopped_within_a_second(&mut self, seconds_left: u64) -> io::Result<bool>;
}

/// Why nothing was signed.
#[derive(Debug, thiserror::Error)]
pub enum CeremonyError {
    /// The draft should not be signed.
    #[error(transparent)]
    Review(#[from] ReviewError),
    /// The phrase was not typed as asked.
    #[error("the phrase was not '{expected}': nothing was signed")]
    WrongPhrase {
        /// What was asked for.
        expected: String,
    },
    /// The officer stopped it.
    #[error("stopped: nothing was signed")]
    Stopped,
    /// The key cannot be opened.
    #[error(transparent)]
    Key(#[from] KeyFileError),
    /// The item would be too long.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The desk failed.
    #[error("the terminal cannot be used: {0}")]
    Desk(#[from] io::Error),
}

/// Shows `draft`, asks for the phrase, opens the key of `key_file`, holds the grace and adds the signature.
///
/// Returns the item with the signatures given so far. A draft may grow too old while the officer reads: its age is
/// checked again before the signature.
pub fn sign(
    mut draft: Draft,
    key_file: &str,
    desk: &mut dyn Desk,
    clock: &dyn Clock,
) -> Result<Vec<u8>, CeremonyError> {
    let shown = review(&draft, clock.now())?;
    for line in &shown.lines {
        desk.show(line)?;
    }
    let typed = desk.ask(&format!("Per firmare scrivi esattamente: {}", shown.phrase))?;
    if typed.trim() != shown.phrase {
        return Err(CeremonyError::WrongPhrase { expected: shown.phrase });
    }
    let key = open_key(key_file, desk)?;
    for left in (1..=GRACE_S).rev() {
        if desk.stopped_within_a_second(left)? {
            return Err(CeremonyError::Stopped);
        }
    }
    review(&draft, clock.now())?;
    draft.sign(&key);
    Ok(draft.to_item()?)
}

fn open_key(key_file: &str, desk: &mut dyn Desk) -> Result<SigningKey, CeremonyError> {
    let passphrase = zeroize::Zeroizing::new(desk.ask_secret("Frase segreta della chiave")?);
    Ok(keyfile::open(key_file, &passphrase)?)
}

#[cfg(test)]
mod tests {
    use campanile_core::{
        fixtures::{Town, now},
        notice::{Severity, encode},
        platform::FixedClock,
        trust::{ItemKind, Verified},
    };
    use chrono::TimeDelta;

    use super::*;
    use crate::draft::join;

    const PASSPHRASE: &str = "cavallo batteria graffetta";

    struct Script<'a> {
        phrase: &'a str,
        stops_at: Option<u64>,
        clock: &'a FixedClock,
        seconds: u64,
    }

    impl Desk for Script<'_> {
        fn show(&mut self, _: &str) -> io::Result<()> {
            Ok(())
        }

        fn ask(&mut self, _: &str) -> io::Result<String> {
            Ok(format!("{}\n", self.phrase))
        }

        fn ask_secret(&mut self, _: &str) -> io::Result<String> {
            Ok(PASSPHRASE.to_owned())
        }

        fn stopped_within_a_second(&mut self, seconds_left: u64) -> io::Result<bool> {
            self.seconds += 1;
            self.clock.set(self.clock.now() + TimeDelta::seconds(1));
            Ok(self.stops_at == Some(seconds_left))
        }
    }

    fn draft() -> Draft {
        let notice = Town::live().alert("a-1", Severity::Extreme);
        Draft { kind: ItemKind::Alert, payload: encode(&notice), signatures: Vec::new() }
    }

    fn run(
        draft: Draft,
        key: &SigningKey,
        phrase: &str,
        stops_at: Option<u64>,
    ) -> Result<(Vec<u8>, u64), CeremonyError> {
        let clock = FixedClock::new(now());
        let mut desk = Script { phrase, stops_at, clock: &clock, seconds: 0 };
        let file = keyfile::seal(key, PASSPHRASE).unwrap();
        let item = sign(draft, &file, &mut desk, &clock)?;
        Ok((item, desk.seconds))
    }

    #[test]
    fn two_officers_in_two_runs_make_an_item_that_phones_accept() {
        let town = Town::live();
        let (first, seconds) = run(draft(), &town.officers[0], "INVIA ROSSA MODENA", None).unwrap();
        assert_eq!(seconds, GRACE_S);
        assert_eq!(
            town.trust().verify(&first, now(), |_| None),
            Err(Refusal::TooFewPersons { needed: 2, found: 1 })
        );
        // The second signs the first's item, or the draft beside it: the result is the same.
        let on_top = Draft::read(&first, ItemKind::Alert);
        let (whole, _) = run(on_top, &town.officers[1], "INVIA ROSSA MODENA", None).unwrap();
        let (beside, _) = run(draft(), &town.officers[1], "INVIA ROSSA MODENA", None).unwrap();
        let named = |name: &str, bytes: &[u8]| (name.to_owned(), Draft::read(bytes, ItemKind::Alert));
        assert_eq!(join(vec![named("a", &first), named("b", &beside)]).unwrap(), whole);
        assert!(matches!(town.trust().verify(&whole, now(), |_| None), Ok(Verified::Alert(_))));
    }

    #[test]
    fn another_phrase_signs_nothing() {
        let key = &Town::live().officers[0];
        for phrase in ["", "invia rossa modena", "INVIA ROSSA FERRARA", "SOLO ESERCITAZIONE MODENA"] {
            assert!(
                matches!(run(draft(), key, phrase, None), Err(CeremonyError::WrongPhrase { .. })),
                "{phrase}"
            );
        }
    }

    #[test]
    fn the_officer_may_stop_until_the_last_second() {
        let key = &Town::live().officers[0];
        assert!(matches!(run(draft(), key, "INVIA ROSSA MODENA", Some(1)), Err(CeremonyError::Stopped)));
    }

    #[test]
    fn drafts_that_nobody_signed_make_no_item() {
        assert_eq!(join(vec![("a.draft".to_owned(), draft())]), Err(Refusal::NotSigned.into()));
    }

    #[test]
    fn signatures_over_other_bytes_are_not_joined() {
        let town = Town::live();
        let other = Draft { payload: encode(&town.alert("a-2", Severity::Extreme)), ..draft() };
        let error = join(vec![("a.cose".to_owned(), draft()), ("b.cose".to_owned(), other)]).unwrap_err();
        assert_eq!(error.to_string(), "the files do not sign the same bytes: 'a.cose' and 'b.cose' differ");
    }
}
