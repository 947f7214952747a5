//! Settings of the live stream.

use std::time::Duration;

use serde::Deserialize;

/// `[stream]` of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StreamSettings {
    /// Seconds between comments that keep an idle connection open, 1 to 300.
    pub keep_alive_s: u64,
    /// How many events the shared ring holds, 1 to 100,000.
    pub ring_events: usize,
    /// How many readers may be connected at once, at least 1.
    pub most_readers: usize,
}

impl Default for StreamSettings {
    fn default() -> Self {
        Self { keep_alive_s: 25, ring_events: 256, most_readers: 20_000 }
    }
}

impl StreamSettings {
    /// Time between keep-alive comments.
    pub fn keep_alive(&self) -> Duration {
        Duration::from_secs(self.keep_alive_s)
    }
}
