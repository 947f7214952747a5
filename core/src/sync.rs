//! Registration, catch-up and live stream.
