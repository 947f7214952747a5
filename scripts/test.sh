#!/usr/bin/env bash
# Runs the parts of the test suite one after the other and sums up what each part's own runner counted.
#
#   scripts/test.sh               all parts
#   scripts/test.sh rust swift    some
#
# A part is scripts/test-PART.sh. It fails if it ends in error, if a test failed, or if it ran no test at all.
# What each part printed is kept under the cache folder (campanile/test-logs).
set -euo pipefail
source "$(dirname "$0")/env.sh"

parts=("$@")
[ ${#parts[@]} -gt 0 ] || parts=(rust python kotlin swift console system)

python3 -m doctest scripts/count_tests.py

logs=$campanile_cache/test-logs
mkdir -p "$logs"
table=()
failures=0
passed_in_all=0 failed_in_all=0 skipped_in_all=0

for part in "${parts[@]}"; do
    script=scripts/test-$part.sh
    log=$logs/$part.log
    echo
    echo "== $part"
    started=$SECONDS
    if [ -x "$script" ]; then
        code=0
        "$script" 2>&1 | tee "$log" || code=$?
    else
        echo "$script is not there" | tee "$log"
        code=127
    fi
    read -r passed failed skipped < <(python3 scripts/count_tests.py "$log")
    verdict=ok
    if [ "$code" != 0 ]; then
        verdict="FAILED (exit $code)"
    elif [ "$failed" != 0 ]; then
        verdict="FAILED ($failed tests)"
    elif [ "$passed" = 0 ]; then
        verdict='FAILED (ran no test)'
    fi
    [ "$verdict" = ok ] || failures=$((failures + 1))
    passed_in_all=$((passed_in_all + passed))
    failed_in_all=$((failed_in_all + failed))
    skipped_in_all=$((skipped_in_all + skipped))
    table+=("$(printf '%-8s %7s %7s %7s %6ss  %s' "$part" "$passed" "$failed" "$skipped" $((SECONDS - started)) "$verdict")")
done

echo
printf '%-8s %7s %7s %7s %7s  %s\n' part passed failed skipped time verdict
printf '%s\n' "${table[@]}"
echo
echo "all: $passed_in_all passed, $failed_in_all failed, $skipped_in_all skipped"
if [ "$failures" != 0 ]; then
    echo "$failures of ${#parts[@]} parts failed; their output is in $logs" >&2
    exit 1
fi
