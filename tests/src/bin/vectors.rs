//! Runs a file of domain vectors: `vectors FILE`.
//!
//! Prints `ID ok`, `ID FAIL expected … got …` or `ID skipped (why)` per vector; exit code 1 if one fails, 2 if the
//! file cannot be read.

use std::{path::PathBuf, process::ExitCode};

use campanile_tests::vectors::{Verdict, read, run};
use clap::Parser;

/// Runs a file of domain vectors on the core.
#[derive(Parser)]
struct Arguments {
    /// A file of the form of vectors.json.
    file: PathBuf,
}

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let vectors = match std::fs::read_to_string(&arguments.file)
        .map_err(|error| error.to_string())
        .and_then(|text| read(&text))
    {
        Ok(vectors) => vectors,
        Err(error) => {
            eprintln!("failed to read {}: {error}", arguments.file.display());
            return ExitCode::from(2);
        }
    };
    let (mut passed, mut failed, mut skipped) = (0_usize, 0_usize, 0_usize);
    for vector in &vectors {
        match run(vector) {
            Verdict::Passed => {
                passed += 1;
                println!("{} ok", vector.id);
            }
            Verdict::Failed { expected, got } => {
                failed += 1;
                println!("{} FAIL expected {expected} got {got}", vector.id);
            }
            Verdict::Skipped { why } => {
                skipped += 1;
                println!("{} skipped", vector.id);
                eprintln!("{}: {why}", vector.id);
            }
        }
    }
    eprintln!("{passed} ok, {failed} failed, {skipped} skipped");
    if failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
