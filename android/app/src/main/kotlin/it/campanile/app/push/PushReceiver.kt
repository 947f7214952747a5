package it.campanile.app.push

import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent
import it.campanile.app.CampanileApp
import kotlinx.coroutines.launch

/**
 * Takes what a UnifiedPush distributor sends, also before the first unlock.
 *
 * Any app can send to it: only a broadcast with our own token is taken, and the bytes are believed only as far as their
 * signatures go, which the core checks.
 */
class PushReceiver : BroadcastReceiver() {
    override fun onReceive(context: Context, intent: Intent) {
        val registration = Registration(context)
        if (!registration.isOurs(intent.getStringExtra(UnifiedPush.EXTRA_TOKEN))) return
        when (intent.action) {
            FromDistributor.MESSAGE -> take(context, intent, registration)
            FromDistributor.NEW_ENDPOINT -> registration.endpoint = intent.getStringExtra(UnifiedPush.EXTRA_ENDPOINT)
            FromDistributor.UNREGISTERED, FromDistributor.REGISTRATION_FAILED -> registration.endpoint = null
        }
    }

    private fun take(context: Context, intent: Intent, registration: Registration) {
        val bytes = intent.getByteArrayExtra(UnifiedPush.EXTRA_BYTES) ?: return
        if (bytes.size > MOST_BYTES) return
        val pending = goAsync()
        val app = context.applicationContext as CampanileApp
        app.background.launch {
            try {
                app.inbox.take(bytes)
                intent.getStringExtra(UnifiedPush.EXTRA_ID)?.let { UnifiedPush(context, registration).acknowledge(it) }
            } finally {
                pending?.finish()
            }
        }
    }

    private companion object {
        /** More than a push service carries; the core bounds the item itself. */
        const val MOST_BYTES = 4096
    }
}
