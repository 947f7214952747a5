//! `campanile-server`: the roles push, feeds and demo in one binary.

fn main() {}
