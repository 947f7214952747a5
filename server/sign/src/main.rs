//! `campanile-sign`: shows a draft's very bytes and signs them. See docs/operations.md.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use campanile_core::{
    notice::encode,
    platform::{Clock, SystemClock},
    trust::{ItemKind, SigningKey},
};
use campanile_sign::{
    ceremony::{self, Desk},
    draft::{Draft, join},
    keyfile, list,
    review::review,
};
use clap::{Parser, Subcommand, ValueEnum};

#[derive(Parser)]
#[command(version, about = "Signs alerts on the officer's own machine; the server never sees a key")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes a key and keeps it in a file encrypted under a passphrase.
    Keygen {
        /// The file to make; an existing one is never overwritten.
        file: PathBuf,
    },
    /// Shows what the bytes of a draft say.
    Show {
        /// A draft, or an item that others have signed.
        draft: PathBuf,
        /// What a bare draft is.
        #[arg(long, value_enum, default_value_t = Kind::Alert)]
        kind: Kind,
    },
    /// Shows a draft, asks for the phrase and signs it.
    Sign {
        /// A draft, or an item that others have signed.
        draft: PathBuf,
        /// The key file.
        #[arg(long)]
        key: PathBuf,
        /// Where to write the item with the signatures so far.
        #[arg(long, short)]
        out: PathBuf,
        /// What a bare draft is.
        #[arg(long, value_enum, default_value_t = Kind::Alert)]
        kind: Kind,
    },
    /// Joins items that sign the same bytes.
    Assemble {
        /// The items.
        #[arg(required = true)]
        items: Vec<PathBuf>,
        /// Where to write the whole.
        #[arg(long, short)]
        out: PathBuf,
    },
    /// Makes the draft of a trust list from its written form (TOML).
    List {
        /// The written list.
        toml: PathBuf,
        /// Where to write the draft.
        #[arg(long, short)]
        out: PathBuf,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    Alert,
    TrustList,
    Revocation,
}

impl From<Kind> for ItemKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Alert => Self::Alert,
            Kind::TrustList => Self::TrustList,
            Kind::Revocation => Self::Revocation,
        }
    }
}

#[expect(clippy::print_stderr, reason = "the program's one error line")]
fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("campanile-sign: {error}");
            ExitCode::FAILURE
        }
    }
}

type Failure = Box<dyn std::error::Error>;

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn read_text(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let made = fs::OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = made.map_err(|error| format!("{}: {error}", path.display()))?;
    file.write_all(bytes)?;
    Ok(file.sync_all()?)
}

fn run(command: Command) -> Result<(), Failure> {
    let mut desk = Terminal;
    match command {
        Command::Keygen { file } => {
            let passphrase = desk.ask_secret("Nuova frase segreta (almeno 12 caratteri)")?;
            if passphrase != desk.ask_secret("Ripetila")? {
                return Err("the two passphrases differ: no key was made".into());
            }
            let key = SigningKey::generate()?;
            write_new(&file, keyfile::seal(&key, &passphrase)?.as_bytes())?;
            desk.show(&format!("Chiave pubblica: {}", key.public()))?;
            desk.show(&format!("Impronta da confrontare di persona: {}", key.id()))?;
        }
        Command::Show { draft, kind } => {
            let shown = review(&Draft::read(&read(&draft)?, kind.into()), SystemClock.now())?;
            for line in shown.lines {
                desk.show(&line)?;
            }
        }
        Command::Sign { draft, key, out, kind } => {
            let draft = Draft::read(&read(&draft)?, kind.into());
            let item = ceremony::sign(draft, &read_text(&key)?, &mut desk, &SystemClock)?;
            write_new(&out, &item)?;
            desk.show(&format!("Firmato: {}", out.display()))?;
        }
        Command::Assemble { items, out } => {
            let drafts = items
                .iter()
                .map(|path| Ok((path.display().to_string(), Draft::read(&read(path)?, ItemKind::Alert))))
                .collect::<Result<_, Failure>>()?;
            write_new(&out, &join(drafts)?)?;
        }
        Command::List { toml, out } => write_new(&out, &encode(&list::parse(&read_text(&toml)?)?))?,
    }
    Ok(())
}

/// The officer's terminal.
struct Terminal;

impl Desk for Terminal {
    #[expect(clippy::print_stdout, reason = "this is the screen")]
    fn show(&mut self, line: &str) -> io::Result<()> {
        println!("{line}");
        Ok(())
    }

    fn ask(&mut self, question: &str) -> io::Result<String> {
        self.show(question)?;
        let mut line = String::new();
        io::stdin().read_line(&mut line)?;
        Ok(line)
    }

    /// From the terminal without echo; from standard input where there is no terminal (scripts and tests).
    fn ask_secret(&mut self, question: &str) -> io::Result<String> {
        if io::IsTerminal::is_terminal(&io::stdin()) {
            return rpassword::prompt_password(format!("{question}: "));
        }
        self.ask(question).map(|line| line.trim_end_matches(['\r', '\n']).to_owned())
    }

    fn stopped_within_a_second(&mut self, seconds_left: u64) -> io::Result<bool> {
        self.show(&format!("Firma fra {seconds_left} s; Ctrl-C per fermare"))?;
        std::thread::sleep(Duration::from_secs(1));
        Ok(false)
    }
}
