//! Holidays, terms and civil time of Europe/Rome.
