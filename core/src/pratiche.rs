//! Procedures at the town hall.
