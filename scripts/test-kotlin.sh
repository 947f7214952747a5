#!/usr/bin/env bash
# The Kotlin shell on the JVM: the wall over the real library, the app's screens in Robolectric, the API gate.
# The first run downloads about 1 GB (the framework that Robolectric draws with).
set -euo pipefail
source "$(dirname "$0")/env.sh"

library=$(realpath "$(scripts/bindings.sh kotlin)")
log=$(mktemp)
trap 'rm -f "$log"' EXIT

set +e
mvn -B -f android/pom.xml verify -Dcampanile.lib.dir="$library" 2>&1 | tee "$log" | grep -E 'Tests run:|ERROR|FAIL|BUILD'
code=${PIPESTATUS[0]}
set -e
[ "$code" = 0 ] || { tail -60 "$log"; exit "$code"; }
for module in campanile-kt app; do
    compgen -G "android/$module/target/surefire-reports/TEST-*.xml" > /dev/null || { echo "android/$module ran no test" >&2; exit 1; }
done
