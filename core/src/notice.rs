//! The compact signed payload.
