package it.campanile.app.avvisi

import android.Manifest
import android.app.Activity
import android.content.Intent
import android.view.View
import android.widget.ImageButton
import android.widget.ImageView
import it.campanile.app.MainActivity
import it.campanile.app.R
import it.campanile.app.support.FakeApp
import it.campanile.app.support.NOT_KNOWN
import it.campanile.app.support.oldHead
import it.campanile.app.support.row
import it.campanile.app.support.said
import it.campanile.app.support.settle
import it.campanile.app.support.texts
import it.campanile.app.support.tree
import it.campanile.wall.AlertList
import it.campanile.wall.InternalException
import it.campanile.wall.Level
import it.campanile.wall.LockedException
import it.campanile.wall.OfflineException
import it.campanile.wall.Phase
import it.campanile.wall.Status
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertTrue
import it.campanile.app.design.LevelDrawable
import it.campanile.app.design.LevelLook

@RunWith(RobolectricTestRunner::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
@Config(sdk = [35], application = FakeApp::class, qualifiers = "it-rIT-w393dp-h851dp-xhdpi")
class AvvisiScreenTest {
    private val app get() = RuntimeEnvironment.getApplication() as FakeApp
    private val wall get() = app.wall

    private fun open(intent: Intent = Intent(app, MainActivity::class.java)): Activity =
        Robolectric.buildActivity(MainActivity::class.java, intent).setup().get().also { settle() }

    private fun show(vararg rows: it.campanile.wall.AlertRow) {
        wall.board.value = wall.board.value.copy(rows = rows.toList())
    }

    @Test fun an_empty_list_says_so_with_the_time_of_the_check() {
        assertTrue("Nessuna allerta. Ultimo controllo 10:42" in open().texts())
    }

    @Test fun a_card_says_level_first_and_what_to_do_last() {
        wall.instructions["1"] = "Sali ai piani alti."
        show(row("1", Level.ROSSA, "Allerta rossa: piena del Secchia", "fino alle 18:00"))
        val card = open().said().single { it.startsWith("Allerta rossa") }
        assertTrue(card.endsWith("Sali ai piani alti."), card)
        assertTrue("Casa" in card && "fino alle 18:00" in card, card)
    }

    @Test fun every_level_is_said_first_on_its_card() {
        val titles = listOf(Level.ROSSA to "Allerta rossa", Level.ARANCIONE to "Allerta arancione", Level.GIALLA to "Allerta gialla", Level.UNKNOWN to "Livello non ancora noto")
        show(*titles.mapIndexed { i, (level, words) -> row("$i", level, "$words: vento") }.toTypedArray())
        val said = open().said()
        for ((_, words) in titles) assertTrue(said.any { it.startsWith(words) }, "$words in $said")
    }

    @Test fun an_alert_that_arrives_while_the_screen_is_open_appears() {
        val activity = open()
        show(row("1", Level.GIALLA, "Allerta gialla: vento"))
        settle()
        assertTrue("Allerta gialla: vento" in activity.texts())
    }

    @Test fun safety_rule_10_an_old_head_is_never_no_alerts() {
        wall.board.value = AlertList(emptyList(), oldHead(), NOT_KNOWN)
        val texts = open().texts()
        assertTrue(NOT_KNOWN in texts)
        assertTrue(texts.none { it.contains("Nessuna allerta") })
    }

    @Test fun safety_rule_10_an_old_head_is_said_above_a_list_too() {
        wall.board.value = AlertList(listOf(row("1", Level.GIALLA, "Allerta gialla: vento")), oldHead(), NOT_KNOWN)
        val texts = open().texts()
        assertTrue(texts.indexOf(oldHead().words) in 0 until texts.indexOf("Allerta gialla: vento"), "$texts")
    }

    @Test fun safety_rule_1_unknown_is_never_drawn_green() {
        val look = lookOf(row("1", Level.UNKNOWN, "Livello non ancora noto: pioggia"))
        assertEquals(LevelLook.UNKNOWN, look)
        for (theme in listOf("it-rIT", "it-rIT-night")) {
            RuntimeEnvironment.setQualifiers(theme)
            assertFalse(app.getColor(look.fill) == app.getColor(R.color.verde))
        }
    }

    @Test fun safety_rule_1_an_empty_list_is_green_only_when_the_core_calls_it_an_all_clear() {
        fun drawnGreen() = open().tree().filterIsInstance<ImageView>().any { (it.drawable as? LevelDrawable)?.look == LevelLook.VERDE }
        assertTrue(drawnGreen())
        wall.board.value = wall.board.value.copy(isAllClear = false)
        assertFalse(drawnGreen())
    }

    @Test fun safety_rule_1_what_expired_by_itself_is_never_drawn_green() {
        assertEquals(LevelLook.PAST, lookOf(row("1", Level.GIALLA, "Allerta gialla: vento", phase = Phase.EXPIRED)))
    }

    @Test fun safety_rule_5_an_exercise_never_wears_the_colour_or_shape_of_its_level() {
        for (level in Level.entries) for (status in listOf(Status.EXERCISE, Status.TEST)) for (phase in Phase.entries) {
            assertEquals(LevelLook.EXERCISE, lookOf(row("1", level, "ESERCITAZIONE", status = status, phase = phase)))
        }
    }

    @Test fun no_two_levels_share_a_shape() {
        val real = listOf(LevelLook.VERDE, LevelLook.GIALLA, LevelLook.ARANCIONE, LevelLook.ROSSA, LevelLook.UNKNOWN, LevelLook.EXERCISE)
        assertEquals(real.size, real.map { it.figure }.toSet().size)
    }

    @Test fun alerts_elsewhere_come_after_those_here_under_their_own_heading() {
        show(row("1", Level.GIALLA, "Allerta gialla: vento"), row("2", Level.ROSSA, "Altrove, a Carpi: Allerta rossa: piena", places = emptyList()))
        val texts = open().texts()
        val order = listOf("Per i tuoi luoghi", "Allerta gialla: vento", "Altrove", "Altrove, a Carpi: Allerta rossa: piena").map(texts::indexOf)
        assertTrue(order.all { it >= 0 } && order == order.sorted(), "$order of $texts")
    }

    @Test fun the_screen_asks_the_network_when_it_opens_and_when_told() {
        val activity = open()
        assertEquals(1, wall.refreshes)
        activity.tree().filterIsInstance<ImageButton>().single { it.contentDescription == "Controlla adesso" }.performClick()
        settle()
        assertEquals(2, wall.refreshes)
    }

    @Test fun a_check_that_fails_is_said_and_the_list_stays() {
        wall.refreshFails = OfflineException()
        show(row("1", Level.GIALLA, "Allerta gialla: vento"))
        val activity = open()
        activity.tree().filterIsInstance<ImageButton>().single().performClick()
        settle()
        val texts = activity.texts()
        assertTrue("Il controllo non è riuscito. Quello che vedi è di prima." in texts, "$texts")
        assertTrue("Allerta gialla: vento" in texts)
    }

    @Test fun a_locked_phone_is_said_and_never_shown_as_no_alerts() {
        app.opening = LockedException()
        val texts = open().texts()
        assertTrue("Sblocca il telefono per vedere gli avvisi." in texts)
        assertTrue(texts.none { it.contains("Nessuna allerta") })
    }

    @Test fun a_store_that_does_not_open_names_its_code_and_opens_again_when_told() {
        app.opening = InternalException("platform_failed")
        val activity = open()
        assertTrue(activity.texts().any { "platform_failed" in it })
        app.opening = null
        activity.tree().filterIsInstance<android.widget.Button>().first { it.text == "Controlla adesso" }.performClick()
        settle()
        assertTrue("Nessuna allerta. Ultimo controllo 10:42" in activity.texts())
    }

    @Test fun a_tap_opens_the_alert_in_full_marks_it_seen_and_back_returns() {
        wall.instructions["1"] = "Sali ai piani alti."
        show(row("1", Level.ROSSA, "Allerta rossa: piena del Secchia", "fino alle 18:00"))
        val activity = open()
        activity.tree().single { it.contentDescription?.startsWith("Allerta rossa") == true }.performClick()
        settle()
        assertTrue(activity.texts().containsAll(listOf("Che cosa fare", "Sali ai piani alti.", "Dove", "San Faustino, Madonnina\nCasa")), "${activity.texts()}")
        assertEquals(listOf("1"), wall.seen)
        @Suppress("DEPRECATION") activity.onBackPressed()
        settle()
        assertTrue(activity.tree().any { it.id == R.id.avvisi_list })
    }

    @Test fun a_notification_opens_its_own_alert() {
        show(row("1", Level.ROSSA, "Allerta rossa: piena del Secchia"))
        val activity = open(Intent(app, MainActivity::class.java).putExtra(MainActivity.ALERT, "1"))
        assertTrue("Ho letto" in activity.texts())
    }

    @Test fun a_notification_of_an_alert_that_is_gone_says_so() {
        val activity = open(Intent(app, MainActivity::class.java).putExtra(MainActivity.ALERT, "gone"))
        assertTrue("Questo avviso non c’è più." in activity.texts())
    }

    @Test fun the_emergency_button_opens_the_dialler_and_does_not_call() {
        val activity = open()
        activity.tree().single { it.contentDescription == "Sei in pericolo? Chiama il 112" }.performClick()
        val started = shadowOf(activity).nextStartedActivity
        assertEquals(Intent.ACTION_DIAL, started.action)
        assertEquals("tel:112", started.dataString)
    }

    @Test fun without_the_permission_to_notify_the_person_is_asked_for_it() {
        shadowOf(app).denyPermissions(Manifest.permission.POST_NOTIFICATIONS)
        val asked = shadowOf(open()).nextStartedActivity
        assertTrue(asked.extras!!.getStringArray("android.content.pm.extra.REQUEST_PERMISSIONS_NAMES")!!.contains(Manifest.permission.POST_NOTIFICATIONS))
    }

    @Test fun a_thousand_alerts_make_only_the_views_that_fit() {
        show(*(1..1000).map { row("$it", Level.GIALLA, "Allerta gialla: vento $it") }.toTypedArray())
        val list = open().requireViewById<android.widget.ListView>(R.id.avvisi_list)
        assertEquals(1000, list.adapter.count)
        assertTrue(list.childCount < 15, "${list.childCount} views")
        assertEquals(View.VISIBLE, list.visibility)
    }
}
