package it.campanile.wall

import java.nio.file.Path
import java.time.Instant
import java.util.concurrent.CopyOnWriteArrayList

/** What a test lends to the core: a key, a frozen clock, and an ear for every log line. */
class TestPlatform(
    private val key: () -> ByteArray = { ByteArray(32) { 1 } },
    @Volatile var now: Instant = Instant.parse("2026-11-25T09:42:00Z"),
) {
    val lines = CopyOnWriteArrayList<String>()

    val lent = Platform(
        keyStore = object : KeyStore {
            override fun databaseKey(): ByteArray = key()

            override fun placesKey(): ByteArray = ByteArray(32) { 2 }
        },
        clock = object : Clock {
            override fun now(): Instant = this@TestPlatform.now
        },
        locationSource = object : LocationSource {
            override fun lastKnown(): Position? = null
        },
        logSink = object : LogSink {
            override fun onLog(level: LogLevel, target: String, message: String) {
                lines += "$level $target $message"
            }
        },
    )
}

/** A town whose server nobody answers for; its roots are any two different keys. */
fun silentTown(server: String = "http://127.0.0.1:9") = Town(
    id = "modena", name = "Modena", serverUrl = server, environment = Environment.LIVE,
    roots = listOf(ED25519_A, ED25519_B), rootThreshold = 2u, comuni = listOf("036023"),
)

suspend fun openIn(folder: Path, platform: TestPlatform, town: Town = silentTown()): Wall = openWall(
    CampanileConfig(folder.toString(), listOf(town), "it", Instant.parse("2026-11-01T00:00:00Z")),
    platform.lent,
)

// Public keys of RFC 8032 section 7.1, tests 1 and 2.
private const val ED25519_A = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
private const val ED25519_B = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
