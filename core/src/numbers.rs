//! Useful numbers.
