#!/usr/bin/env bash
# The Swift shell on Linux: CampanileKit's tests against the real core, App and NotificationService type-checked against
# stand-ins for Apple's frameworks, and the format of all of it.
set -euo pipefail
source "$(dirname "$0")/env.sh"

scripts/swift-root.sh
scripts/bindings.sh swift >/dev/null

log=$(mktemp)
trap 'rm -f "$log"' EXIT

# --allow-shlib-undefined: libswiftObservation.so of Swift 6.0 lacks one function that nothing calls (swiftlang/swift#75670).
link='-Xlinker --allow-shlib-undefined -Xlinker -L/target/debug -Xlinker -lcampanile -Xlinker -rpath -Xlinker /target/debug'
# The programs built on the host run in the root as well.
server=CAMPANILE_SCENARIO_SERVER=/target/debug/scenario-server
# XCTest says nothing while a test hangs, so it is not waited for without end.
timeout --kill-after=10 1200 scripts/in-swift.sh "cd ios/CampanileKit && $server swift test $link" 2>&1 | tee "$log"
for runner in 'Executed [1-9][0-9]* test' 'Test run with [1-9][0-9]* test'; do
    grep -Eq "$runner" "$log" || { echo "test-swift: no line '$runner': a runner ran no test" >&2; exit 1; }
done

echo 'type-check: App, NotificationService and CampanileApple in Swift 6 mode'
timeout --kill-after=10 900 scripts/in-swift.sh 'cd ios/Typecheck && swift build -Xswiftc -warnings-as-errors'

sources=$(cd ios && find App NotificationService CampanileKit Typecheck -name '*.swift' \
    -not -path '*/.build/*' -not -path '*/Sources/CampanileCore/*' | sort | tr '\n' ' ')
scripts/in-swift.sh "cd ios && swift-format lint --strict --parallel $sources"
echo "swift-format: $(wc -w <<<"$sources") files in order"
