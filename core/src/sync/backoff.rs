//! How long to wait before the next try.

use std::time::Duration;

use ring::rand::{SecureRandom, SystemRandom};

const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_mins(5);

/// Doubling waits with full jitter, so that phones cut off together do not come back together.
#[derive(Debug, Default)]
pub(super) struct Backoff {
    tries: u32,
}

impl Backoff {
    /// The next wait: at random between half of and the whole of 1, 2, 4, … seconds, at most five minutes.
    pub(super) fn next(&mut self) -> Duration {
        let ceiling = FIRST.saturating_mul(1 << self.tries.min(9)).min(LONGEST);
        self.tries = self.tries.saturating_add(1);
        let mut byte = [0];
        // Without randomness the whole wait is still right.
        let part = SystemRandom::new().fill(&mut byte).map_or(255, |()| u32::from(byte[0]));
        ceiling / 2 + (ceiling / 2) * part / 255
    }

    /// After a success.
    pub(super) fn reset(&mut self) {
        self.tries = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_five_minutes_and_start_again_after_a_success() {
        let mut backoff = Backoff::default();
        let mut ceiling = FIRST;
        for _ in 0..20 {
            let wait = backoff.next();
            assert!(wait >= ceiling / 2 && wait <= ceiling, "{wait:?} for {ceiling:?}");
            ceiling = (ceiling * 2).min(LONGEST);
        }
        backoff.reset();
        assert!(backoff.next() <= FIRST);
    }
}
