package it.campanile.app.support

import it.campanile.wall.Clock
import it.campanile.wall.KeyStore
import it.campanile.wall.LocationSource
import it.campanile.wall.LogLevel
import it.campanile.wall.LogSink
import it.campanile.wall.Position
import java.time.Instant

/** Keys in the open, for there is no Android Keystore in a test. */
object TestKeys : KeyStore {
    override fun databaseKey() = ByteArray(32) { 1 }

    override fun placesKey() = ByteArray(32) { 2 }
}

/** A clock that stands until a test moves it. */
object TestClock : Clock {
    @Volatile var at: Instant = Instant.parse("2026-11-25T09:42:00Z")

    override fun now(): Instant = at
}

object Nowhere : LocationSource {
    override fun lastKnown(): Position? = null
}

object Silence : LogSink {
    override fun onLog(level: LogLevel, target: String, message: String) = Unit
}
