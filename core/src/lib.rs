//! The core of Campanile: what a resident's phone knows, decides and keeps.
//!
//! Domain modules are pure: values in, values out, the time passed in, no I/O.
//! Read [`notice`] and [`push`] first: how an alert is written, and what a phone shows of it.
//! Not here: the uniffi edge (package `campanile`), HTTP serving (`campanile-server`).

pub mod advice;
pub mod alerts;
pub mod area;
pub mod assets;
pub mod bollettino;
pub mod calendar;
pub mod cap;
pub mod documents;
pub mod elections;
#[cfg(any(test, feature = "fixtures"))]
pub mod fixtures;
pub mod meteoalarm;
pub mod notice;
pub mod payments;
#[cfg(feature = "store")]
pub mod phone;
pub mod platform;
pub mod pratiche;
pub mod push;
pub mod rules;
#[cfg(test)]
mod shared_data;
#[cfg(feature = "sqlite")]
pub mod sqlite;
#[cfg(feature = "store")]
pub mod store;
#[cfg(feature = "sync")]
pub mod sync;
pub mod trust;
pub mod words;
