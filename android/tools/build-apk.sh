#!/usr/bin/env bash
# Packs and signs a debug APK from what Maven built: dx, aapt2, zipalign, apksigner. A packaging check, never a release:
# without JNILIBS it holds no core, and what it holds was never run on a phone. Prints the sizes.
# usage: build-apk.sh OUT_APK [JNILIBS]    JNILIBS has a folder for each ABI with libcampanile.so
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
out=$1; libs=${2:-}
work=$here/target/apk
version() { sed -n "s/^$1=//p" "$here/versions.properties"; }
[ -f "$here/app/target/android/resources.apk" ] || { echo "run scripts/test-kotlin.sh first: nothing is built" >&2; exit 1; }

rm -rf "$work"; mkdir -p "$work/jars" "$work/classes" "$work/pkg/lib"
# What goes into the APK, as Maven resolved it.
fetch() { # fetch GROUP:ARTIFACT:VERSION[:TYPE]
  mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact="$1" -DoutputDirectory="$work/jars" -Dmdep.useBaseVersion=true
}
fetch "com.jakewharton.android.repackaged:dalvik-dx:16.0.1"
fetch "net.java.dev.jna:jna:$(version jna.version):aar"
fetch "org.jetbrains.kotlin:kotlin-stdlib:$(version kotlin.version)"
fetch "org.jetbrains.kotlinx:kotlinx-coroutines-core-jvm:$(version coroutines.version)"
fetch "org.jetbrains.kotlinx:kotlinx-coroutines-android:$(version coroutines.version)"

for jar in "$work"/jars/kotlin*.jar; do unzip -qo "$jar" '*.class' -d "$work/classes"; done
unzip -qo "$work"/jars/jna-*.aar classes.jar 'jni/*' -d "$work/aar"
unzip -qo "$work/aar/classes.jar" '*.class' -d "$work/classes"
for abi in arm64-v8a x86_64; do mkdir -p "$work/pkg/lib/$abi"; cp "$work/aar/jni/$abi/"*.so "$work/pkg/lib/$abi/"; done
cp -r "$here/app/target/classes/it" "$here/campanile-kt/target/classes/it" "$work/classes/"
rm -rf "$work/classes/META-INF"; find "$work/classes" -name module-info.class -delete
[ -z "$libs" ] || cp -r "$libs/." "$work/pkg/lib/"

java -Xmx2g -cp "$work"/jars/dalvik-dx-*.jar com.android.dx.command.Main --dex \
  --min-sdk-version="$(version sdk.min)" --output="$work/pkg/classes.dex" "$work/classes"
cp "$here/app/target/android/resources.apk" "$work/unsigned.apk"
(cd "$work/pkg" && zip -qX ../unsigned.apk classes.dex && zip -qX0r ../unsigned.apk lib)
zipalign -f -p 4 "$work/unsigned.apk" "$work/aligned.apk"
key=$here/target/debug.p12
[ -f "$key" ] || keytool -genkeypair -keystore "$key" -storetype PKCS12 -storepass android -alias androiddebugkey \
  -keyalg RSA -keysize 3072 -validity 10000 -dname "CN=Android Debug" 2>/dev/null
apksigner sign --ks "$key" --ks-pass pass:android --min-sdk-version "$(version sdk.min)" --out "$out" "$work/aligned.apk"

apksigner verify --min-sdk-version "$(version sdk.min)" -v "$out" | grep -E '^Verified using v[23] ' | tee "$work/verified"
[ "$(grep -c ': true$' "$work/verified")" = 2 ] || { echo "the signature does not verify" >&2; exit 1; }
aapt2 dump badging "$out" 2>/dev/null > "$work/badging"
for line in "package: name='$(version app.id)'" "sdkVersion:'$(version sdk.min)'" "targetSdkVersion:'$(version sdk.target)'" \
  "launchable-activity: name='$(version app.id).MainActivity'" "native-code: 'arm64-v8a' 'x86_64'"; do
  grep -qF "$line" "$work/badging" || { echo "the APK does not say $line" >&2; exit 1; }
done
stat -c "%n: %s bytes" "$out" "$work/pkg/classes.dex"
