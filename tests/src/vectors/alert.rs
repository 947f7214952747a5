//! Area `alert`: levels and zones of the bulletin, and what a phone does with an alert.
//!
//! The answers about push, sequence, tests and signatures belong in [`answer`] beside the others.

use super::{Answer, NoAnswer, input::Input};

pub(super) fn answer(_input: &Input) -> Answer {
    Err(NoAnswer::NotBuilt("the bulletin is not read yet"))
}
