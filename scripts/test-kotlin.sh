#!/usr/bin/env bash
# The Kotlin shell on the JVM: the wall over the real library, the app's screens in Robolectric, the API gate.
# The first run downloads about 1 GB (the framework that Robolectric draws with).
set -euo pipefail
source "$(dirname "$0")/env.sh"

library=$(BINDINGS_FEATURES=${BINDINGS_FEATURES-demo} scripts/bindings.sh kotlin)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
code=0
# Two build lines of Maven's own for each step say nothing; warnings, errors and the counts of tests are kept.
mvn -B -f android/pom.xml verify -Dcampanile.lib.dir="$(realpath "$library")" 2>&1 | tee "$log" |
    grep -E 'Tests run:|ERROR|WARN|FAIL|BUILD' || code=$?
grep -q 'BUILD SUCCESS' "$log" || { tail -50 "$log"; exit 1; }
for module in campanile-kt app; do
    compgen -G "android/$module/target/surefire-reports/TEST-*.xml" > /dev/null || { echo "android/$module ran no test" >&2; exit 1; }
done
