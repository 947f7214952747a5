package it.campanile.wall

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.nio.file.Files
import java.nio.file.Path
import kotlin.test.assertTrue

/** The scenarios that every shell runs, through the wall: `tests/scenarios`, which says what each step means. */
class ScenarioTest {
    @TempDir lateinit var folder: Path

    @TestFactory fun scenarios(): List<DynamicTest> {
        val files = File(System.getProperty("campanile.workspace"), "tests/scenarios").listFiles { file -> file.extension == "json" }.orEmpty().sorted()
        assertTrue(files.isNotEmpty(), "tests/scenarios holds no scenario")
        return files.map { file ->
            dynamicTest(file.nameWithoutExtension.replace('_', ' ')) {
                val scenario = Json.parseToJsonElement(file.readText()).jsonObject
                val own = Files.createTempDirectory(folder, "phone")
                if ("http" in scenario) ScenarioServer.start().use { run(scenario, own, it.address) } else run(scenario, own, "")
            }
        }
    }

    private fun run(scenario: JsonObject, folder: Path, server: String) = ScenarioRunner(scenario, folder, server).use { it.run() }
}

/** The program that answers for the towns of the scenarios; built by scripts/bindings.sh beside the library. */
private class ScenarioServer private constructor(private val process: Process, val address: String) : AutoCloseable {
    override fun close() {
        process.outputStream.close()
        process.waitFor()
    }

    companion object {
        fun start(): ScenarioServer {
            val program = File(System.getProperty("jna.library.path"), "scenario-server")
            check(program.exists()) { "$program is not built: run scripts/bindings.sh" }
            val process = ProcessBuilder(program.path).redirectError(ProcessBuilder.Redirect.INHERIT).start()
            return ScenarioServer(process, process.inputReader().readLine())
        }
    }
}
