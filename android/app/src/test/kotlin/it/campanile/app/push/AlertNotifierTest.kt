package it.campanile.app.push

import android.app.Application
import android.app.Notification
import android.app.NotificationManager
import it.campanile.app.R
import it.campanile.app.support.notification
import it.campanile.app.system.service
import it.campanile.wall.Level
import it.campanile.wall.Loudness
import it.campanile.wall.Status
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import kotlin.test.assertEquals
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue

@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], application = Application::class, qualifiers = "it-rIT")
class AlertNotifierTest {
    private val app get() = RuntimeEnvironment.getApplication()
    private val manager get() = app.service<NotificationManager>()
    private val notifier by lazy { AlertNotifier(app) }

    private fun post(loudness: Loudness, status: Status = Status.ACTUAL): Notification? {
        notifier.post(notification("a", loudness, status))
        return manager.activeNotifications.singleOrNull()?.notification
    }

    @Test fun each_loudness_has_a_channel_that_is_as_loud() {
        val importance = listOf(Loudness.PASSIVE, Loudness.QUIET, Loudness.RING, Loudness.FULL_SCREEN).map { manager.getNotificationChannel(post(it)!!.channelId).importance }
        assertEquals(listOf(NotificationManager.IMPORTANCE_MIN, NotificationManager.IMPORTANCE_LOW, NotificationManager.IMPORTANCE_HIGH, NotificationManager.IMPORTANCE_HIGH), importance)
    }

    @Test fun what_is_for_the_app_alone_is_not_posted() = assertNull(post(Loudness.NONE))

    @Test fun the_highest_alert_is_an_alarm_that_asks_for_the_whole_screen_and_passes_do_not_disturb() {
        val posted = post(Loudness.FULL_SCREEN)!!
        assertEquals(Notification.CATEGORY_ALARM, posted.category)
        assertNotNull(posted.fullScreenIntent)
        assertTrue(manager.getNotificationChannel(posted.channelId).canBypassDnd())
    }

    @Test fun safety_rule_5_an_exercise_never_rings_or_fills_the_screen_however_loud_it_is_called() {
        for (loudness in Loudness.entries.filter { it != Loudness.NONE }) for (status in listOf(Status.EXERCISE, Status.TEST)) {
            val posted = post(loudness, status)!!
            assertTrue(manager.getNotificationChannel(posted.channelId).importance <= NotificationManager.IMPORTANCE_LOW)
            assertNull(posted.fullScreenIntent)
            assertEquals("Esercitazione o prova", posted.extras.getString(Notification.EXTRA_SUB_TEXT))
            assertEquals(app.getColor(R.color.exercise), posted.color)
        }
    }

    @Test fun the_words_are_those_of_the_core() {
        val posted = post(Loudness.RING)!!
        assertEquals("Allerta rossa: piena del Secchia", posted.extras.getString(Notification.EXTRA_TITLE))
        assertEquals("In verifica\nSali ai piani alti.", posted.extras.getString(Notification.EXTRA_BIG_TEXT))
        assertTrue(posted.tickerText.startsWith("Allerta rossa"))
    }

    @Test fun the_same_tag_replaces_and_does_not_ring_again() {
        post(Loudness.RING)
        val second = post(Loudness.RING)!!
        assertTrue(second.flags and Notification.FLAG_ONLY_ALERT_ONCE != 0)
    }

    @Test fun removing_takes_the_notification_away() {
        post(Loudness.RING)
        notifier.remove(listOf("a"))
        assertEquals(0, manager.activeNotifications.size)
    }

    @Test fun every_level_gives_its_colour() {
        for ((level, color) in mapOf(Level.ROSSA to R.color.rossa, Level.ARANCIONE to R.color.arancione, Level.GIALLA to R.color.gialla, Level.UNKNOWN to R.color.unknown)) {
            notifier.post(notification("a", Loudness.RING, Status.ACTUAL, level))
            assertEquals(app.getColor(color), manager.activeNotifications.single().notification.color)
        }
    }
}
