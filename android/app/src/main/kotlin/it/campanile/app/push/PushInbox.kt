package it.campanile.app.push

import it.campanile.app.Walls
import it.campanile.wall.CampanileException
import it.campanile.wall.PushNotification
import it.campanile.wall.PushPresentation
import it.campanile.wall.SealedPlaces
import it.campanile.wall.Wall
import it.campanile.wall.presentPush
import kotlinx.coroutines.Dispatchers
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
        val shown = show(bytes)
        keep(bytes, shown)
    }

    /** The tag of what was posted; null when nothing was, or when there is no snapshot to decide by. */
    private fun show(bytes: ByteArray): String? {
        val presentation = try {
            val snapshot = folder.snapshot() ?: return null
            presenter.present(bytes, snapshot, folder.places(), now())
        } catch (unreadable: CampanileException) {
            return null
        } catch (unreadable: IOException) {
            return null
        }
        // Posted before the snapshot is written: after a crash in between an alert shows twice rather than never.
        presentation.notification?.let(board::post)
        board.remove(presentation.removes)
        try {
            presentation.snapshot?.let(folder::keep)
        } catch (full: IOException) {
            return presentation.notification?.tag // a full disk must not silence an alert
        }
        return presentation.notification?.tag
    }

    private suspend fun keep(bytes: ByteArray, shown: String?) {
        try {
            val wall = walls.wall()
            wall.alerts.receive(bytes)
            shown?.let { wall.alerts.markShown(it) }
            postWaiting(wall)
            folder.keep(wall.pushFiles())
        } catch (locked: CampanileException) {
            return // the store opens after the unlock, and the catch-up brings the item again
        } catch (full: IOException) {
            return
        }
    }

    /** Posts what the store says was never shown, and says so to the store. */
    suspend fun postWaiting(wall: Wall) {
        for (notification in wall.alerts.unshown()) {
            board.post(notification)
            wall.alerts.markShown(notification.tag)
        }
    }
}
