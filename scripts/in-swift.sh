#!/usr/bin/env bash
# Runs a command inside the Swift root, in a mount namespace of its own: nothing is left mounted afterwards.
#
#   scripts/in-swift.sh 'cd ios/CampanileKit && swift test'
#
# Inside, the checkout is /src and cargo's target folder is /target (read-only); the command starts in /src.
set -euo pipefail

[ $# -ge 1 ] || { echo "usage: scripts/in-swift.sh COMMAND" >&2; exit 2; }
tree=$(cd "$(dirname "$0")/.." && pwd)
root=$("$tree/scripts/swift-root.sh" --path)
target=${CARGO_TARGET_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/campanile/target}

[ -e "$root/.campanile-swift-root" ] || { echo "in-swift: no Swift root in $root: run scripts/swift-root.sh" >&2; exit 1; }
[ "$(id -u)" = 0 ] || { echo "in-swift: entering the root takes root's rights: run it with sudo -E" >&2; exit 1; }
mkdir -p "$target"

export root tree target
# Without /proc every Swift tool fails to find its own libraries.
exec unshare --mount --propagation private bash -euc '
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount --bind "$tree" "$root/src"
    mount --bind "$target" "$root/target"
    mount -o remount,bind,ro "$root/target"
    exec chroot "$root" /usr/bin/env -i HOME=/root LANG=C.UTF-8 TZ="${TZ:-UTC}" TERM="${TERM:-dumb}" CI="${CI:-}" \
        PATH=/usr/libexec/swift/bin:/usr/bin:/bin \
        bash -c "cd /src && $1"
' in-swift "$*"
