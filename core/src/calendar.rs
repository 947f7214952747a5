//! Holidays, terms and civil time of Europe/Rome.
//!
//! Read [`Holidays`] and [`Terms`] first: which day is closed, and on which day a term ends.
//! Which calendar counts for what: a fine runs by [`Terms::Legal`], an appeal to the Giudice di pace by [`Terms::Court`],
//! what a town hall must do by [`Terms::Office`], and a term that is only shown by [`Terms::Plain`].
//! Not here: what a term is about ([`crate::payments`], [`crate::pratiche`]).

mod arithmetic;
mod holidays;
mod rome;
mod terms;

pub use arithmetic::{add_days, add_months, add_years, age, month_end};
pub use holidays::{
    DayOfYear, DayOfYearError, HolidayDay, HolidayRule, Holidays, PatronDay, PatronRule, easter,
};
pub use rome::{DaySpan, LocalTime, day_span, local_date, local_time, resolve, resolve_in};
pub use terms::{Roll, Term, Terms};
