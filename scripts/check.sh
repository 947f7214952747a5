#!/usr/bin/env bash
# What can be said of the Rust tree without running it: format, lints, documentation, dependencies. A warning fails.
set -euo pipefail
source "$(dirname "$0")/env.sh"

echo '-- format'
cargo fmt --all --check
echo '-- lints'
cargo clippy --quiet --workspace --all-targets -- -D warnings
echo '-- documentation'
RUSTDOCFLAGS='-D warnings' cargo doc --quiet --workspace --no-deps --document-private-items
if cargo deny --version >/dev/null 2>&1; then
    echo '-- licences, bans, sources'
    cargo deny --offline check bans licenses sources
else
    echo '-- licences, bans, sources: not checked, cargo-deny is not installed (cargo install cargo-deny)'
fi
