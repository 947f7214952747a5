package it.campanile.wall

import kotlinx.coroutines.flow.Flow
import java.time.Instant

/**
 * The core as the app sees it: suspend functions and flows that may be called from the main thread.
 *
 * Every call does its work on [kotlinx.coroutines.Dispatchers.IO] and throws [CampanileException] and nothing else.
 * Cancelling the coroutine stops what runs. [openWall] gives the real one; the app's tests give their own.
 */
interface Wall : AutoCloseable {
    val alerts: AlertsWall
    val places: PlacesWall
    val sync: SyncWall

    /** How the store was found at opening. */
    val opening: Opening

    suspend fun preferences(): Preferences

    suspend fun save(preferences: Preferences)

    /** What [presentPush] needs, to be written where the push receiver reads it, after each change of the list. */
    suspend fun pushFiles(): PushFiles

    /** Takes in the snapshot that [presentPush] left; what it showed counts as shown. Returns how many items were new. */
    suspend fun takeIn(snapshot: ByteArray): Int

    /** Closes the store before the process is put aside; calls throw `Closed` until [resume]. */
    suspend fun pause()

    suspend fun resume()
}

/** The alerts: the list, one in full, bytes that arrived. */
interface AlertsWall {
    /** The whole list, once at first and again after each change, in order; ends only with its collector. */
    fun lists(): Flow<AlertList>

    suspend fun list(): AlertList

    /** One alert in full. Throws `NotFound` when it is gone. */
    suspend fun detail(id: String): AlertDetail

    /** Verifies and keeps the bytes of an item. Safe to repeat. */
    suspend fun receive(bytes: ByteArray): ReceiveReceipt

    /** The notifications still to be posted, oldest first; they stay, over restarts, until [markShown]. */
    suspend fun unshown(): List<PushNotification>

    /** Confirms that the notification with this tag was posted. Safe to repeat. */
    suspend fun markShown(tag: String)

    suspend fun markSeen(id: String)

    /** The newest refusals, newest first; names of reasons, no content. */
    suspend fun refused(limit: Int): List<RefusedRow>
}

/** The saved places. They stay on the phone. */
interface PlacesWall {
    suspend fun list(): List<PlaceRow>

    suspend fun save(draft: PlaceDraft): PlaceRow

    suspend fun remove(id: String)

    suspend fun searchComuni(text: String, limit: Int): List<ComuneRow>
}

/** The network. */
interface SyncWall {
    /** Registers the phone at the towns of its places, or renews what is registered. */
    suspend fun register(endpoint: PushEndpoint): SyncReceipt

    /**
     * Fetches trust lists, items and heads; at most 60 seconds.
     *
     * Cancelling the coroutine stops it. Cancelling [cancel] stops it too, and it then tells what it did so far.
     */
    suspend fun refresh(cancel: CancelToken? = null): SyncReceipt

    /** Keeps the live stream open until the coroutine is cancelled. */
    suspend fun listen()

    suspend fun status(): SyncStatus
}

/**
 * What the push receiver reads without the store.
 *
 * [snapshot] lies unsealed (trust and what was shown), so that an alert is verified before the first unlock;
 * [places] lie where the system seals them until then.
 */
class PushFiles(val snapshot: ByteArray, val places: ByteArray)

/** Opens the core off the main thread. Throws `Locked`, `Invalid` or `Internal` as `Campanile.open` does. */
suspend fun openWall(config: CampanileConfig, platform: Platform): Wall = CoreWall.open(config, platform)

/** The towns that this build carries; a release build carries no demo town. */
fun builtInTowns(): List<Town> = it.campanile.core.builtInTowns()

/** The version of the core, such as `0.1.0`. */
fun coreVersion(): String = it.campanile.core.coreVersion()

/**
 * Decides what to show of pushed bytes. Pure: needs no store and no network. Throws `Invalid` for unreadable files.
 *
 * `places` are null before the first unlock: the alert is then verified and shown without targeting.
 */
fun presentPush(bytes: ByteArray, snapshot: ByteArray, places: SealedPlaces?, now: Instant): PushPresentation =
    it.campanile.core.presentPush(bytes, snapshot, places, now)
