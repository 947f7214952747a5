//! Shared pieces of the whole-system tests.

pub mod checkout;
pub mod fake_fcm;
pub mod replay;
pub mod rules_paper;
pub mod scenarios;
pub mod server;
pub mod terminal_phone;
pub mod vectors;
