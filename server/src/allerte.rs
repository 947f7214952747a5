//! The public page `/allerte`: what is in force, for everybody, in plain HTML without JavaScript.
//!
//! Read [`Posted`] (what the server holds) and [`Situation`] (what may be said of it now) first; [`page()`] writes
//! the HTML. All of it is pure. The words and the decisions are those of the phone ([`campanile_core::alerts`],
//! [`campanile_core::words`]). Not here: the route and its headers ([`crate::http`]), the full CAP of an alert.

mod language;
mod page;
mod situation;
mod zones;

pub use language::{ask_for, other};
pub use page::{CONTENT_SECURITY_POLICY, ICON, STYLE, page, version};
pub use situation::{Listed, Posted, Situation, Standing};
pub use zones::{DayCell, ZoneLine, Zones};

#[cfg(test)]
mod tests;
