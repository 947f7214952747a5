//! Places on the map of Italy: municipality codes, alert-zone codes, area keys, outlines.
//!
//! Read [`IstatCode`] and [`ZoneCode`] first. Which comune lies in which zone is dated data ([`crate::assets`]).
//! Not here: what an alert means for a place ([`crate::alerts`]).

mod codes;

pub use codes::{AreaKey, CodeError, IstatCode, ZoneCode};
