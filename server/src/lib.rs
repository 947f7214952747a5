//! The server a Comune runs.
