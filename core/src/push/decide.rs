//! How loud something may be for a person's places.

use chrono::{DateTime, Utc};

use crate::{
    alerts::{Level, Place},
    calendar::local_time,
    notice::Status,
};

/// How loud the shell is to be, from nothing to everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum Loudness {
    /// In the app only.
    None,
    /// Listed without sound or light: elsewhere, or an exercise.
    Passive,
    /// A notice without sound.
    Quiet,
    /// Rings.
    Ring,
    /// Rings through quiet hours and fills the screen.
    FullScreen,
}

/// How loud a real alert of `level` is at `place`. Source: DESIGN section 4, issue "Loudness and words".
///
/// `kind` is the hazard's key. Below the person's threshold, or of a kind kept quiet here, it is quiet; in quiet hours
/// only rossa rings; rossa always rings and fills the screen
/// unless the trust list has expired. An unknown level rings like arancione: it is never taken for green.
pub(crate) fn at_place(
    level: Level,
    kind: &str,
    place: &Place,
    trust_expired: bool,
    now: DateTime<Utc>,
) -> Loudness {
    match level {
        Level::Rossa if trust_expired => return Loudness::Ring,
        Level::Rossa => return Loudness::FullScreen,
        Level::Verde => return Loudness::Quiet,
        Level::Gialla | Level::Arancione | Level::Unknown => {}
    }
    let rank = level.rank().or(Level::Arancione.rank());
    let reaches = rank >= place.settings.rings_from.rank().or(Level::Arancione.rank());
    let time = local_time(now).time();
    let is_quiet = place.settings.quiet_hours.is_some_and(|hours| hours.contains(time));
    let is_quiet_kind = place.settings.quiet_kinds.iter().any(|quiet| quiet == kind);
    if reaches && !is_quiet && !is_quiet_kind { Loudness::Ring } else { Loudness::Quiet }
}

/// How loud a real alert of `level` is when the places cannot be read yet (before the first unlock).
pub(crate) fn without_places(level: Level) -> Loudness {
    match level {
        Level::Rossa | Level::Arancione | Level::Unknown => Loudness::Ring,
        Level::Gialla | Level::Verde => Loudness::Quiet,
    }
}

/// Exercise and Test never ring like Actual (safety rule 5).
pub(crate) fn capped(loudness: Loudness, status: Status) -> Loudness {
    match status {
        Status::Actual => loudness,
        Status::Exercise | Status::Test => loudness.min(Loudness::Quiet),
    }
}
