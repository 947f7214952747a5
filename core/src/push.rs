//! From bytes that arrive to what the phone shows.
