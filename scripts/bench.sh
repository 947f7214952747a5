#!/usr/bin/env bash
# Every benchmark, in release.
set -euo pipefail
source "$(dirname "$0")/env.sh"

cargo bench --workspace --benches "$@"
