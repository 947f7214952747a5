#!/usr/bin/env bash
# The scenarios of tests/scenarios, and what is Python's own, through the Python side of the edge.
set -euo pipefail
source "$(dirname "$0")/env.sh"

library=$(scripts/bindings.sh python | tail -1)
export CAMPANILE_SCENARIO_SERVER=$library/scenario-server
PYTHONPATH=$CARGO_TARGET_DIR/python PYTHONDONTWRITEBYTECODE=1 \
    python3 -m unittest discover -s bindings/python -p 'test_*.py' "$@"
