# Sourced by every script: the checkout's root, and caches that lie outside it. Whatever is set already is kept.
cd "$(dirname "${BASH_SOURCE[0]}")/.."

campanile_cache=${XDG_CACHE_HOME:-$HOME/.cache}/campanile
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$campanile_cache/target}
# Linking the system's OpenSSL into SQLCipher saves building one, about six minutes; without its headers we build it.
if [ -z "${OPENSSL_NO_VENDOR:-}" ] && pkg-config --exists openssl 2>/dev/null; then
    export OPENSSL_NO_VENDOR=1
fi
export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-never}
