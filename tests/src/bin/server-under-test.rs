//! `campanile-server` as a program of this package, so that its tests can start and kill a real process.

fn main() -> std::process::ExitCode {
    campanile_server::cli::main()
}
