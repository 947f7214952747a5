#!/usr/bin/env bash
# A real bulletin becomes an alert on a phone: all roles in one process with throw-away keys, and two terminal phones,
# one in Modena, which is concerned, and one in Torino, which is not. All of it stays on this machine
# but the question for the newest official bulletin.
#
#   scripts/demo.sh             then goes on serving until Ctrl-C
#                               and relays the newest official bulletin after it, where the network allows that
#   scripts/demo.sh --once      ends when both phones have shown what they show; asks nothing of the network
#   DEMO_PORT=9000 …            another port than 8080 (the next one is taken as well)
set -euo pipefail
source "$(dirname "$0")/env.sh"

once=
official=(--official)
case ${1:-} in
    '') ;;
    --once) once=yes official=() ;;
    *) echo "usage: scripts/demo.sh [--once]" >&2; exit 2 ;;
esac
port=${DEMO_PORT:-8080}
address=http://127.0.0.1:$port

scripts/setup.sh rust
echo 'demo: building (some minutes the first time)'
cargo build --quiet --workspace --bins
programs=$CARGO_TARGET_DIR/debug

data=$(mktemp -d)
started=()
cleanup() {
    for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$data"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

RUST_LOG=${RUST_LOG:-warn} "$programs/campanile-server" demo --port "$port" --phones 2 "${official[@]}" --data "$data/server" >"$data/server.txt" &
server=$!
started+=("$server")
for _ in $(seq 100); do
    grep -qs 'Public page' "$data/server.txt" && break
    kill -0 "$server" 2>/dev/null || { echo "demo: the server did not start; is port $port taken? DEMO_PORT names another" >&2; exit 1; }
    sleep 0.1
done
sed 's/^/[server]  /' "$data/server.txt"

"$programs/campanile-phone" --server "$address" --comune 001272 --data "$data/torino" >"$data/torino.txt" &
started+=("$!")

echo
echo '== The phone in Modena'
"$programs/campanile-phone" --server "$address" --comune 036023 --data "$data/modena" \
    --until-notifications 1 --until-alerts 1 --timeout-s 60

# What has not come to Torino by now does not come: both phones hang on the same stream.
sleep 2
echo
echo '== The phone in Torino, at the same time'
cat "$data/torino.txt"
grep '^SENT' "$data/server.txt" | sed 's/^/\n[server]  /'

[ -z "$once" ] || exit 0
echo
echo "Open $address/allerte in a browser, or start another phone in another terminal:"
echo "  $programs/campanile-phone --server $address --comune 040012 --data \$(mktemp -d)"
echo 'Ctrl-C ends the demonstration.'
wait "$server"
