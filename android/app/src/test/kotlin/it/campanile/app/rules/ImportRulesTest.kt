package it.campanile.app.rules

import org.junit.Test
import java.io.File
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** The import rules of the Android shell. */
class ImportRulesTest {
    private val android = File(System.getProperty("campanile.workspace"), "android")

    private fun sources(path: String) = android.resolve(path).walk().filter { it.extension == "kt" }.toList().also { assertTrue(it.isNotEmpty(), path) }

    private fun linesWith(path: String, words: Regex) = sources(path).flatMap { file ->
        file.readLines().filter { words.containsMatchIn(it) }.map { "${file.relativeTo(android)}: ${it.trim()}" }
    }

    @Test fun only_the_wall_knows_the_generated_bindings_and_uniffi() {
        assertEquals(emptyList(), linesWith("app/src/main", Regex("""it\.campanile\.core|uniffi|com\.sun\.jna""")))
    }

    @Test fun the_wall_knows_nothing_of_android() {
        assertEquals(emptyList(), linesWith("campanile-kt/src/main", Regex("""import android""")))
    }

    @Test fun the_design_kit_knows_no_screen() {
        assertEquals(emptyList(), linesWith("app/src/main/kotlin/it/campanile/app/design", Regex("""import it\.campanile\.app\.(avvisi|push)""")))
    }

    @Test fun no_colour_is_written_in_code() {
        assertEquals(emptyList(), linesWith("app/src/main/kotlin", Regex("""Color\.(rgb|parseColor)|#[0-9A-Fa-f]{6}""")))
    }

    @Test fun italian_and_english_have_the_same_strings() {
        fun names(folder: String) = Regex("name=\"(\\w+)\"").findAll(android.resolve("app/src/main/res/$folder/strings.xml").readText()).map { it.groupValues[1] }.toList()
        assertEquals(names("values"), names("values-it"))
    }
}
