package it.campanile.app.avvisi

import android.app.Activity
import android.content.Intent
import it.campanile.app.MainActivity
import it.campanile.app.support.FakeApp
import it.campanile.app.support.NOT_KNOWN
import it.campanile.app.support.assertLooksLike
import it.campanile.app.support.knownHead
import it.campanile.app.support.oldHead
import it.campanile.app.support.row
import it.campanile.app.support.settle
import it.campanile.wall.AlertList
import it.campanile.wall.Level
import it.campanile.wall.Phase
import it.campanile.wall.Status
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** The golden pictures of the screen of alerts; see `assertLooksLike` for how they are renewed. */
@RunWith(RobolectricTestRunner::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
@Config(sdk = [35], application = FakeApp::class, qualifiers = "it-rIT-w393dp-h851dp-xhdpi")
class AvvisiPicturesTest {
    private val wall get() = (RuntimeEnvironment.getApplication() as FakeApp).wall

    private fun screen(): Activity = Robolectric.buildActivity(MainActivity::class.java).setup().get().also { settle() }

    private fun fourLevels() {
        wall.instructions["1"] = "Sali ai piani alti. Non usare sottopassi e cantine."
        wall.board.value = wall.board.value.copy(
            rows = listOf(
                row("1", Level.ROSSA, "Allerta rossa: piena del Secchia", "fino alle 18:00", listOf("Casa")),
                row("2", Level.ARANCIONE, "Allerta arancione domani a Modena: rischio temporali", "per tutta la giornata", listOf("Casa", "Lavoro"), labels = listOf("Abbassata da rossa, da confermare"), source = "Fonte: bollettino nazionale, oggi alle 15:40"),
                row("3", Level.GIALLA, "Altrove, a Carpi: Allerta gialla: vento forte", "fino a sabato, ore 12:00", emptyList(), source = "Fonte: Comune di Carpi, oggi alle 9:20"),
                row("4", Level.VERDE, "Altrove, a Sassuolo: Cessata: frana in via Regina Pacis", "", emptyList(), phase = Phase.ENDED, source = "Fonte: Comune di Sassuolo, ieri alle 9:12"),
            ),
        )
    }

    @Test fun four_levels_in_the_light() {
        fourLevels()
        assertLooksLike("android-avvisi", screen())
    }

    @Test @Config(qualifiers = "+night") fun four_levels_in_the_dark() {
        fourLevels()
        assertLooksLike("android-avvisi-dark", screen())
    }

    @Test fun four_levels_at_twice_the_text_size() {
        RuntimeEnvironment.setFontScale(2f)
        fourLevels()
        assertLooksLike("android-avvisi-200", screen())
    }

    @Test @Config(qualifiers = "en-rGB-w393dp-h851dp-xhdpi") fun four_levels_in_english() {
        wall.instructions["1"] = "Go to the upper floors. Keep out of underpasses and cellars."
        wall.board.value = AlertList(
            listOf(
                row("1", Level.ROSSA, "Red alert: Secchia in flood", "until 18:00", listOf("Home"), source = "Source: Comune di Modena, today at 10:31"),
                row("2", Level.ARANCIONE, "Orange alert tomorrow at Modena: thunderstorms", "all day", listOf("Home", "Work"), source = "Source: national bulletin, today at 15:40"),
            ),
            knownHead().copy(words = "Checked at 10:42"), "No alerts. Last checked 10:42",
        )
        assertLooksLike("android-avvisi-en", screen())
    }

    @Test @Config(qualifiers = "+land") fun four_levels_on_a_phone_on_its_side() {
        RuntimeEnvironment.setQualifiers("+w851dp-h393dp-land")
        fourLevels()
        assertLooksLike("android-avvisi-landscape", screen())
    }

    @Test fun one_alert_in_full() {
        fourLevels()
        val intent = Intent(RuntimeEnvironment.getApplication(), MainActivity::class.java).putExtra(MainActivity.ALERT, "1")
        assertLooksLike("android-avviso", Robolectric.buildActivity(MainActivity::class.java, intent).setup().get().also { settle() })
    }

    @Test fun no_alert_after_a_recent_check() = assertLooksLike("android-avvisi-none", screen())

    @Test fun not_known_after_an_old_head() {
        wall.board.value = AlertList(emptyList(), oldHead(), NOT_KNOWN)
        assertLooksLike("android-avvisi-not-known", screen())
    }

    @Test fun an_exercise_beside_an_alert_whose_head_is_old() {
        wall.board.value = AlertList(
            listOf(
                row("1", Level.GIALLA, "Allerta gialla: vento forte", "fino alle 20:00"),
                row("2", Level.ROSSA, "ESERCITAZIONE. Allerta rossa: evacuazione della scuola Pascoli. ESERCITAZIONE", "fino alle 12:00", status = Status.EXERCISE),
            ),
            oldHead(), NOT_KNOWN,
        )
        assertLooksLike("android-avvisi-exercise", screen())
    }
}
