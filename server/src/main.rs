//! `campanile-server`: the roles push, feeds and demo in one binary.

fn main() -> std::process::ExitCode {
    campanile_server::cli::main()
}
