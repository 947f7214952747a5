#!/usr/bin/env bash
# Two officers of the demonstration sign a red alert for Modena, each in a run of campanile-sign, and hand it in.
# The demonstration (scripts/demo.sh) must be running in another terminal; its phones show the alert.
#
#   scripts/demo-officers.sh         you type the phrase that campanile-sign asks for, twice
#   scripts/demo-officers.sh --auto  the phrase is typed for you
#   DEMO_PORT=9000 …                 if the demonstration runs on another port
set -euo pipefail
source "$(dirname "$0")/env.sh"

auto=
case ${1:-} in
    '') ;;
    --auto) auto=yes ;;
    *) echo "usage: scripts/demo-officers.sh [--auto]" >&2; exit 2 ;;
esac
port=${DEMO_PORT:-8080}
programs=$CARGO_TARGET_DIR/debug
phrase='INVIA ROSSA MODENA'
passphrase=dimostrazione

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

curl --fail --silent --output /dev/null "http://127.0.0.1:$port/healthz" ||
    { echo "demo-officers: nothing answers on port $port: start scripts/demo.sh first" >&2; exit 1; }

expires=$(date -u -d '+3 hours' +%Y-%m-%dT%H:%M:%SZ)
sed "s/2099-12-31T23:00:00Z/$expires/" assets/demo/alert.json >"$folder/alert.json"
"$programs/campanile-server" draft "$folder/alert.json" --out "$folder/alert.draft"
"$programs/campanile-server" demo-keys --out "$folder"

sign() {
    echo
    echo "== Officer $1"
    if [ -n "$auto" ]; then
        printf '%s\n%s\n' "$phrase" "$passphrase" | "$programs/campanile-sign" sign "$2" --key "$folder/ufficiale-$1.key" --out "$3"
    else
        echo "(the secret phrase of the key is: $passphrase)"
        "$programs/campanile-sign" sign "$2" --key "$folder/ufficiale-$1.key" --out "$3"
    fi
}
sign 1 "$folder/alert.draft" "$folder/alert.1"
sign 2 "$folder/alert.1" "$folder/alert.cose"

echo
echo '== Handed in'
# To the feeds machine, which lists it in the head and passes it on to the push server.
curl --fail --silent --show-error --data-binary "@$folder/alert.cose" -H 'content-type: application/cose' \
    "http://127.0.0.1:$((port + 1))/v1/items"
echo
