//! Places on the map of Italy: municipality codes, alert-zone codes, area keys, outlines.
//!
//! Read [`IstatCode`] and [`ZoneCode`] first, then [`ZoneList`] and [`Comuni`].
//! Which comune lies in which zone is dated data ([`crate::assets`]).
//! Not here: what an alert means for a place ([`crate::alerts`]).

mod codes;
mod comuni;
mod names;
mod zones;

pub use codes::{AreaKey, CodeError, IstatCode, ZoneCode};
pub use comuni::{Comune, Comuni, Province};
pub use names::folded;
pub use zones::{NamesRead, Zone, ZoneList};
