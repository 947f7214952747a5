//! The terminal phone: a resident's phone whose shell is a terminal.

fn main() -> std::process::ExitCode {
    campanile_tests::terminal_phone::main()
}
