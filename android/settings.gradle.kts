// Gradle 9, AGP 9: for people with the Android SDK. Not executed where this project is checked; see README.md.
pluginManagement {
    val versions = java.util.Properties().apply { file("versions.properties").reader().use(::load) }
    repositories {
        google()
        mavenCentral()
        gradlePluginPortal()
    }
    plugins {
        id("com.android.application") version versions.getProperty("agp.version")
        id("org.jetbrains.kotlin.jvm") version versions.getProperty("kotlin.version")
    }
}

dependencyResolutionManagement {
    repositoriesMode = RepositoriesMode.FAIL_ON_PROJECT_REPOS
    repositories {
        google()
        mavenCentral()
    }
}

rootProject.name = "campanile-android"
include(":campanile-kt", ":app")
