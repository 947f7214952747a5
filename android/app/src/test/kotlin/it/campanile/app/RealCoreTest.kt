package it.campanile.app

import android.app.Activity
import android.app.Notification
import android.app.NotificationManager
import android.content.Intent
import it.campanile.app.push.Channel
import it.campanile.app.push.FromDistributor
import it.campanile.app.push.PushReceiver
import it.campanile.app.push.Registration
import it.campanile.app.push.UnifiedPush
import it.campanile.app.support.Nowhere
import it.campanile.app.support.Silence
import it.campanile.app.support.TestClock
import it.campanile.app.support.TestKeys
import it.campanile.app.support.finishBackground
import it.campanile.app.support.said
import it.campanile.app.support.settleUntil
import it.campanile.app.support.texts
import it.campanile.app.system.service
import it.campanile.wall.CampanileConfig
import it.campanile.wall.Environment
import it.campanile.wall.PlaceDraft
import it.campanile.wall.Platform
import it.campanile.wall.Town
import kotlinx.coroutines.runBlocking
import org.json.JSONArray
import org.json.JSONObject
import org.junit.After
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode
import java.io.File
import java.time.Instant
import java.util.Base64
import kotlin.test.assertEquals
import kotlin.test.assertNotNull
import kotlin.test.assertTrue

/** The app over the real core: signed bytes in by broadcast, a notification and a card out. Bytes of `tests/scenarios`. */
@RunWith(RobolectricTestRunner::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
@Config(sdk = [35], application = RealCoreTest.App::class, qualifiers = "it-rIT-w393dp-h851dp-xhdpi")
class RealCoreTest {
    class App : CampanileApp() {
        override val platform get() = Platform(TestKeys, TestClock, Nowhere, Silence)
        override val config by lazy {
            CampanileConfig(File(noBackupFilesDir, "store").path, listOf(townOf(RED)), "it", Instant.parse(RED.getString("built_at")))
        }
    }

    private val app get() = RuntimeEnvironment.getApplication() as App
    private val manager get() = app.service<NotificationManager>()

    @Before fun a_phone_in_modena_that_trusts_its_town() = runBlocking {
        TestClock.at = Instant.parse(RED.getString("now"))
        val wall = app.walls.wall()
        wall.places.save(PlaceDraft(name = "Casa", comune = "036023"))
        wall.alerts.receive(bytes(RED, 0))
        app.inbox.reconcile(wall)
    }

    @After fun close() = runBlocking { app.walls.wall().close() }

    private fun push(bytes: ByteArray) {
        val intent = Intent(FromDistributor.MESSAGE)
            .putExtra(UnifiedPush.EXTRA_TOKEN, Registration(app).token())
            .putExtra(UnifiedPush.EXTRA_BYTES, bytes)
        PushReceiver().onReceive(app, intent)
        finishBackground(app)
    }

    private fun open(): Activity = Robolectric.buildActivity(MainActivity::class.java).setup().get().also { activity ->
        settleUntil("the list") { activity.texts().none { it == app.getString(R.string.avvisi_loading) } }
    }

    @Test fun a_red_alert_of_two_officers_rings_as_an_alarm_and_is_on_the_screen() {
        push(bytes(RED, 1))
        val posted = manager.activeNotifications.single().notification
        assertEquals("Allerta rossa: piena del Secchia", posted.extras.getString(Notification.EXTRA_TITLE))
        assertEquals(Channel.EMERGENCY.id, posted.channelId)
        assertNotNull(posted.fullScreenIntent)
        val activity = open()
        settleUntil("the card") { activity.said().any { it.startsWith("Allerta rossa") && "Sali ai piani alti. Non usare sottopassi e cantine." in it } }
    }

    @Test fun an_alert_that_comes_while_the_list_is_open_appears_in_it() {
        val activity = open()
        push(bytes(RED, 1))
        settleUntil("the card") { "Allerta rossa: piena del Secchia" in activity.texts() }
    }

    @Test fun safety_rule_7_a_forged_alert_neither_rings_nor_shows() {
        for (forged in listOf("a_forged_alert_is_refused", "a_red_alert_with_one_signature_is_refused", "an_alert_with_a_changed_byte_is_refused")) {
            push(bytes(scenario(forged), 1))
        }
        assertEquals(0, manager.activeNotifications.size)
        assertTrue(open().texts().none { "Secchia" in it })
        val reasons = runBlocking { app.walls.wall().alerts.refused(10).map { it.reason } }
        assertEquals(listOf("bad_signature", "too_few_persons", "unknown_key"), reasons)
    }

    @Test fun safety_rule_5_an_exercise_is_posted_without_sound() {
        push(bytes(scenario("an_exercise_never_rings_like_an_alert"), 1))
        assertEquals(Channel.EXERCISE.id, manager.activeNotifications.single().notification.channelId)
    }

    @Test fun the_same_alert_pushed_twice_is_one_notification_and_one_card() {
        repeat(2) { push(bytes(RED, 1)) }
        assertEquals(1, manager.activeNotifications.size)
        assertEquals(1, runBlocking { app.walls.wall().alerts.list().rows.size })
    }

    @Test fun safety_rule_10_without_a_head_the_screen_does_not_say_that_there_are_none() {
        val texts = open().texts()
        assertTrue(texts.any { it.startsWith("Non sappiamo se ci sono allerte") }, "$texts")
        assertTrue(texts.none { it.startsWith("Nessuna allerta") })
    }

    private companion object {
        val RED by lazy { scenario("a_red_alert_of_two_officers_is_shown_until_it_was_seen") }

        fun scenario(name: String) = JSONObject(File(System.getProperty("campanile.workspace"), "tests/scenarios/$name.json").readText())

        /** The bytes of the scenario's step with this number among those that have some: 0 is the trust list. */
        fun bytes(scenario: JSONObject, number: Int): ByteArray {
            val steps = scenario.getJSONArray("steps")
            val texts = (0 until steps.length()).map(steps::getJSONObject).filter { it.has("bytes") }.map { it.getString("bytes") }
            return Base64.getDecoder().decode(texts[number])
        }

        fun townOf(scenario: JSONObject): Town {
            val town = scenario.getJSONArray("towns").getJSONObject(0)
            // Nobody answers there: what the app shows must come from the pushed bytes.
            return Town(
                town.getString("id"), town.getString("name"), "http://127.0.0.1:9", Environment.valueOf(town.getString("environment").uppercase()),
                town.getJSONArray("roots").strings(), town.getInt("root_threshold").toUByte(), town.getJSONArray("comuni").strings(),
            )
        }

        private fun JSONArray.strings() = (0 until length()).map(::getString)
    }
}
