package it.campanile.wall

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.cancel
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.double
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import java.io.PrintWriter
import java.io.StringWriter
import java.net.URI
import java.nio.file.Path
import java.time.Instant
import java.util.Base64
import kotlin.test.assertFalse
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlin.test.fail

/** Runs one scenario on a phone of its own in `folder`. */
class ScenarioRunner(private val scenario: JsonObject, private val folder: Path, private val server: String) : AutoCloseable {
    private var openKey: () -> ByteArray = { ByteArray(32) { 1 } }
    private val platform = TestPlatform({ openKey() }, Instant.parse(scenario.text("now")))
    private val towns = scenario.getValue("towns").jsonArray.map { townOf(it.jsonObject) }
    private val scope = CoroutineScope(Dispatchers.Default)
    private val caught = ArrayList<Throwable>()
    private var lists = Channel<AlertList>(Channel.UNLIMITED)
    private var subscription: Job? = null
    private var snapshot: ByteArray? = null
    private lateinit var wall: Wall

    fun run() = runBlocking {
        wall = open()
        for (place in scenario.getValue("places").jsonArray) wall.places.save(draftOf(place.jsonObject))
        scenario.getValue("steps").jsonArray.forEachIndexed { index, element ->
            val step = element.jsonObject
            check(step, "step ${index + 1}, ${step.text("do")}")
        }
    }

    override fun close() {
        scope.cancel()
        if (::wall.isInitialized) wall.close()
    }

    private suspend fun check(step: JsonObject, where: String) {
        val expectedError = step["expect_error"]?.jsonObject
        val result = try {
            perform(step, where)
        } catch (failure: CampanileException) {
            caught += failure
            if (expectedError == null) throw AssertionError("$where: ${failure.javaClass.simpleName} ${asJson(failure)}", failure)
            val found = JsonObject(asJson(failure).jsonObject + ("type" to JsonPrimitive(failure.javaClass.simpleName)))
            return assertHolds(expectedError, found, "$where: error")
        }
        if (expectedError != null) fail("$where: expected $expectedError, but it succeeded")
        step["expect"]?.let { assertHolds(it, JsonObject(result), where) }
    }

    /** What the step gave, by the names under which `expect` asks for it. */
    private suspend fun perform(step: JsonObject, where: String): Map<String, JsonElement> = when (step.text("do")) {
        "receive" -> wall.alerts.receive(step.bytes()).let { fieldsWithOutcome(it, it) }
        "list" -> wall.alerts.list().let { list ->
            val begins = list.rows.all { it.spoken.startsWith(it.levelWords) }
            asJson(list).jsonObject + ("spoken_begins_with_level" to JsonPrimitive(begins))
        }
        "detail" -> asJson(wall.alerts.detail(step.text("id"))).jsonObject
        "unshown" -> mapOf("tags" to asJson(wall.alerts.unshown().map { it.tag }))
        "mark_shown" -> nothing { wall.alerts.markShown(step.text("tag")) }
        "mark_seen" -> nothing { wall.alerts.markSeen(step.text("id")) }
        "refused" -> mapOf("reasons" to asJson(wall.alerts.refused(10).map { it.reason }))
        "places" -> mapOf("places" to asJson(wall.places.list()))
        "save_place" -> asJson(wall.places.save(draftOf(step.getValue("place").jsonObject))).jsonObject
        "remove_place" -> nothing { wall.places.remove(step.text("id")) }
        "set_language" -> nothing { wall.save(Preferences(step.text("language"))) }
        "present_push" -> presentPush(step)
        "take_in_snapshot" -> mapOf("new" to JsonPrimitive(wall.takeIn(checkNotNull(snapshot) { "$where: no snapshot yet" })))
        "set_clock" -> nothing { platform.now = Instant.parse(step.text("now")) }
        "subscribe" -> subscribe()
        "next_list" -> nextList()
        "unsubscribe" -> nothing { subscription?.cancelAndJoin() }
        "no_list" -> nothing { assertNull(withTimeoutOrNull(300) { lists.receive() }, "$where: a list came") }
        "pause" -> nothing { wall.pause() }
        "resume" -> nothing { wall.resume() }
        "close" -> nothing { wall.close() }
        "open" -> reopen(step)
        "reopen" -> {
            wall.close()
            reopen(step)
        }
        "nowhere" -> nothing { assertNowhere(step.text("text"), where) }
        "register" -> asJson(wall.sync.register(StreamEndpoint)).jsonObject
        "refresh" -> refresh(step)
        "status" -> wall.sync.status().let { asJson(it).jsonObject + ("has_synced" to JsonPrimitive(it.lastComplete != null)) }
        "requests" -> requests()
        else -> fail("$where: this runner does not know the step")
    }

