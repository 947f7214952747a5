//! Tessera elettorale, section, seat and votes.
