#!/usr/bin/env bash
# Builds the native library and generates the Kotlin, Swift and Python sides of the edge. Nothing generated is committed.
#   scripts/bindings.sh [kotlin] [swift] [python]     all three when none is named
# Prints the folder of the library. BINDINGS_FEATURES names features of the package campanile (such as demo).
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
[ $# -gt 0 ] || set -- kotlin swift python

# One package selection everywhere: another would turn other features on and build the whole graph again.
cargo build -q --workspace ${BINDINGS_FEATURES:+--features "$BINDINGS_FEATURES"} >&2
case "$(uname -s)" in Darwin) library=$target/debug/libcampanile.dylib ;; *) library=$target/debug/libcampanile.so ;; esac

# Written aside and moved only where it differs, so that an unchanged edge rebuilds nothing downstream.
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
place() { # place FROM TO
  mkdir -p "$(dirname "$2")"
  cmp -s "$1" "$2" || cp "$1" "$2"
}

for language in "$@"; do
  case $language in
    kotlin)
      "$target/debug/uniffi-bindgen" generate "$library" --language kotlin --no-format --out-dir "$fresh/kotlin"
      place "$fresh/kotlin/it/campanile/core/campanile.kt" \
        android/campanile-kt/target/generated-sources/uniffi/it/campanile/core/campanile.kt
      ;;
    swift)
      "$target/debug/uniffi-bindgen-swift" --swift-sources "$library" "$fresh/swift"
      "$target/debug/uniffi-bindgen-swift" --headers "$library" "$fresh/swift"
      "$target/debug/uniffi-bindgen-swift" --modulemap --module-name CampanileCoreFFI \
        --modulemap-filename module.modulemap "$library" "$fresh/swift"
      place "$fresh/swift/CampanileCore.swift" ios/CampanileKit/Sources/CampanileCore/CampanileCore.swift
      place "$fresh/swift/CampanileCoreFFI.h" ios/CampanileKit/Sources/CampanileCoreFFI/CampanileCoreFFI.h
      place "$fresh/swift/module.modulemap" ios/CampanileKit/Sources/CampanileCoreFFI/module.modulemap
      ;;
    python)
      "$target/debug/uniffi-bindgen" generate "$library" --language python --no-format --out-dir "$fresh/python"
      place "$fresh/python/campanile.py" "$target/python/campanile.py"
      ln -sf "$(realpath "$library")" "$target/python/$(basename "$library")"
      ;;
    *)
      echo "bindings.sh: '$language' is none of kotlin, swift, python" >&2
      exit 2
      ;;
  esac
done
echo "$target/debug"