    private suspend fun open() = openWall(
        CampanileConfig(folder.toString(), towns, scenario.text("language"), Instant.parse(scenario.text("built_at"))),
        platform.lent,
    )

    private suspend fun reopen(step: JsonObject): Map<String, JsonElement> {
        openKey = {
            step["key_store_throws"]?.let { throw IllegalStateException(it.jsonPrimitive.content) }
            if (step["key_store_locked"]?.jsonPrimitive?.booleanOrNull == true) throw PlatformLocked()
            step["key"]?.jsonPrimitive?.content?.chunked(2)?.map { it.toInt(16).toByte() }?.toByteArray() ?: ByteArray(32) { 1 }
        }
        wall = open()
        return mapOf("opening" to asJson(wall.opening))
    }

    private suspend fun presentPush(step: JsonObject): Map<String, JsonElement> {
        val files = wall.pushFiles()
        val places = SealedPlaces(files.places, ByteArray(32) { 2 }).takeIf { step.getValue("places").jsonPrimitive.booleanOrNull == true }
        val shown = presentPush(step.bytes(), snapshot ?: files.snapshot, places, platform.now)
        snapshot = shown.snapshot ?: snapshot ?: files.snapshot
        return fieldsWithOutcome(shown, shown.outcome) + ("snapshot_changes" to JsonPrimitive(shown.snapshot != null))
    }

    private suspend fun subscribe(): Map<String, JsonElement> {
        subscription?.cancelAndJoin()
        val fresh = Channel<AlertList>(Channel.UNLIMITED)
        lists = fresh
        subscription = scope.launch { wall.alerts.lists().collect(fresh::send) }
        return nextList()
    }

    private suspend fun nextList(): Map<String, JsonElement> =
        mapOf("rows" to JsonPrimitive(withTimeout(5_000) { lists.receive() }.rows.size))

    private suspend fun refresh(step: JsonObject): Map<String, JsonElement> {
        val after = step["cancel_after_ms"]?.jsonPrimitive?.long ?: return asJson(wall.sync.refresh()).jsonObject
        val token = CancelToken()
        val refreshing = scope.async { wall.sync.refresh(token) }
        delay(after)
        token.cancel()
        return withTimeout(step.getValue("within_ms").jsonPrimitive.long) { asJson(refreshing.await()).jsonObject }
    }

    private fun requests(): Map<String, JsonElement> {
        val url = URI(towns.first().serverUrl + "/requests").toURL()
        val requests = Json.parseToJsonElement(url.readText()).jsonArray
        return mapOf("count" to JsonPrimitive(requests.size), "last" to (requests.lastOrNull() ?: JsonNull))
    }

    private fun assertNowhere(text: String, where: String) {
        for (failure in caught) {
            val said = StringWriter().also { failure.printStackTrace(PrintWriter(it)) }.toString() + asJson(failure)
            assertFalse(text in said, "$where: it is in $said")
        }
        assertTrue(caught.isNotEmpty(), "$where: nothing was thrown")
        assertTrue(platform.lines.none { text in it }, "$where: it is in the log: ${platform.lines}")
    }

    private fun townOf(town: JsonObject) = Town(
        id = town.text("id"),
        name = town.text("name"),
        serverUrl = town.text("server_url").replace("{server}", server),
        environment = Environment.valueOf(town.text("environment").uppercase()),
        roots = town.getValue("roots").jsonArray.map { it.jsonPrimitive.content },
        rootThreshold = town.getValue("root_threshold").jsonPrimitive.int.toUByte(),
        comuni = town.getValue("comuni").jsonArray.map { it.jsonPrimitive.content },
    )

    private fun draftOf(place: JsonObject) = PlaceDraft(
        id = place["id"]?.jsonPrimitive?.contentOrNull,
        name = place.text("name"),
        comune = place.text("comune"),
        lon = place["lon"]?.jsonPrimitive?.double,
        lat = place["lat"]?.jsonPrimitive?.double,
        ringsFrom = place["rings_from"]?.jsonPrimitive?.contentOrNull?.let { Level.valueOf(it.uppercase()) },
        quietFrom = place["quiet_from"]?.jsonPrimitive?.contentOrNull,
        quietTo = place["quiet_to"]?.jsonPrimitive?.contentOrNull,
    )
}

private suspend fun nothing(work: suspend () -> Unit): Map<String, JsonElement> {
    work()
    return emptyMap()
}

/** The fields of `value` and of `variant`, whose name is the `outcome`. */
private fun fieldsWithOutcome(value: Any, variant: Any): Map<String, JsonElement> =
    asJson(value).jsonObject + asJson(variant).jsonObject + ("outcome" to JsonPrimitive(variant.javaClass.simpleName.lowercase()))

private fun JsonObject.text(name: String): String = getValue(name).jsonPrimitive.content

private fun JsonObject.bytes(): ByteArray = Base64.getDecoder().decode(text("bytes"))
