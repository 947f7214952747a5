//! `rings HISTORY.csv [ISTAT…]`: what would have rung, and when, over the bulletins of a history.
//!
//! Prints `published,comune,level` per ring. Without codes: Modena, Ferrara, Bologna, Roma, Palermo.

use std::{fs::File, io::BufReader, process::ExitCode};

use campanile_core::area::IstatCode;
use campanile_tests::replay::rings;

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a tool that prints")]
fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else {
        eprintln!("usage: rings HISTORY.csv [ISTAT…]");
        return ExitCode::from(2);
    };
    let default = ["036023", "038008", "037006", "058091", "082053"].map(str::to_owned);
    let mut codes: Vec<String> = arguments.collect();
    if codes.is_empty() {
        codes = default.to_vec();
    }
    let comuni: Result<Vec<IstatCode>, _> = codes.iter().map(|code| code.parse()).collect();
    let found = comuni.map_err(|error| error.to_string()).and_then(|comuni| {
        let file = File::open(&path).map_err(|error| format!("{path}: {error}"))?;
        rings(BufReader::new(file), &comuni).map_err(|error| error.to_string())
    });
    match found {
        Ok(rings) => {
            for ring in rings {
                println!("{},{},{}", ring.published.to_rfc3339(), ring.comune, ring.level);
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
