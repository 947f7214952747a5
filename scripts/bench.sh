#!/usr/bin/env bash
# Every benchmark, in release.
set -euo pipefail
source "$(dirname "$0")/env.sh"

# By name: to build every test harness in release would take longer than to measure.
benches=()
for file in core/benches/*.rs; do
    benches+=(--bench "$(basename "$file" .rs)")
done
cargo bench --workspace "${benches[@]}" "$@"
