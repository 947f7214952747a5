package it.campanile.app.push

import it.campanile.app.Walls
import it.campanile.app.support.FakeWall
import it.campanile.app.support.notification
import it.campanile.wall.InvalidException
import it.campanile.wall.KeyStore
import it.campanile.wall.LockedException
import it.campanile.wall.PlatformLocked
import it.campanile.wall.PushDuplicate
import it.campanile.wall.PushNotification
import it.campanile.wall.PushPresentation
import it.campanile.wall.PushRefused
import it.campanile.wall.PushShown
import it.campanile.wall.SealedPlaces
import it.campanile.wall.Wall
import kotlinx.coroutines.runBlocking
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import java.time.Instant
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertNull

@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35])
class PushInboxTest {
    @get:Rule val disk = TemporaryFolder()

    private class Keys(var isLocked: Boolean = false) : KeyStore {
        override fun databaseKey() = ByteArray(32)

        override fun placesKey() = if (isLocked) throw PlatformLocked() else ByteArray(32) { 7 }
    }

    private class Remembering : Board {
        val posted = ArrayList<String>()
        val removed = ArrayList<String>()

        override fun post(notification: PushNotification) {
            posted += notification.tag
        }

        override fun remove(tags: List<String>) {
            removed += tags
        }
    }

    private val keys = Keys()
    private val folder by lazy { PushFolder(disk.newFolder("early"), disk.newFolder("sealed"), keys) }
    private val board = Remembering()
    private val wall = FakeWall()
    private var opening: it.campanile.wall.CampanileException? = null
    private val walls = object : Walls {
        override suspend fun wall(): Wall = opening?.let { throw it } ?: wall
    }
    private val asked = ArrayList<SealedPlaces?>()
    private val shown = PushPresentation(PushShown, notification("a"), listOf("old"), byteArrayOf(9, 9))

    private fun take(answer: () -> PushPresentation) = runBlocking {
        val presenter = Presenter { bytes, snapshot, places, now ->
            assertContentEquals(byteArrayOf(42), bytes)
            assertContentEquals(byteArrayOf(1), snapshot)
            assertEquals(Instant.EPOCH, now)
            asked += places
            answer()
        }
        PushInbox(folder, board, walls, presenter) { Instant.EPOCH }.take(byteArrayOf(42))
    }

    private fun synchronised() = folder.keep(it.campanile.wall.PushFiles(byteArrayOf(1), byteArrayOf(2)))

    @Test fun an_alert_is_posted_and_the_store_learns_that_it_was_and_keeps_it() {
        synchronised()
        take { shown }
        assertEquals(listOf("a"), board.posted)
        assertEquals(listOf("old"), board.removed)
        assertContentEquals(byteArrayOf(42), wall.received.single())
        assertContentEquals(byteArrayOf(9, 9), wall.takenIn.single())
        assertContentEquals(byteArrayOf(2), asked.single()!!.sealed)
    }

    @Test fun before_the_first_unlock_an_alert_is_posted_without_places_and_the_snapshot_moves_on() {
        synchronised()
        keys.isLocked = true
        opening = LockedException()
        take { shown }
        assertEquals(listOf("a"), board.posted)
        assertNull(asked.single())
        assertContentEquals(byteArrayOf(9, 9), folder.snapshot())
    }

    @Test fun safety_rule_7_what_is_refused_is_not_posted() {
        synchronised()
        take { PushPresentation(PushRefused("too_few_persons"), null, emptyList(), null) }
        assertEquals(emptyList(), board.posted)
    }

    @Test fun a_duplicate_posts_nothing_and_leaves_the_snapshot() {
        synchronised()
        opening = LockedException()
        take { PushPresentation(PushDuplicate, null, emptyList(), null) }
        assertEquals(emptyList(), board.posted)
        assertContentEquals(byteArrayOf(1), folder.snapshot())
    }

    @Test fun without_a_snapshot_the_store_decides_and_its_notification_is_posted() {
        wall.waiting += notification("b")
        take { error("there is nothing to decide by") }
        assertEquals(listOf("b"), board.posted)
        assertEquals(listOf("b"), wall.shown)
    }

    @Test fun a_snapshot_that_cannot_be_read_leaves_the_decision_to_the_store() {
        synchronised()
        wall.waiting += notification("b")
        take { throw InvalidException("snapshot", "not CBOR") }
        assertEquals(listOf("b"), board.posted)
    }

    @Test fun what_was_posted_by_the_push_is_not_posted_again_by_the_store() {
        synchronised()
        wall.waiting += notification("a")
        wall.shownByReceiver += "a"
        take { shown }
        assertEquals(listOf("a"), board.posted)
    }

    @Test fun after_keeping_an_item_the_files_are_those_of_the_store() {
        synchronised()
        take { shown }
        assertContentEquals(byteArrayOf(1), folder.snapshot())
    }
}
