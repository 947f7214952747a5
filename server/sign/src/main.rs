//! `campanile-sign`: shows a draft's very bytes and signs them.

fn main() {}
