#!/usr/bin/env bash
# What takes long: two hundred power cuts, thousands of cases per property, fuzzing, the benchmarks.
# `make test` runs a short form of each.
set -euo pipefail
source "$(dirname "$0")/env.sh"

echo '== power cuts'
CAMPANILE_KILLS=200 cargo test --quiet --workspace --test crash -- --nocapture
echo '== properties'
PROPTEST_CASES=4096 cargo test --quiet --workspace --no-fail-fast
echo '== fuzzing'
scripts/fuzz.sh
echo '== benchmarks'
scripts/bench.sh
