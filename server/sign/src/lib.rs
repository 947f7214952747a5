//! Signing by an officer, on the officer's own machine.
//!
//! The console's code comes from the server and must not be trusted to show what it signs. This program takes the
//! very bytes, draws every word and the area itself ([`review`]), asks for a phrase that names what will happen
//! ([`ceremony`]), and returns a signature. Keys lie in files encrypted under a passphrase ([`keyfile`]); the server
//! never sees one. Needs the core only: no network.

pub mod ceremony;
pub mod draft;
pub mod keyfile;
pub mod list;
pub mod review;
