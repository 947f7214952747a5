//! Writes `docs/rules.md` from the rules that the build carries.

use std::process::ExitCode;

use campanile_core::rules::RuleSet;
use campanile_tests::{checkout, rules_paper::rules_paper};

#[expect(clippy::print_stderr, reason = "a program for the terminal")]
fn main() -> ExitCode {
    let path = checkout::root().join("docs/rules.md");
    match std::fs::write(&path, rules_paper(RuleSet::built_in())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("failed to write {}: {error}", path.display());
            ExitCode::FAILURE
        }
    }
}
