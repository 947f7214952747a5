#!/usr/bin/env bash
# On a Mac: builds the core for devices and simulators and wraps it as
# CampanileKit/Artifacts/CampanileCoreFFI.xcframework, with the generated Swift beside it.
#
#   ios/scripts/build-xcframework.sh            release
#   PROFILE=dev ios/scripts/build-xcframework.sh
#
# Needs Xcode and: rustup target add aarch64-apple-ios aarch64-apple-ios-sim x86_64-apple-ios
set -euo pipefail
cd "$(dirname "$0")/../.."

[ "$(uname -s)" = Darwin ] || { echo "build-xcframework: needs a Mac with Xcode; on Linux use scripts/test-swift.sh" >&2; exit 1; }
profile=${PROFILE:-release}
folder=$profile
[ "$profile" != dev ] || folder=debug
target=${CARGO_TARGET_DIR:-$PWD/target}
out=ios/CampanileKit/Artifacts
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The generated Swift and the header come from the very same sources.
scripts/bindings.sh swift
mkdir -p "$work/headers"
cp ios/CampanileKit/Sources/CampanileCoreFFI/CampanileCoreFFI.h ios/CampanileKit/Sources/CampanileCoreFFI/module.modulemap "$work/headers/"

# A bare environment: Xcode's own variables would aim the build of host tools at the phone.
for triple in aarch64-apple-ios aarch64-apple-ios-sim x86_64-apple-ios; do
    env -i PATH="$PATH" HOME="$HOME" CARGO_TARGET_DIR="$target" IPHONEOS_DEPLOYMENT_TARGET=18.0 \
        cargo build --locked --package campanile --lib --profile "$profile" --target "$triple"
done

# Both simulator slices have to be one library.
mkdir -p "$work/simulator"
lipo -create -output "$work/simulator/libcampanile.a" \
    "$target/aarch64-apple-ios-sim/$folder/libcampanile.a" "$target/x86_64-apple-ios/$folder/libcampanile.a"

rm -rf "$out/CampanileCoreFFI.xcframework"
mkdir -p "$out"
xcodebuild -create-xcframework \
    -library "$target/aarch64-apple-ios/$folder/libcampanile.a" -headers "$work/headers" \
    -library "$work/simulator/libcampanile.a" -headers "$work/headers" \
    -output "$out/CampanileCoreFFI.xcframework"

echo "$out/CampanileCoreFFI.xcframework"
