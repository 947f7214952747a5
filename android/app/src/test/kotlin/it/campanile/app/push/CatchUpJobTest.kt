package it.campanile.app.push

import android.app.NotificationManager
import android.app.job.JobScheduler
import it.campanile.app.support.FakeApp
import it.campanile.app.support.notification
import it.campanile.app.system.service
import kotlinx.coroutines.runBlocking
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals

@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], application = FakeApp::class)
class CatchUpJobTest {
    private val app get() = RuntimeEnvironment.getApplication() as FakeApp

    @Test fun the_app_plans_an_hourly_catch_up_with_a_network() {
        val job = app.service<JobScheduler>().getPendingJob(CatchUpJob.ID)!!
        assertEquals(3_600_000, job.intervalMillis)
        assertEquals(CatchUpJob::class.java.name, job.service.className)
    }

    @Test fun the_first_catch_up_saves_the_town_as_a_place_and_registers_once() = runBlocking {
        app.wall.places.saved.clear()
        app.catchUp()
        app.catchUp()
        assertEquals(listOf("036023"), app.wall.places.saved.map { it.comune })
        assertEquals(1, app.wall.endpoints.size)
    }

    @Test fun a_catch_up_posts_what_was_never_shown_once_and_renews_the_files() = runBlocking {
        app.wall.waiting += notification("a")
        app.catchUp()
        app.catchUp()
        assertEquals(listOf("a"), app.service<NotificationManager>().activeNotifications.map { it.tag })
        assertEquals(listOf("a"), app.wall.shown)
        assertContentEquals(byteArrayOf(1), PushFolder.of(app, app.platform.keyStore).snapshot())
    }
}
