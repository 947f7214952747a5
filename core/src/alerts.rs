//! Levels, lifecycle and targeting of alerts.
//!
//! Read [`Level`] and [`Risk`] first.
//! Not here: reading what emitters send ([`crate::cap`], [`crate::bollettino`]), or words for people ([`crate::words`]).

mod level;

pub use level::{Level, Risk};
