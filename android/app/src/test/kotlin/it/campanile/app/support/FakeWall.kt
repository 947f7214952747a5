package it.campanile.app.support

import android.Manifest
import it.campanile.app.CampanileApp
import it.campanile.app.Walls
import it.campanile.wall.AlertDetail
import it.campanile.wall.AlertKind
import it.campanile.wall.AlertList
import it.campanile.wall.AlertRow
import it.campanile.wall.AlertsWall
import it.campanile.wall.CampanileConfig
import it.campanile.wall.CampanileException
import it.campanile.wall.CancelToken
import it.campanile.wall.ComuneRow
import it.campanile.wall.DayRow
import it.campanile.wall.Environment
import it.campanile.wall.HeadState
import it.campanile.wall.ItemAccepted
import it.campanile.wall.Level
import it.campanile.wall.Loudness
import it.campanile.wall.NotFoundException
import it.campanile.wall.Opening
import it.campanile.wall.Phase
import it.campanile.wall.Platform
import it.campanile.wall.PlaceDraft
import it.campanile.wall.PlaceRow
import it.campanile.wall.PlacesWall
import it.campanile.wall.Preferences
import it.campanile.wall.PushEndpoint
import it.campanile.wall.PushFiles
import it.campanile.wall.PushNotification
import it.campanile.wall.ReceiveReceipt
import it.campanile.wall.RefusedRow
import it.campanile.wall.Status
import it.campanile.wall.SyncOutcome
import it.campanile.wall.SyncReceipt
import it.campanile.wall.SyncStatus
import it.campanile.wall.SyncWall
import it.campanile.wall.Town
import it.campanile.wall.Wall
import java.time.Instant
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import org.robolectric.Shadows.shadowOf

/** A wall that says what a test lets it say and remembers what it was asked. */
class FakeWall : Wall, AlertsWall, SyncWall {
    val board = MutableStateFlow(AlertList(emptyList(), knownHead(), "Nessuna allerta. Ultimo controllo 10:42", isAllClear = true))
    val instructions = HashMap<String, String>()
    val shown = ArrayList<String>()
    val seen = ArrayList<String>()
    val received = ArrayList<ByteArray>()
    val waiting = ArrayList<PushNotification>()
    var receipt: ReceiveReceipt = ItemAccepted("item", null, emptyList())
    val endpoints = ArrayList<PushEndpoint>()
    val takenIn = ArrayList<ByteArray>()
    val shownByReceiver = ArrayList<String>()
    var refreshes = 0
    var refreshFails: CampanileException? = null

    override val alerts: AlertsWall get() = this
    override val places = FakePlaces()
    override val sync: SyncWall get() = this
    override val opening = Opening.EXISTING

    override fun lists(): Flow<AlertList> = board

    override suspend fun list(): AlertList = board.value

    override suspend fun detail(id: String): AlertDetail {
        val row = board.value.rows.firstOrNull { it.id == id } ?: throw NotFoundException("alert")
        return AlertDetail(row, "Il livello del fiume cresce ancora.", instructions[id].orEmpty(), "San Faustino, Madonnina")
    }

    override suspend fun receive(bytes: ByteArray): ReceiveReceipt {
        received += bytes
        return receipt
    }

    override suspend fun unshown(): List<PushNotification> = waiting.toList()

    override suspend fun markShown(tag: String) {
        shown += tag
        waiting.removeAll { it.tag == tag }
    }

    override suspend fun markSeen(id: String) {
        seen += id
    }

    override suspend fun refused(limit: Int): List<RefusedRow> = emptyList()

    override suspend fun register(endpoint: PushEndpoint): SyncReceipt {
        endpoints += endpoint
        return SyncReceipt(SyncOutcome.COMPLETE, 0u, 0u)
    }

    override suspend fun refresh(cancel: CancelToken?): SyncReceipt {
        refreshes++
        refreshFails?.let { throw it }
        return SyncReceipt(SyncOutcome.COMPLETE, 0u, 0u)
    }

    override suspend fun listen(): Unit = awaitCancellation()

    override suspend fun status() = SyncStatus(isRegistered = endpoints.isNotEmpty(), isListening = false, lastComplete = null)

