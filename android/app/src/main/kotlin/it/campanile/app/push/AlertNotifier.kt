package it.campanile.app.push

import android.app.Notification
import android.app.NotificationManager
import android.app.PendingIntent
import android.content.Context
import android.content.Intent
import it.campanile.app.MainActivity
import it.campanile.app.R
import it.campanile.app.design.LevelLook
import it.campanile.app.system.service
import it.campanile.wall.PushNotification
import it.campanile.wall.Status

/** Posts what the core says, in its words. A tag posted before is replaced, and does not ring a second time. */
class AlertNotifier(private val context: Context) : Board {
    private val manager = context.service<NotificationManager>()

    /** Posts `notification`, unless it is for the app alone. */
    override fun post(notification: PushNotification) {
        val channel = Channel.of(notification.loudness, notification.status) ?: return
        Channel.createAll(context)
        manager.notify(notification.tag, ID, build(notification, channel))
    }

    /** Takes the notifications with these tags away. */
    override fun remove(tags: List<String>) = tags.forEach { manager.cancel(it, ID) }

    private fun build(notification: PushNotification, channel: Channel): Notification {
        val look = LevelLook.of(notification.level, notification.status)
        val builder = Notification.Builder(context, channel.id)
            .setSmallIcon(R.drawable.ic_bell)
            .setColor(context.getColor(look.fill))
            .setContentTitle(notification.title)
            .setContentText(notification.body)
            .setStyle(Notification.BigTextStyle().bigText((notification.labels + notification.body).joinToString("\n")))
            .setTicker(notification.spoken) // what a screen reader says when it comes
            .setVisibility(Notification.VISIBILITY_PUBLIC)
            .setCategory(if (channel == Channel.EMERGENCY) Notification.CATEGORY_ALARM else Notification.CATEGORY_EVENT)
            .setContentIntent(opening(notification.tag))
            .setOnlyAlertOnce(true)
            .setAutoCancel(true)
        if (notification.status != Status.ACTUAL) builder.setSubText(context.getString(R.string.not_for_real))
        if (channel == Channel.EMERGENCY) builder.setFullScreenIntent(opening(notification.tag), true)
        return builder.build()
    }

    private fun opening(tag: String): PendingIntent {
        val intent = Intent(context, MainActivity::class.java)
            .putExtra(MainActivity.ALERT, tag)
            .addFlags(Intent.FLAG_ACTIVITY_NEW_TASK or Intent.FLAG_ACTIVITY_CLEAR_TOP or Intent.FLAG_ACTIVITY_SINGLE_TOP)
        return PendingIntent.getActivity(context, tag.hashCode(), intent, PendingIntent.FLAG_UPDATE_CURRENT or PendingIntent.FLAG_IMMUTABLE)
    }

    private companion object {
        const val ID = 1
    }
}
