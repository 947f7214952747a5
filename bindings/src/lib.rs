//! The uniffi edge of Campanile.
uniffi::setup_scaffolding!();
