//! Levels, lifecycle and targeting of alerts.
//!
//! Read [`Chain`] (what became of an officer's alert), [`Announced`] (what the bulletins say of a zone's day)
//! and [`Place`] (where the resident wants to be told) first. All of it is pure: the time is passed in.
//! Not here: reading what emitters send ([`crate::cap`], [`crate::bollettino`]), what is shown ([`crate::push`]),
//! or words for people ([`crate::words`]).

mod announced;
mod card;
mod chain;
mod level;
mod place;

pub use announced::{Announced, DayLevel, Fall, News, PlaceNews};
pub use card::{Card, CardKind, Label, alert_card, bulletin_cards, sort_cards};
pub(crate) use card::{bulletin_card, place_and_end};
pub(crate) use chain::severity_rank;
pub use chain::{Chain, Phase, chains};
pub use level::{Level, Risk};
pub use place::{Place, PlaceSettings, QuietHours, concerns};
