import java.util.Properties
import javax.inject.Inject
import org.gradle.process.ExecOperations

plugins {
    id("com.android.application") apply false
    id("org.jetbrains.kotlin.jvm") apply false
}

/** The levels and versions that Maven uses too. */
val versions by extra(Properties().apply { file("versions.properties").reader().use(::load) })

/** Writes the Kotlin side of the edge from the library of this machine; done again only when the bindings changed. */
abstract class GenerateBindings @Inject constructor(private val exec: ExecOperations) : DefaultTask() {
    @get:InputFiles
    @get:PathSensitive(PathSensitivity.RELATIVE)
    abstract val rustSources: ConfigurableFileCollection

    @get:InputFile
    @get:PathSensitive(PathSensitivity.RELATIVE)
    abstract val script: RegularFileProperty

    @get:OutputDirectory
    abstract val generated: DirectoryProperty

    @TaskAction
    fun generate() {
        exec.exec { commandLine(script.get().asFile.path, "kotlin") }
    }
}

tasks.register<GenerateBindings>("generateBindings") {
    description = "Generates it.campanile.core for :campanile-kt."
    rustSources.from(
        fileTree("../bindings") { include("src/**/*.rs", "Cargo.toml", "uniffi.toml") },
        fileTree("../core") { include("src/**/*.rs", "Cargo.toml") },
    )
    script = file("../scripts/bindings.sh")
    generated = file("campanile-kt/target/generated-sources/uniffi")
}
