//! Shared pieces of the whole-system tests.

pub mod checkout;
pub mod replay;
pub mod rules_paper;
pub mod terminal_phone;
pub mod vectors;
