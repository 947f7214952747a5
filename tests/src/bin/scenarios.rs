//! Writes `tests/scenarios`: `cargo run -p campanile-tests --bin scenarios`.

use std::{fs, process::ExitCode};

use campanile_tests::{checkout, scenarios};

fn main() -> ExitCode {
    let folder = checkout::root().join("tests/scenarios");
    let all = scenarios::all();
    let write = || {
        for old in fs::read_dir(&folder)?.flatten() {
            if old.path().extension().is_some_and(|extension| extension == "json") {
                fs::remove_file(old.path())?;
            }
        }
        all.iter().try_for_each(|scenario| fs::write(folder.join(scenario.file_name()), scenario.text()))
    };
    match write() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "a program for a person at a terminal")]
            {
                eprintln!("scenarios: {}: {error}", folder.display());
            }
            ExitCode::FAILURE
        }
    }
}
