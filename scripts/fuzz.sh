#!/usr/bin/env bash
# Fuzzes every target of core/fuzz, FUZZ_SECONDS each (120), or the targets named. Needs cargo-fuzz (cargo install cargo-fuzz).
set -euo pipefail
source "$(dirname "$0")/env.sh"

if ! cargo fuzz --version >/dev/null 2>&1; then
    echo "cargo-fuzz is missing: cargo install cargo-fuzz --locked" >&2
    exit 1
fi
# The sanitizer flags are unstable; this lets the stable toolchain take them.
export RUSTC_BOOTSTRAP=1
cd core
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
    mapfile -t targets < <(cargo fuzz list)
fi
for target in "${targets[@]}"; do
    mkdir -p "fuzz/corpus/$target"
    echo "== $target"
    cargo fuzz run --target-dir "$CARGO_TARGET_DIR/fuzz" "$target" "fuzz/corpus/$target" "fuzz/seeds/$target" -- \
        -max_total_time="${FUZZ_SECONDS:-120}" -max_len=65536 -timeout=20
done
