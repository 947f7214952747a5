#!/usr/bin/env bash
# Compiles the app's resources and manifest with aapt2 against Robolectric's framework jar; writes R.java and the file
# by which Robolectric finds them. Gradle does the same with the SDK's own tools.
# usage: resources.sh MODULE_DIR FRAMEWORK_JAR OUT_DIR
set -euo pipefail
module=$(cd "$1" && pwd); framework=$2; out=$3; here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$out/framework" "$out/java" "$out/config/com/android/tools"
level() { sed -n "s/^$1=//p" "$here/../versions.properties"; }

if [ ! -f "$out/framework.apk" ] || [ "$framework" -nt "$out/framework.apk" ] || [ "$here/plain_arsc.py" -nt "$out/framework.apk" ]; then
  unzip -qo "$framework" AndroidManifest.xml resources.arsc -d "$out/framework"
  python3 "$here/plain_arsc.py" "$out/framework/resources.arsc" "$out/framework/plain.arsc"
  mv "$out/framework/plain.arsc" "$out/framework/resources.arsc"
  rm -f "$out/framework.apk"
  (cd "$out/framework" && zip -q0 ../framework.apk AndroidManifest.xml resources.arsc)
fi

# Gradle puts the id and the levels into the manifest by itself; aapt2 wants them written down.
sed "s|<manifest |<manifest package=\"$(level app.id)\" |; s|<application|<uses-sdk android:minSdkVersion=\"$(level sdk.min)\" android:targetSdkVersion=\"$(level sdk.target)\"/>\n  <application|" \
  "$module/src/main/AndroidManifest.xml" > "$out/AndroidManifest.xml"

# The time of the release, by which the core notices a phone's clock that is behind. Gradle sets it as a resValue.
built=${SOURCE_DATE_EPOCH:-$(git -C "$module" log -1 --format=%ct 2>/dev/null || date +%s)}
mkdir -p "$out/res/values"
echo "<resources><string name=\"built_at\" translatable=\"false\">${built}000</string></resources>" > "$out/res/values/built.xml"

aapt2 compile --dir "$module/src/main/res" -o "$out/res.zip"
aapt2 compile --dir "$out/res" -o "$out/built.zip"
# This aapt2 is older than the manifest's <queries> and than the framework's newest chunks: it says so and goes on.
aapt2 link --warn-manifest-validation -o "$out/resources.apk" -I "$out/framework.apk" --manifest "$out/AndroidManifest.xml" \
  --version-code 1 --version-name 0.1.0 --java "$out/java" --auto-add-overlay "$out/res.zip" "$out/built.zip" 2> >(grep -v -e "Unknown chunk type" -e "unexpected element <queries>" >&2)
cat > "$out/config/com/android/tools/test_config.properties" <<P
android_resource_apk=$out/resources.apk
android_merged_manifest=$out/AndroidManifest.xml
android_merged_assets=$module/src/main/assets
android_custom_package=$(level app.id)
P
