#!/usr/bin/env bash
# The built programs, used from outside as a person or another program would.
set -euo pipefail
source "$(dirname "$0")/env.sh"

cargo build --quiet --workspace --bins
python3 -B -m unittest discover --start-directory tests/system
