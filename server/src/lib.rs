//! The server a Comune runs, as a library for its binary and for whole-system tests.
//!
//! Read [`push`] and [`feeds`] first, the two roles; an alert comes in by [`http`] and [`alerts`],
//! is kept by [`storage`] and leaves by [`fanout`] and [`channels`]; [`allerte`] is what everybody may read.

pub mod alerts;
pub mod allerte;
pub mod channels;
pub mod cli;
#[cfg(feature = "demo")]
pub mod demo;
pub mod draft;
pub mod error;
pub mod fanout;
pub mod feeds;
pub mod http;
pub mod https;
pub mod inspect;
pub mod metrics;
pub mod push;
pub mod settings;
pub mod storage;
