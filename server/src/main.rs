//! `campanile-server`: the roles push, feeds and demo in one binary.

use std::{path::PathBuf, process::ExitCode};

use campanile_server::inspect;
use clap::{Parser, Subcommand};

/// The server a Comune runs.
#[derive(Parser)]
#[command(name = "campanile-server", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Shows what is read in a file, as JSON.
    #[command(subcommand)]
    Inspect(Inspect),
}

#[derive(Subcommand)]
enum Inspect {
    /// A bulletin: official zip, CAP, index JSON, TopoJSON or zone table.
    Bulletin {
        /// The file; its name tells the time of publication and the day, where the form does not.
        path: PathBuf,
    },
    /// A CAP message, or a feed with CAP messages.
    Cap {
        /// The file.
        path: PathBuf,
    },
}

fn main() -> ExitCode {
    let shown = match Arguments::parse().command {
        Command::Inspect(Inspect::Bulletin { path }) => inspect::inspect_bulletin(&path),
        Command::Inspect(Inspect::Cap { path }) => inspect::inspect_cap(&path),
    };
    match shown {
        Ok(json) => {
            #[expect(clippy::print_stdout, reason = "the answer of this command is its standard output")]
            {
                println!("{json}");
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "a person runs this command and reads why it failed")]
            {
                eprintln!("{error}");
            }
            ExitCode::FAILURE
        }
    }
}