    override suspend fun preferences() = Preferences("it")

    override suspend fun save(preferences: Preferences) = Unit

    override suspend fun pushFiles() = PushFiles(byteArrayOf(1), byteArrayOf(2))

    override suspend fun takeIn(snapshot: ByteArray): Int {
        takenIn += snapshot
        // What the receiver showed counts as shown.
        waiting.removeAll { it.tag in shownByReceiver }
        return 0
    }

    override suspend fun pause() = Unit

    override suspend fun resume() = Unit

    override fun close() = Unit
}

/** Places that a test fills. */
class FakePlaces : PlacesWall {
    val saved = arrayListOf(PlaceDraft(name = "Casa", comune = "036023"))

    /** What the bulletin says of today, for every place. */
    var today = DayRow("2026-11-25", "oggi", Level.VERDE, "Nessuna allerta", "cerchio", "")

    override suspend fun list(): List<PlaceRow> = saved.map(::rowOf)

    private fun rowOf(draft: PlaceDraft) =
        PlaceRow(draft.name, draft.name, draft.comune, draft.name, listOf("Emil-F1"), Level.GIALLA, null, null, listOf(today), Instant.EPOCH)

    override suspend fun save(draft: PlaceDraft): PlaceRow {
        saved += draft
        return rowOf(draft)
    }

    override suspend fun remove(id: String) = Unit

    override suspend fun searchComuni(text: String, limit: Int): List<ComuneRow> = emptyList()
}

/** The app with a fake wall, or with one that does not open. */
class FakeApp : CampanileApp() {
    val wall = FakeWall()
    var opening: CampanileException? = null

    override fun onCreate() {
        super.onCreate()
        shadowOf(this).grantPermissions(Manifest.permission.POST_NOTIFICATIONS)
    }

    override val config = CampanileConfig(
        "unused",
        listOf(Town("modena", "Modena", "https://campanile.example", Environment.LIVE, emptyList(), 2u, listOf("036023"))),
        "it",
        Instant.EPOCH,
    )
    override val platform get() = Platform(TestKeys, TestClock, Nowhere, Silence)

    override val walls: Walls = object : Walls {
        override suspend fun wall(): Wall = opening?.let { throw it } ?: wall
    }
}

fun knownHead() = HeadState(true, Instant.parse("2026-11-25T09:42:00Z"), "Controllato alle 10:42")

fun oldHead() = HeadState(
    false,
    Instant.parse("2026-11-25T05:05:00Z"),
    "Situazione non nota: ultimo controllo oggi alle 6:05",
)

/** The core's words for an empty list whose head is too old. */
const val NOT_KNOWN = "Non sappiamo se ci sono allerte: il telefono non riesce a controllare. In emergenza chiama il 112."

fun row(
    id: String,
    level: Level,
    title: String,
    until: String = "",
    places: List<String> = listOf("Casa"),
    status: Status = Status.ACTUAL,
    phase: Phase = Phase.IN_FORCE,
    labels: List<String> = emptyList(),
    source: String = "Fonte: Comune di Modena, oggi alle 10:31",
) = AlertRow(
    id = id, kind = AlertKind.ALERT, level = level, levelWords = title.substringBefore(':'),
    shape = "ottagono", status = status, phase = phase, placeNames = places, concernsMe = places.isNotEmpty(),
    title = title, until = until, source = source,
    spoken = listOf(title, places.joinToString(), until, source).filter { it.isNotBlank() }.joinToString(". ", postfix = "."),
    labels = labels, sent = Instant.parse("2026-11-25T09:31:00Z"), expires = Instant.parse("2026-11-25T17:00:00Z"), isSeen = false,
)

fun notification(
    tag: String,
    loudness: Loudness = Loudness.RING,
    status: Status = Status.ACTUAL,
    level: Level = Level.ROSSA,
) = PushNotification(
    tag = tag, title = "Allerta rossa: piena del Secchia", body = "Sali ai piani alti.",
    spoken = "Allerta rossa: piena del Secchia. Sali ai piani alti.", loudness = loudness, level = level,
    shape = "ottagono", status = status, labels = listOf("In verifica"),
)
