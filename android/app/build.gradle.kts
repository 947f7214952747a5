import java.util.Properties

plugins { id("com.android.application") }

val versions: Properties by rootProject.extra

fun level(key: String) = versions.getProperty(key).toInt()

/** When the release was built, by which the core notices a phone's clock that is behind: the last commit's time. */
val builtAt = providers.environmentVariable("SOURCE_DATE_EPOCH").orElse(
    providers.exec { commandLine("git", "log", "-1", "--format=%ct") }.standardOutput.asText.map(String::trim),
)

android {
    namespace = versions.getProperty("app.id")
    compileSdk = level("sdk.compile")
    ndkVersion = versions.getProperty("ndk.version")

    defaultConfig {
        applicationId = versions.getProperty("app.id")
        minSdk = level("sdk.min")
        targetSdk = level("sdk.target")
        versionCode = 1
        versionName = "0.1.0"
        resValue("string", "built_at", builtAt.get() + "000")
        ndk { abiFilters += listOf("arm64-v8a", "x86_64") }
    }

    buildFeatures { resValues = true }

    buildTypes {
        release {
            isMinifyEnabled = true
            isShrinkResources = true
            proguardFiles(getDefaultProguardFile("proguard-android-optimize.txt"), "proguard-rules.pro")
        }
    }

    // How pushes come: "foss" by UnifiedPush alone; a flavour with Google's library gets its sources in src/fcm.
    flavorDimensions += "push"
    productFlavors { create("foss") { dimension = "push" } }

    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }

    testOptions.unitTests.isIncludeAndroidResources = true
}

dependencies {
    implementation(project(":campanile-kt"))
    implementation("net.java.dev.jna:jna:${versions["jna.version"]}@aar")
    implementation("org.jetbrains.kotlinx:kotlinx-coroutines-android:${versions["coroutines.version"]}")
    testImplementation("junit:junit:${versions["junit4.version"]}")
    testImplementation("org.jetbrains.kotlin:kotlin-test-junit:${versions["kotlin.version"]}")
    testImplementation("org.robolectric:robolectric:${versions["robolectric.version"]}")
}

/** The core for the phone's processors, by cargo-ndk; pages of 16 KiB are the NDK's default since r28. */
val cargoNdk = tasks.register<Exec>("cargoNdk") {
    description = "Builds libcampanile.so for each ABI."
    val out = layout.buildDirectory.dir("jniLibs").get().asFile
    inputs.files(
        fileTree("../../core") { include("src/**", "Cargo.toml") },
        fileTree("../../bindings") { include("src/**", "Cargo.toml") },
        "../../Cargo.lock",
    )
    outputs.dir(out)
    workingDir = file("../..")
    commandLine("cargo", "ndk", "-t", "arm64-v8a", "-t", "x86_64", "-P", versions["sdk.min"], "-o", out.path, "build", "--release", "-p", "campanile")
}

android.sourceSets.named("main") { jniLibs.srcDir(layout.buildDirectory.dir("jniLibs")) }
tasks.named("preBuild") { dependsOn(cargoNdk) }
