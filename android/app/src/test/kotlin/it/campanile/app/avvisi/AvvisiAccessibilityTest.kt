package it.campanile.app.avvisi

import android.app.Activity
import android.graphics.Color
import android.text.Layout
import android.view.View
import android.widget.ImageButton
import android.widget.TextView
import it.campanile.app.MainActivity
import it.campanile.app.R
import it.campanile.app.design.LevelLook
import it.campanile.app.support.FakeApp
import it.campanile.app.support.NOT_KNOWN
import it.campanile.app.support.oldHead
import it.campanile.app.support.row
import it.campanile.app.support.said
import it.campanile.app.support.settle
import it.campanile.app.support.tree
import it.campanile.wall.Level
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** What TalkBack meets, and what remains at twice the text size on a small phone. */
@RunWith(RobolectricTestRunner::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
@Config(sdk = [35], application = FakeApp::class, qualifiers = "it-rIT-w360dp-h640dp-xhdpi")
class AvvisiAccessibilityTest {
    private val app get() = RuntimeEnvironment.getApplication() as FakeApp

    private fun open(): Activity {
        app.wall.instructions["1"] = "Sali ai piani alti. Non usare sottopassi e cantine."
        app.wall.board.value = it.campanile.wall.AlertList(
            listOf(
                row("1", Level.ROSSA, "Allerta rossa: piena del Secchia", "fino alle 18:00"),
                row("2", Level.GIALLA, "Allerta gialla: vento", labels = listOf("Abbassata da arancione, da confermare")),
            ),
            oldHead(), NOT_KNOWN,
        )
        return Robolectric.buildActivity(MainActivity::class.java).setup().get().also { settle() }
    }

    private fun Activity.targets(): List<View> = tree().filter { it.isClickable && it.isShown && it.isEnabled }

    private fun eachSize(check: (Activity, String) -> Unit) {
        for (scale in listOf(1f, 1.3f, 2f)) {
            RuntimeEnvironment.setFontScale(scale)
            check(open(), "at $scale")
        }
    }

    @Test fun every_target_is_48_dp_high_and_wide_at_every_text_size() = eachSize { activity, at ->
        val least = 48 * activity.resources.displayMetrics.density
        assertTrue(activity.targets().size >= 3)
        for (view in activity.targets()) assertTrue(view.height >= least && view.width >= least, "$view is ${view.width}x${view.height} px $at")
    }

    @Test fun every_target_has_a_name() {
        for (view in open().targets()) {
            val node = view.createAccessibilityNodeInfo()
            assertTrue(!node.contentDescription.isNullOrBlank() || !node.text.isNullOrBlank(), "$view has no name")
        }
    }

    @Test fun the_order_of_reading_is_name_state_then_the_worst() {
        val said = open().said()
        val order = listOf("Avvisi", "Situazione non nota: ultimo controllo oggi alle 6:05", "Allerta rossa").map { start -> said.indexOfFirst { it.startsWith(start) } }
        assertTrue(order.all { it >= 0 } && order == order.sorted(), "$order of $said")
    }

    @Test fun the_name_of_the_screen_is_a_heading() {
        assertTrue(open().tree().any { it is TextView && it.text.toString() == "Avvisi" && it.isAccessibilityHeading })
    }

    @Test fun a_card_is_one_node_and_its_parts_are_silent() {
        val card = open().tree().single { it.contentDescription?.startsWith("Allerta rossa") == true } as android.view.ViewGroup
        for (i in 0 until card.childCount) {
            assertEquals(View.IMPORTANT_FOR_ACCESSIBILITY_NO_HIDE_DESCENDANTS, card.getChildAt(i).importantForAccessibility)
        }
    }

    @Test fun no_text_is_cut_at_any_size() = eachSize { activity, at ->
        val texts = activity.tree().filterIsInstance<TextView>().filter { it.isShown && it.text.isNotBlank() }
        assertTrue(texts.size > 5)
        for (view in texts) {
            val layout: Layout = view.layout ?: continue
            assertTrue((0 until layout.lineCount).none { layout.getEllipsisCount(it) > 0 }, "'${view.text}' is shortened $at")
            val room = view.height - view.compoundPaddingTop - view.compoundPaddingBottom
            assertTrue(layout.height <= room + 1, "'${view.text}' needs ${layout.height} px of $room $at")
            val widest = (0 until layout.lineCount).maxOf { layout.getLineMax(it) }
            assertTrue(widest <= layout.width + 1, "'${view.text}' is wider than its box $at")
        }
    }

    @Test fun texts_and_marks_have_enough_contrast_in_both_themes() {
        for (theme in listOf("it-rIT-notnight", "it-rIT-night")) {
            RuntimeEnvironment.setQualifiers(theme)
            fun color(id: Int) = app.getColor(id)
            for (ground in listOf(R.color.ground, R.color.surface)) {
                for (ink in listOf(R.color.ink, R.color.ink_soft, R.color.accent)) assertContrast(4.5, color(ink), color(ground), theme)
            }
            assertContrast(4.5, color(R.color.caution_ink), color(R.color.caution_surface), theme)
            assertContrast(4.5, color(R.color.accent_ink), color(R.color.accent_surface), theme)
            for (look in LevelLook.entries) {
                assertContrast(4.5, color(look.ink), color(look.fill), "$look $theme")
                // Against the card a figure is told by its fill or, where that is too close, by its outline.
                val best = maxOf(contrast(color(look.fill), color(R.color.surface)), visibleContrast(color(look.outline), color(R.color.surface)))
                assertTrue(best >= 3.0, "$look on its card has $best in $theme")
            }
        }
    }

    @Test fun the_refresh_button_says_what_it_does() {
        assertEquals("Controlla adesso", open().tree().filterIsInstance<ImageButton>().single().contentDescription)
    }

    private fun assertContrast(least: Double, ink: Int, ground: Int, what: String) {
        val found = contrast(ink, ground)
        assertTrue(found >= least, "$what: ${Integer.toHexString(ink)} on ${Integer.toHexString(ground)} has $found")
    }

    private fun visibleContrast(color: Int, ground: Int) = if (Color.alpha(color) == 0) 1.0 else contrast(color, ground)

    /** Source: WCAG 2.2, contrast ratio. */
    private fun contrast(a: Int, b: Int): Double {
        val (low, high) = listOf(Color.luminance(a).toDouble(), Color.luminance(b).toDouble()).sorted()
        return (high + 0.05) / (low + 0.05)
    }
}
