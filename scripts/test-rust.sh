#!/usr/bin/env bash
# The Rust workspace: everything of scripts/check.sh, then every test of every package.
set -euo pipefail
source "$(dirname "$0")/env.sh"

scripts/check.sh
# One package selection everywhere: another would turn other features on and build the whole graph again.
cargo test --quiet --workspace --no-fail-fast
