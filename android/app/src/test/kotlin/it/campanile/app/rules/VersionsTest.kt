package it.campanile.app.rules

import org.junit.Test
import org.w3c.dom.Element
import java.io.File
import java.util.Properties
import javax.xml.parsers.DocumentBuilderFactory
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** Keeps the Maven build, which is checked, and the Gradle build, which is not executed here, from drifting apart. */
class VersionsTest {
    private val android = File(System.getProperty("campanile.workspace"), "android")
    private val versions = Properties().apply { android.resolve("versions.properties").reader().use(::load) }
    private val gradle = listOf("settings.gradle.kts", "build.gradle.kts", "app/build.gradle.kts", "campanile-kt/build.gradle.kts")
        .associateWith { android.resolve(it).readText() }

    private fun pom(path: String): Element =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(android.resolve(path)).documentElement

    private fun Element.children(name: String): List<Element> =
        (0 until childNodes.length).map { childNodes.item(it) }.filterIsInstance<Element>().filter { it.tagName == name }

    @Test fun every_version_of_the_pom_is_that_of_the_shared_file() {
        val properties = pom("pom.xml").children("properties").single()
        val inPom = (0 until properties.childNodes.length).map { properties.childNodes.item(it) }.filterIsInstance<Element>()
            .filter { it.tagName.endsWith(".version") }.associate { it.tagName to it.textContent }
        val shared = versions.stringPropertyNames().filter { it.endsWith(".version") && it !in GRADLE_ONLY }.associateWith(versions::getProperty)
        assertEquals(shared, inPom)
    }

    @Test fun gradle_writes_no_version_and_no_level_of_its_own() {
        for ((file, text) in gradle) {
            val literals = Regex("""["'(: ]\d+\.\d+(\.\d+)?["')]""").findAll(text).map { it.value }.filterNot { "0.1.0" in it }.toList()
            assertEquals(emptyList(), literals, file)
            assertTrue(!Regex("""(min|target|compile)Sdk\s*=\s*\d""").containsMatchIn(text), file)
        }
    }

    @Test fun gradle_reads_every_level() {
        val app = gradle.getValue("app/build.gradle.kts")
        for (key in versions.stringPropertyNames().filter { it.startsWith("sdk.") || it == "app.id" || it == "ndk.version" }) {
            assertTrue("\"$key\"" in app, "$key is not read by app/build.gradle.kts")
        }
    }

    @Test fun both_builds_of_the_app_have_the_same_dependencies() {
        val inPom = dependencies("app/pom.xml") - MAVEN_ONLY
        val inGradle = coordinates(gradle.getValue("app/build.gradle.kts")) - "net.java.dev.jna:jna" + "it.campanile:campanile-kt"
        assertEquals(inPom, inGradle)
    }

    @Test fun both_builds_of_the_wall_have_the_same_dependencies() {
        // Gradle adds the standard library and JUnit's launcher by itself or by need.
        val inPom = dependencies("campanile-kt/pom.xml") - "org.jetbrains.kotlin:kotlin-stdlib"
        val inGradle = coordinates(gradle.getValue("campanile-kt/build.gradle.kts")) - "org.junit:junit-bom" - "org.junit.platform:junit-platform-launcher"
        assertEquals(inPom, inGradle)
    }

    private fun dependencies(path: String): Set<String> = pom(path).children("dependencies").single().children("dependency")
        .map { it.children("groupId").single().textContent + ":" + it.children("artifactId").single().textContent }.toSet()

    private fun coordinates(text: String): Set<String> =
        Regex("\"([a-z][\\w.-]+:[\\w.-]+)(:|\")").findAll(text).map { it.groupValues[1] }.toSet()

    private companion object {
        val GRADLE_ONLY = setOf("agp.version", "ndk.version")

        /** The framework, which AGP brings, and what stands in for androidx.test, which Gradle has from Google. */
        val MAVEN_ONLY = setOf("org.robolectric:android-all", "it.campanile:testshim", "org.junit.vintage:junit-vintage-engine")
    }
}
