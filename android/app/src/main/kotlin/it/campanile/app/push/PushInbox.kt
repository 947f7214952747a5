package it.campanile.app.push

import it.campanile.app.Walls
import it.campanile.wall.CampanileException
import it.campanile.wall.InvalidException
import it.campanile.wall.PushNotification
import it.campanile.wall.PushPresentation
import it.campanile.wall.SealedPlaces
import it.campanile.wall.Wall
import it.campanile.wall.presentPush
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import java.io.IOException
import java.time.Instant

/** Decides on pushed bytes; the core's [presentPush] but for tests. */
fun interface Presenter {
    fun present(bytes: ByteArray, snapshot: ByteArray, places: SealedPlaces?, now: Instant): PushPresentation
}

/** Where something is put up and taken away. */
interface Board {
    fun post(notification: PushNotification)

    fun remove(tags: List<String>)
}

/**
 * Takes the bytes that a push service delivered.
 *
 * First the pure decision, which needs no store and works before the first unlock: an alert is on the screen before anything
 * else is tried. Then, where the phone is unlocked, the store takes the same bytes, so that the list holds them too.
 */
class PushInbox(
    private val folder: PushFolder,
    private val board: Board,
    private val walls: Walls,
    private val presenter: Presenter = Presenter(::presentPush),
    private val now: () -> Instant = Instant::now,
) {
    /** Shows and keeps `bytes`; whatever fails here is made good by the next synchronisation. */
    suspend fun take(bytes: ByteArray) = withContext(Dispatchers.IO) {
        oneByOne.withLock { show(bytes) }
        keep(bytes)
    }

    /** Posts what the pure decision says. Without a snapshot that can be read, nothing: then the store decides. */
    private fun show(bytes: ByteArray) {
        val presentation = try {
            val snapshot = folder.snapshot() ?: return
            presenter.present(bytes, snapshot, folder.places(), now())
        } catch (unreadable: CampanileException) {
            return
        } catch (unreadable: IOException) {
            return
        }
        // Posted before the snapshot is written: after a crash in between an alert shows twice rather than never.
        presentation.notification?.let(board::post)
        board.remove(presentation.removes)
        try {
            presentation.snapshot?.let(folder::keep)
        } catch (full: IOException) {
            return // the alert is on the screen; that it shows once more is the lesser harm
        }
    }

    private suspend fun keep(bytes: ByteArray) {
        try {
            val wall = walls.wall()
            reconcile(wall) { wall.alerts.receive(bytes) }
        } catch (locked: CampanileException) {
            return // the store opens after the unlock, and takes in the snapshot then
        } catch (full: IOException) {
            return
        }
    }

    /**
     * Brings the store and the push files together around `work`, which must not wait for the network: first the store
     * learns what was shown without it, last the files are those of the store, and between them what nobody was shown is posted.
     * Throws `CampanileException`, and [IOException] when the files cannot be written.
     */
    suspend fun reconcile(wall: Wall, work: suspend () -> Unit = {}) = withContext(Dispatchers.IO) {
        oneByOne.withLock {
            folder.snapshot()?.let { takeIn(wall, it) }
            work()
            postWaiting(wall)
            folder.keep(wall.pushFiles())
        }
    }

    private suspend fun takeIn(wall: Wall, left: ByteArray) {
        try {
            wall.takeIn(left)
        } catch (unreadable: InvalidException) {
            return // written by another release, perhaps; it is replaced in a moment
        }
    }

    /** Posts what the store says was never shown, and says so to the store. */
    suspend fun postWaiting(wall: Wall) {
        for (notification in wall.alerts.unshown()) {
            board.post(notification)
            wall.alerts.markShown(notification.tag)
        }
    }

    private companion object {
        /** The files are read, changed and written by one at a time in the whole process. */
        val oneByOne = Mutex()
    }
}
