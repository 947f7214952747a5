#!/usr/bin/env bash
# Puts Debian trixie's Swift into a root directory of its own, outside the checkout; scripts/in-swift.sh enters it.
# The toolchain needs a newer glibc than Debian 12 has, and its tools find their libraries only at their own paths.
#
#   scripts/swift-root.sh            make the root, or say that it is there
#   scripts/swift-root.sh --path     print where it is, or would be
#
# CAMPANILE_SWIFT_ROOT   where (default: campanile/swift-root in the user's cache folder)
# CAMPANILE_DEBIAN_MIRROR   the Debian mirror, for a machine whose own apt names none
set -euo pipefail

version=6.0.3-2
root=${CAMPANILE_SWIFT_ROOT:-${XDG_CACHE_HOME:-$HOME/.cache}/campanile/swift-root}
stamp=.campanile-swift-root
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

fail() {
    echo "swift-root: $*" >&2
    exit 1
}

if [ "${1:-}" = --path ]; then
    echo "$root"
    exit 0
fi

case $root in
    /?*) ;;
    *) fail "CAMPANILE_SWIFT_ROOT must be an absolute path, not '$root'" ;;
esac

if [ "$(cat "$root/$stamp" 2>/dev/null)" = "$version" ]; then
    echo "swift-root: Swift $version is in $root"
    exit 0
fi
[ "$(id -u)" = 0 ] || fail "making the root takes root's rights (mmdebstrap, chroot): run it with sudo -E"
command -v mmdebstrap >/dev/null || fail "mmdebstrap is missing: run scripts/setup.sh"
[ -e "$keyring" ] || fail "Debian's keyring is missing: install debian-archive-keyring"

# Two scripts started at once must not build into one folder.
mkdir -p "$(dirname "$root")"
exec 9>"$root.lock"
flock 9
if [ "$(cat "$root/$stamp" 2>/dev/null)" = "$version" ]; then
    echo "swift-root: Swift $version is in $root"
    exit 0
fi

# Only what carries our stamp is ever deleted: the folder may be anybody's.
if [ -e "$root" ] && [ ! -e "$root/$stamp" ] && [ -n "$(ls -A "$root")" ]; then
    fail "$root exists and was not made by this script: move it away or set CAMPANILE_SWIFT_ROOT"
fi
if [ -e "$root" ] && grep -qs " $root/" /proc/self/mounts; then
    fail "something is mounted under $root: unmount it first"
fi
rm -rf --one-file-system "$root"
mkdir -p "$root"
# Stamped from the start, so that a half-made root may be thrown away by the next run.
echo unfinished >"$root/$stamp"

mirror=${CAMPANILE_DEBIAN_MIRROR:-}
if [ -z "$mirror" ] && command -v apt-get >/dev/null; then
    mirror=$(apt-get indextargets --format "\$(SITE)" | sort -u | grep -m1 'debian/\?$' || true)
fi
[ -n "$mirror" ] || fail "this machine's apt names no Debian mirror: set CAMPANILE_DEBIAN_MIRROR"

# Editors', debugger's and embedded parts are left out: 1.3 GB that a build never reads.
options=()
for path in \
    'usr/libexec/swift/bin/lldb*' 'usr/libexec/swift/lib/liblldb*' usr/libexec/swift/bin/repl_swift \
    usr/libexec/swift/bin/clangd usr/libexec/swift/bin/sourcekit-lsp usr/libexec/swift/bin/docc \
    'usr/libexec/swift/lib/libsourcekitd*' 'usr/libexec/swift/lib/libLTO*' 'usr/libexec/swift/lib/swift/embedded/*' \
    'usr/libexec/swift/lib/swift_static/*' 'usr/share/doc/*' 'usr/share/man/*' 'usr/share/locale/*'; do
    options+=("--dpkgopt=path-exclude=/$path")
done

echo "swift-root: making $root (about two minutes, 1.3 GB)"
building=$root.building
if [ -e "$building" ] && [ ! -e "$building.ours" ]; then
    fail "$building exists and was not made by this script: move it away"
fi
rm -rf --one-file-system "$building"
touch "$building.ours"
mmdebstrap --variant=apt --quiet "${options[@]}" \
    --keyring="$keyring" \
    --aptopt='Acquire::Languages "none"' \
    --aptopt='Acquire::Retries "3"' \
    --include="swiftlang=$version,libc6-dev,libstdc++-14-dev,libssl3t64,libssl-dev,tzdata" \
    trixie "$building" "$mirror"
mkdir -p "$building/src" "$building/target"
echo "$version" >"$building/$stamp"
rm -rf --one-file-system "$root"
mv "$building" "$root"
rm "$building.ours"
echo "swift-root: Swift $version is in $root"
