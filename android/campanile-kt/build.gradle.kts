import java.util.Properties

plugins { id("org.jetbrains.kotlin.jvm") }

val versions: Properties by rootProject.extra

kotlin {
    jvmToolchain(17)
    compilerOptions { jvmTarget = org.jetbrains.kotlin.gradle.dsl.JvmTarget.JVM_1_8 }
    sourceSets.main { kotlin.srcDir(rootProject.tasks.named("generateBindings")) }
}

java {
    sourceCompatibility = JavaVersion.VERSION_1_8
    targetCompatibility = JavaVersion.VERSION_1_8
}

dependencies {
    api("org.jetbrains.kotlinx:kotlinx-coroutines-core-jvm:${versions["coroutines.version"]}")
    // The app brings JNA as an aar, with its native half for each ABI.
    compileOnly("net.java.dev.jna:jna:${versions["jna.version"]}")
    testImplementation("net.java.dev.jna:jna:${versions["jna.version"]}")
    testImplementation("org.jetbrains.kotlinx:kotlinx-serialization-json:${versions["serialization.version"]}")
    testImplementation(platform("org.junit:junit-bom:${versions["junit.version"]}"))
    testImplementation("org.junit.jupiter:junit-jupiter")
    testImplementation("org.jetbrains.kotlin:kotlin-test-junit5:${versions["kotlin.version"]}")
    testRuntimeOnly("org.junit.platform:junit-platform-launcher")
}

val target = providers.environmentVariable("CARGO_TARGET_DIR").orElse(rootProject.file("../target").path)

tasks.test {
    useJUnitPlatform()
    systemProperty("jna.library.path", target.map { "$it/debug" }.get())
    systemProperty("campanile.workspace", rootProject.file("..").path)
}
