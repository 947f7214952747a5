//! The server a Comune runs, as a library for its binary and for whole-system tests.

pub mod inspect;
