#!/usr/bin/env bash
# The public page in a real browser, served by the real server. PICTURES=1 renews the screenshots under docs/pictures.
set -euo pipefail
source "$(dirname "$0")/env.sh"

cargo build --quiet --workspace --bins
CAMPANILE_SERVER=$(realpath "$CARGO_TARGET_DIR/debug/campanile-server")
export CAMPANILE_SERVER
cd server/console
npm ci --no-audit --no-fund --loglevel=error >/dev/null
node e2e/allerte.mjs
