//! The encrypted tables of the phone.
