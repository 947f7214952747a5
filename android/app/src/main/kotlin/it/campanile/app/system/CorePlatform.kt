package it.campanile.app.system

import android.content.Context
import android.util.Log
import it.campanile.app.R
import it.campanile.wall.CampanileConfig
import it.campanile.wall.Clock
import it.campanile.wall.LocationSource
import it.campanile.wall.LogLevel
import it.campanile.wall.LogSink
import it.campanile.wall.Platform
import it.campanile.wall.Position
import it.campanile.wall.builtInTowns
import java.io.File
import java.time.Instant

/** What this phone lends to the core. */
internal fun platformOf(context: Context) =
    Platform(SealedKeys.of(context), SystemClock, NoLocation, SystemLog)

/** What the core is opened with on this phone: its folder outside every backup, and the towns of this build. */
internal fun configOf(context: Context) = CampanileConfig(
    dataDir = File(context.noBackupFilesDir, "store").path,
    towns = builtInTowns(),
    language = context.resources.configuration.locales[0].toLanguageTag(),
    builtAt = Instant.ofEpochMilli(context.resources.getString(R.string.built_at).toLong()),
)

private object SystemClock : Clock {
    override fun now(): Instant = Instant.now()
}

/** The position is not asked for: places are chosen by their comune. */
private object NoLocation : LocationSource {
    override fun lastKnown(): Position? = null
}

private object SystemLog : LogSink {
    override fun onLog(level: LogLevel, target: String, message: String) {
        val priority = when (level) {
            LogLevel.ERROR -> Log.ERROR
            LogLevel.WARN -> Log.WARN
            LogLevel.INFO -> Log.INFO
            LogLevel.DEBUG -> Log.DEBUG
        }
        Log.println(priority, "Campanile", "$target: $message")
    }
}
