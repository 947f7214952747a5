//! Places on the map of Italy: municipality codes, alert-zone codes, area keys, outlines.
//!
//! Read [`IstatCode`] and [`ZoneCode`] first, then [`ZoneList`] and [`Comuni`].
//! [`Point`], [`Polygon`] and [`Circle`] are the geometry, [`compact`] writes a polygon in few bytes, [`Outlines`] finds the comune of a point.
//! Which comune lies in which zone is dated data ([`crate::assets`]).
//! Not here: what an alert means for a place ([`crate::alerts`]).

mod codes;
pub mod compact;
mod comuni;
mod geometry;
mod names;
mod outlines;
mod overlap;
mod simplify;
mod varint;
mod zones;

pub use codes::{AreaKey, CodeError, IstatCode, ZoneCode};
pub use comuni::{Comune, Comuni, Province};
pub use geometry::{Bounds, Circle, GeometryError, MOST_POINTS, Point, Polygon};
pub use names::folded;
pub use outlines::{Outlines, OutlinesError};
pub use simplify::simplify_outward;
pub use zones::{NamesRead, Zone, ZoneList};
