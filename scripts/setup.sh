#!/usr/bin/env bash
# Installs, from the machine's own Debian or Ubuntu sources, what building and testing Campanile needs and is not there.
# It may be run again at any time: what is there is left alone.
#
#   scripts/setup.sh            everything
#   scripts/setup.sh rust       what `make demo` needs: a C compiler, OpenSSL's headers
#   scripts/setup.sh rust kotlin swift console python system    some parts
#
# Rust (rustup), JDK 17, Maven, Node 20 and Python 3 are not installed here, only looked for: which build of each a
# machine runs is its owner's choice.
set -euo pipefail
cd "$(dirname "$0")/.."

parts=("$@")
[ ${#parts[@]} -gt 0 ] || parts=(rust kotlin swift console python system)

missing_packages=()
missing_tools=()

have() { command -v "$1" >/dev/null 2>&1; }
package() { # package NAME TEST…: NAME is wanted unless TEST succeeds
    local name=$1
    shift
    "$@" >/dev/null 2>&1 || missing_packages+=("$name")
}
tool() { # tool WHAT TEST…: WHAT has to be brought by the machine's owner
    local what=$1
    shift
    "$@" >/dev/null 2>&1 || missing_tools+=("$what")
}
at_least() { [ "$1" -ge "$2" ] 2>/dev/null; }
java_major() { java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p'; }
node_major() { node --version | sed 's/^v\([0-9]*\).*/\1/'; }

for part in "${parts[@]}"; do
    case $part in
        rust)
            tool 'Rust stable by rustup (cargo)' have cargo
            package build-essential have cc
            package pkg-config have pkg-config
            package libssl-dev pkg-config --exists openssl
            ;;
        kotlin)
            tool 'a JDK, 17 or newer (java, javac)' have javac
            have java && tool "a JDK, 17 or newer (this is $(java_major))" at_least "$(java_major)" 17
            tool 'Maven (mvn)' have mvn
            package aapt have aapt
            package zipalign have zipalign
            package apksigner have apksigner
            package zip have zip
            package unzip have unzip
            ;;
        swift)
            package mmdebstrap have mmdebstrap
            package debian-archive-keyring test -e /usr/share/keyrings/debian-archive-keyring.gpg
            package util-linux have unshare
            ;;
        console)
            tool 'Node 20 or newer (node, npm)' have npm
            have node && tool "Node 20 or newer (this is $(node_major))" at_least "$(node_major)" 20
            package chromium have chromium
            ;;
        python)
            tool 'Python 3.10 or newer (python3)' python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))'
            package python3-venv python3 -c 'import ensurepip, venv'
            ;;
        system)
            package libxml2-utils have xmllint
            package curl have curl
            ;;
        *)
            echo "setup: no part '$part' (rust, kotlin, swift, console, python, system)" >&2
            exit 2
            ;;
    esac
done

if [ ${#missing_packages[@]} -gt 0 ]; then
    echo "setup: missing: ${missing_packages[*]}"
    if ! have apt-get; then
        echo "setup: this machine has no apt; install the packages above with its own package manager" >&2
        exit 1
    fi
    as_root=()
    if [ "$(id -u)" != 0 ]; then
        have sudo || { echo "setup: run as root: apt-get install ${missing_packages[*]}" >&2; exit 1; }
        as_root=(sudo)
    fi
    "${as_root[@]}" apt-get update -q
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -q --no-install-recommends "${missing_packages[@]}"
fi

if [ ${#missing_tools[@]} -gt 0 ]; then
    echo "setup: these have to be installed by you:" >&2
    printf '  - %s\n' "${missing_tools[@]}" >&2
    exit 1
fi
echo "setup: everything for ${parts[*]} is here"
