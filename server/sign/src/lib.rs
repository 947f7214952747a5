//! Signing by an officer, on the officer's own machine.
