package it.campanile.app.push

import android.content.ComponentName
import android.content.Intent
import android.content.IntentFilter
import it.campanile.app.support.FakeApp
import it.campanile.app.support.finishBackground
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNotEquals
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** What passes between this app and a UnifiedPush distributor. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], application = FakeApp::class)
class PushReceiverTest {
    private val app get() = RuntimeEnvironment.getApplication() as FakeApp
    private val registration by lazy { Registration(app) }
    private val push by lazy { UnifiedPush(app, registration) }

    private fun installDistributor(name: String) {
        val component = ComponentName(name, "$name.Receiver")
        shadowOf(app.packageManager).addReceiverIfNotPresent(component)
        shadowOf(app.packageManager).addIntentFilterForReceiver(component, IntentFilter(ToDistributor.REGISTER))
    }

    private fun sent() = shadowOf(app).broadcastIntents.filter { it.action!!.startsWith("org.unifiedpush") }

    private fun deliver(action: String, token: String?, change: Intent.() -> Unit = {}) {
        PushReceiver().onReceive(app, Intent(action).putExtra(UnifiedPush.EXTRA_TOKEN, token).apply(change))
        finishBackground(app)
    }

    @Test fun without_a_distributor_it_is_not_available_and_asks_nobody() {
        assertFalse(push.isAvailable())
        push.register()
        assertEquals(emptyList(), sent())
    }

    @Test fun registering_asks_the_distributor_with_our_token() {
        installDistributor("org.example.push")
        push.register()
        val asked = sent().single()
        assertEquals("org.example.push", asked.`package`)
        assertEquals(registration.token(), asked.getStringExtra(UnifiedPush.EXTRA_TOKEN))
        assertTrue(asked.getStringExtra(UnifiedPush.EXTRA_DESCRIPTION)!!.isNotBlank())
    }

    @Test fun the_chosen_distributor_is_asked_again_even_when_another_comes_first() {
        installDistributor("org.example.b")
        push.register()
        installDistributor("org.example.a")
        push.register()
        assertEquals(listOf("org.example.b", "org.example.b"), sent().map { it.`package` })
    }

    @Test fun the_endpoint_is_kept_until_the_distributor_takes_it_back() {
        deliver(FromDistributor.NEW_ENDPOINT, registration.token()) { putExtra(UnifiedPush.EXTRA_ENDPOINT, "https://push.example/x") }
        assertEquals("https://push.example/x", Registration(app).endpoint)
        deliver(FromDistributor.UNREGISTERED, registration.token())
        assertNull(Registration(app).endpoint)
    }

    @Test fun a_message_reaches_the_store_and_is_acknowledged() {
        installDistributor("org.example.push")
        push.register()
        deliver(FromDistributor.MESSAGE, registration.token()) {
            putExtra(UnifiedPush.EXTRA_BYTES, byteArrayOf(42))
            putExtra(UnifiedPush.EXTRA_ID, "m1")
        }
        assertContentEquals(byteArrayOf(42), app.wall.received.single())
        val acknowledged = sent().last()
        assertEquals(ToDistributor.MESSAGE_ACK to "m1", acknowledged.action to acknowledged.getStringExtra(UnifiedPush.EXTRA_ID))
    }

    @Test fun a_broadcast_without_our_token_changes_nothing() {
        for (token in listOf(null, "", "guess")) {
            deliver(FromDistributor.NEW_ENDPOINT, token) { putExtra(UnifiedPush.EXTRA_ENDPOINT, "https://evil.example") }
            deliver(FromDistributor.MESSAGE, token) { putExtra(UnifiedPush.EXTRA_BYTES, byteArrayOf(42)) }
        }
        assertNull(registration.endpoint)
        assertEquals(0, app.wall.received.size)
    }

    @Test fun a_message_larger_than_any_push_service_carries_is_not_taken() {
        deliver(FromDistributor.MESSAGE, registration.token()) { putExtra(UnifiedPush.EXTRA_BYTES, ByteArray(4097)) }
        assertEquals(0, app.wall.received.size)
    }

    @Test fun giving_the_endpoint_back_forgets_the_token() {
        installDistributor("org.example.push")
        push.register()
        val before = registration.token()
        push.unregister()
        assertEquals(ToDistributor.UNREGISTER, sent().last().action)
        assertNotEquals(before, registration.token())
    }
}
