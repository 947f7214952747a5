//! When to remind: the plan of one document, and the next notices over all of them.
//!
//! Read [`plan()`] and [`next_notices`] first. The plan is a function of the document and the rules alone, so planning
//! again after a change of clock, zone, rules or app gives the same notices under the same names.

mod calendar_file;
mod notices;
mod plan;
mod quiet;

pub use calendar_file::calendar_file;
pub use notices::{About, Notice, NoticeItem, Watched, next_notices};
pub use plan::{Moment, Plan, PlannedDay, Why, moments, plan};
pub use quiet::{Delivered, deliver, quiet_hours};
