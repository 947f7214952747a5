package it.campanile.wall

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.PrintWriter
import java.io.StringWriter
import java.net.ServerSocket
import java.nio.file.Path
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.io.path.readBytes
import kotlin.io.path.walk
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertNotEquals
import kotlin.test.assertTrue

/** The wall over the real library, through JNA. */
class WallTest {
    @TempDir lateinit var folder: Path

    private val platform = TestPlatform()

    @Test fun the_library_is_the_one_that_was_built() = assertTrue(Regex("""\d+\.\d+\.\d+""").matches(coreVersion()))

    @Test fun a_new_store_says_so_and_an_old_one_too() = runBlocking {
        openIn(folder, platform).use { assertEquals(Opening.NEW, it.opening) }
        openIn(folder, platform).use { assertEquals(Opening.EXISTING, it.opening) }
    }

    @Test fun safety_rule_10_a_phone_that_never_heard_a_head_does_not_know() = runBlocking {
        openIn(folder, platform).use { wall ->
            val list = wall.alerts.list()
            assertEquals(emptyList(), list.rows)
            assertFalse(list.head.isKnown)
            assertFalse("Nessuna allerta" in list.emptyWords, list.emptyWords)
        }
    }

    @Test fun the_wrong_key_is_named_and_changes_nothing() = runBlocking {
        openIn(folder, platform).use { it.places.save(PlaceDraft(name = "Casa", comune = "036023")) }
        val wrong = assertFailsWith<InvalidException> { openIn(folder, TestPlatform({ ByteArray(32) { 9 } })) }
        assertEquals("database_key", wrong.field)
        openIn(folder, platform).use { assertEquals(listOf("Casa"), it.places.list().map { place -> place.name }) }
    }

    @Test fun the_text_that_a_key_store_throws_is_nowhere() = runBlocking {
        val throwing = TestPlatform({ throw IllegalStateException(SECRET) })
        val failure = assertFailsWith<InternalException> { openIn(folder, throwing) }
        val said = StringWriter().also { failure.printStackTrace(PrintWriter(it)) }.toString()
        assertFalse(SECRET in said, said)
        assertFalse(throwing.lines.any { SECRET in it }, "${throwing.lines}")
        @OptIn(kotlin.io.path.ExperimentalPathApi::class)
        for (file in folder.walk()) assertFalse(SECRET in String(file.readBytes(), Charsets.ISO_8859_1), "$file")
    }

    @Test fun a_locked_phone_is_locked_and_opens_later() = runBlocking {
        var isLocked = true
        val phone = TestPlatform({ if (isLocked) throw PlatformLocked() else ByteArray(32) { 1 } })
        assertFailsWith<LockedException> { openIn(folder, phone) }
        isLocked = false
        openIn(folder, phone).close()
    }

    @Test fun what_is_asked_for_and_not_there_is_named() = runBlocking {
        openIn(folder, platform).use { wall ->
            assertEquals("alert", assertFailsWith<NotFoundException> { wall.alerts.detail("none") }.what)
            assertEquals("name", assertFailsWith<InvalidException> { wall.places.save(PlaceDraft(name = "", comune = "036023")) }.field)
        }
    }

    @Test fun bytes_of_nothing_are_refused_by_name_and_logged_without_content() = runBlocking {
        openIn(folder, platform).use { wall ->
            val refused = wall.alerts.receive("PIENA DEL SECCHIA".toByteArray()) as ItemRefused
            assertEquals("malformed", refused.reason)
            assertEquals(listOf("malformed"), wall.alerts.refused(10).map { it.reason })
            assertFalse(platform.lines.any { "SECCHIA" in it })
        }
    }

    @Test fun lists_come_whole_first_and_again_on_change_until_the_collector_goes() = runBlocking {
        openIn(folder, platform).use { wall ->
            val heads = CopyOnWriteArrayList<String>()
            val collecting = launch(Dispatchers.Default) { wall.alerts.lists().collect { heads += it.head.words } }
            until { heads.size == 1 }
            wall.save(Preferences("en"))
            until { heads.size == 2 }
            collecting.cancelAndJoin()
            wall.save(Preferences("it"))
            delay(200)
            assertEquals(2, heads.size)
            assertNotEquals(heads[0], heads[1])
        }
    }

    @Test fun a_cancelled_call_ends_at_once_though_the_server_never_answers() = runBlocking {
        ServerSocket(0).use { silent ->
            openIn(folder, platform, silentTown("http://127.0.0.1:${silent.localPort}")).use { wall ->
                wall.places.save(PlaceDraft(name = "Casa", comune = "036023"))
                val asking = async(Dispatchers.Default) { wall.sync.refresh() }
                delay(300)
                assertTrue(asking.isActive, "it did not wait for the server")
                withTimeout(2_000) { asking.cancelAndJoin() }
                assertEquals(1, wall.places.list().size)
            }
        }
    }

    @Test fun no_network_is_offline() = runBlocking {
        val closed = ServerSocket(0).use { it.localPort }
        openIn(folder, platform, silentTown("http://127.0.0.1:$closed")).use { wall ->
            wall.places.save(PlaceDraft(name = "Casa", comune = "036023"))
            assertFailsWith<OfflineException> { wall.sync.refresh() }
            assertFalse(wall.sync.status().isRegistered)
        }
    }

    @Test fun while_paused_calls_are_closed_and_work_again_after() = runBlocking {
        openIn(folder, platform).use { wall ->
            wall.pause()
            assertFailsWith<ClosedException> { wall.alerts.list() }
            wall.resume()
            wall.alerts.list()
        }
        Unit
    }

    @Test fun after_closing_a_call_is_closed_and_never_a_crash() = runBlocking {
        val wall = openIn(folder, platform)
        wall.close()
        wall.close()
        assertFailsWith<ClosedException> { wall.alerts.list() }
        assertFailsWith<ClosedException> { wall.alerts.lists().first() }
        Unit
    }

    @Test fun an_answer_is_not_made_on_the_thread_that_asks() = runBlocking {
        val threads = CopyOnWriteArrayList<String>()
        val noticing = TestPlatform({ threads += Thread.currentThread().name; ByteArray(32) { 1 } })
        openIn(folder, noticing).close()
        assertTrue(threads.isNotEmpty() && Thread.currentThread().name !in threads, "$threads")
    }

    @Test fun before_any_trust_list_pushed_bytes_are_refused_by_name() = runBlocking {
        openIn(folder, platform).use { wall ->
            val files = wall.pushFiles()
            val places = SealedPlaces(files.places, ByteArray(32) { 2 })
            val decided = presentPush("nothing".toByteArray(), files.snapshot, places, platform.now)
            assertEquals("unknown_key", (decided.outcome as PushRefused).reason)
            assertEquals(null, decided.notification)
            assertEquals("snapshot", assertFailsWith<InvalidException> { presentPush(byteArrayOf(), byteArrayOf(1, 2), places, platform.now) }.field)
        }
    }

    private suspend fun until(holds: () -> Boolean) = withTimeout(5_000) { while (!holds()) delay(10) }

    private companion object {
        const val SECRET = "segreto-di-mario-rossi"
    }
}
