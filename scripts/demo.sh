#!/usr/bin/env bash
# A real bulletin becomes an alert on a phone: all roles in one process, with throw-away keys, on this machine.
set -euo pipefail
source "$(dirname "$0")/env.sh"

scripts/setup.sh rust
cargo build --quiet --workspace --bins
exec "$CARGO_TARGET_DIR/debug/campanile-server" demo "$@"
