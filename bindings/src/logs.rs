//! The core's log lines, handed to the shell's sink.
