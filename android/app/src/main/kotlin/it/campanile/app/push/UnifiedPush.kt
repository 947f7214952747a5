package it.campanile.app.push

import android.app.PendingIntent
import android.content.Context
import android.content.Intent
import android.os.Build
import it.campanile.app.R
import it.campanile.app.system.sendWithIdentity
import java.security.SecureRandom
import java.util.Base64

/**
 * UnifiedPush, spoken as it is specified: plain broadcasts between this app and a distributor app that the person chose.
 *
 * Source: UnifiedPush specification for Android, version 3 (the messages listed in [ToDistributor] and [FromDistributor]).
 */
class UnifiedPush(private val context: Context, private val registration: Registration) : PushTransport {
    /** The packages on this phone that deliver; the person's choice if several. */
    fun distributors(): List<String> =
        context.packageManager.queryBroadcastReceivers(Intent(ToDistributor.REGISTER), 0).map { it.activityInfo.packageName }.distinct().sorted()

    override fun isAvailable(): Boolean = distributors().isNotEmpty()

    override fun register() {
        val present = distributors()
        val distributor = registration.distributor?.takeIf { it in present } ?: present.firstOrNull() ?: return
        registration.distributor = distributor
        val intent = Intent(ToDistributor.REGISTER)
            .setPackage(distributor)
            .putExtra(EXTRA_TOKEN, registration.token())
            .putExtra(EXTRA_DESCRIPTION, context.getString(R.string.push_description))
        // Before level 34 a distributor learns who asks from this; from then on the broadcast itself says it.
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.UPSIDE_DOWN_CAKE) {
            intent.putExtra(EXTRA_PENDING, PendingIntent.getBroadcast(context, 0, Intent().setPackage(NOBODY), PendingIntent.FLAG_IMMUTABLE))
        }
        context.sendWithIdentity(intent)
    }

    override fun unregister() {
        val distributor = registration.distributor ?: return
        context.sendWithIdentity(Intent(ToDistributor.UNREGISTER).setPackage(distributor).putExtra(EXTRA_TOKEN, registration.token()))
        registration.forget()
    }

    /** Tells the distributor that the message arrived, so that it does not deliver it again. */
    fun acknowledge(messageId: String) {
        val distributor = registration.distributor ?: return
        context.sendWithIdentity(
            Intent(ToDistributor.MESSAGE_ACK).setPackage(distributor).putExtra(EXTRA_TOKEN, registration.token()).putExtra(EXTRA_ID, messageId),
        )
    }

    companion object {
        const val EXTRA_TOKEN = "token"
        const val EXTRA_ENDPOINT = "endpoint"
        const val EXTRA_BYTES = "bytesMessage"
        const val EXTRA_ID = "id"
        const val EXTRA_DESCRIPTION = "message"
        const val EXTRA_PENDING = "pi"

        /** A package that does not exist, so that the pending intent says who made it and does nothing. */
        private const val NOBODY = "org.unifiedpush.dummy_app"
    }
}

/** The broadcasts to a distributor. */
object ToDistributor {
    const val REGISTER = "org.unifiedpush.android.distributor.REGISTER"
    const val UNREGISTER = "org.unifiedpush.android.distributor.UNREGISTER"
    const val MESSAGE_ACK = "org.unifiedpush.android.distributor.MESSAGE_ACK"
}

/** The broadcasts from a distributor. */
object FromDistributor {
    const val NEW_ENDPOINT = "org.unifiedpush.android.connector.NEW_ENDPOINT"
    const val MESSAGE = "org.unifiedpush.android.connector.MESSAGE"
    const val UNREGISTERED = "org.unifiedpush.android.connector.UNREGISTERED"
    const val REGISTRATION_FAILED = "org.unifiedpush.android.connector.REGISTRATION_FAILED"
}

/** What is remembered of the registration at a distributor. Readable before the first unlock, since pushes come then too. */
class Registration(context: Context) {
    private val kept = context.createDeviceProtectedStorageContext().getSharedPreferences("push", Context.MODE_PRIVATE)

    var distributor: String?
        get() = kept.getString("distributor", null)
        set(value) = kept.edit().putString("distributor", value).apply()

    /** The address at which the town's server reaches this phone; null before the distributor gave one. */
    var endpoint: String?
        get() = kept.getString("endpoint", null)
        set(value) = kept.edit().putString("endpoint", value).apply()

    /** The secret by which this app and the distributor know each other; made on first use. */
    @Synchronized
    fun token(): String = kept.getString("token", null) ?: newToken().also { kept.edit().putString("token", it).apply() }

    /** Whether `token` is ours: any app may send us a broadcast. */
    fun isOurs(token: String?): Boolean =
        token != null && java.security.MessageDigest.isEqual(token.toByteArray(), token().toByteArray())

    fun forget() = kept.edit().clear().apply()

    private fun newToken(): String =
        Base64.getUrlEncoder().withoutPadding().encodeToString(ByteArray(TOKEN_BYTES).also(SecureRandom()::nextBytes))

    private companion object {
        const val TOKEN_BYTES = 24
    }
}
