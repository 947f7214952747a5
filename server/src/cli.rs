//! The command line of `campanile-server`. In the library, so that whole-system tests can start a real process.

mod roles;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

#[cfg(feature = "demo")]
use crate::demo::DemoOptions;
use crate::inspect;

/// The server a Comune runs.
#[derive(Parser)]
#[command(name = "campanile-server", version, about)]
struct Arguments {
    /// Write logs as JSON, one object per line.
    #[arg(long, global = true)]
    json_logs: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Keeps, streams and pushes what is signed.
    Push {
        /// The configuration, TOML. See docs/operations.md.
        #[arg(long, default_value = "campanile.toml")]
        config: PathBuf,
    },
    /// Fetches official bulletins, signs them in fixed words, and signs the head.
    Feeds {
        /// The configuration, TOML. See docs/operations.md.
        #[arg(long, default_value = "campanile.toml")]
        config: PathBuf,
    },
    /// Makes a draft for campanile-sign from an alert written in JSON. See docs/operations.md.
    Draft {
        /// The alert.
        alert: PathBuf,
        /// A signed item or draft that this one updates or cancels.
        #[arg(long)]
        refers_to: Vec<PathBuf>,
        /// Where to write the draft; an existing file is never overwritten.
        #[arg(long, short)]
        out: PathBuf,
    },
    /// Shows what is read in a file, as JSON.
    #[command(subcommand)]
    Inspect(Inspect),
    /// All roles in one process, with throw-away keys, on this machine.
    #[cfg(feature = "demo")]
    Demo {
        /// Where to keep the data; a temporary folder if not given.
        #[arg(long)]
        data: Option<PathBuf>,
        /// Port of the push role; the next one is the feeds role's. 0 takes any.
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// How many phones to wait for before the bulletin is sent.
        #[arg(long, default_value_t = 1)]
        phones: usize,
        /// Also relay the newest official bulletin, where the network allows it.
        #[arg(long)]
        official: bool,
    },
    /// Writes the keys of the demonstration's officers, which are worth nothing.
    #[cfg(feature = "demo")]
    DemoKeys {
        /// The folder.
        #[arg(long, short)]
        out: PathBuf,
    },
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

/// Does what the arguments of this process say.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    roles::log_to_standard_error(arguments.json_logs);
    let done = match arguments.command {
        Command::Push { config } => roles::run(roles::push(&config)),
        Command::Feeds { config } => roles::run(roles::feeds(&config)),
        Command::Draft { alert, refers_to, out } => roles::draft(&alert, &refers_to, &out),
        Command::Inspect(Inspect::Bulletin { path }) => shown(inspect::inspect_bulletin(&path)),
        Command::Inspect(Inspect::Cap { path }) => shown(inspect::inspect_cap(&path)),
        #[cfg(feature = "demo")]
        Command::Demo { data, port, phones, official } => {
            roles::run(roles::demo(DemoOptions { data, port, phones, official }))
        }
        #[cfg(feature = "demo")]
        Command::DemoKeys { out } => crate::demo::write_officer_keys(&out).map_err(Into::into),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "a person runs this command and reads why it failed")]
            {
                eprintln!("campanile-server: {error}");
            }
            ExitCode::FAILURE
        }
    }
}

fn shown(json: Result<String, inspect::InspectError>) -> Result<(), roles::Failure> {
    roles::say(&json?);
    Ok(())
}
