package it.campanile.app.push

import android.app.NotificationChannel
import android.app.NotificationManager
import android.content.Context
import android.media.AudioAttributes
import android.media.RingtoneManager
import it.campanile.app.R
import it.campanile.app.system.service
import it.campanile.wall.Loudness
import it.campanile.wall.Status

/**
 * The notification channels, one for each way of being heard; the person may change each in the system's settings.
 *
 * @property id never changed after a release: the person's choices hang on it.
 */
enum class Channel(val id: String, val title: Int, val about: Int, val importance: Int) {
    /** Rings as an alarm, through "do not disturb" where the person allows it. */
    EMERGENCY("allerta-massima", R.string.channel_emergency, R.string.channel_emergency_about, NotificationManager.IMPORTANCE_HIGH),
    ALERT("allerta", R.string.channel_alert, R.string.channel_alert_about, NotificationManager.IMPORTANCE_HIGH),
    QUIET("avviso", R.string.channel_quiet, R.string.channel_quiet_about, NotificationManager.IMPORTANCE_LOW),
    ELSEWHERE("altrove", R.string.channel_elsewhere, R.string.channel_elsewhere_about, NotificationManager.IMPORTANCE_MIN),

    /** Exercises and tests have a channel of their own, so that no setting of theirs touches the real ones. */
    EXERCISE("esercitazione", R.string.channel_exercise, R.string.channel_exercise_about, NotificationManager.IMPORTANCE_LOW),
    ;

    companion object {
        /** The channel for something this loud; null when it is shown in the app alone. */
        fun of(loudness: Loudness, status: Status): Channel? = when {
            loudness == Loudness.NONE -> null
            status != Status.ACTUAL -> EXERCISE
            else -> when (loudness) {
                Loudness.NONE -> null
                Loudness.PASSIVE -> ELSEWHERE
                Loudness.QUIET -> QUIET
                Loudness.RING -> ALERT
                Loudness.FULL_SCREEN -> EMERGENCY
            }
        }

        /** Makes the channels, or gives them their words in the present language. Keeps what the person changed. */
        fun createAll(context: Context) {
            context.service<NotificationManager>().createNotificationChannels(entries.map { it.build(context) })
        }
    }

    private fun build(context: Context) = NotificationChannel(id, context.getString(title), importance).apply {
        description = context.getString(about)
        lockscreenVisibility = android.app.Notification.VISIBILITY_PUBLIC
        if (this@Channel == EMERGENCY) {
            val alarm = AudioAttributes.Builder()
                .setUsage(AudioAttributes.USAGE_ALARM)
                .setContentType(AudioAttributes.CONTENT_TYPE_SONIFICATION)
                .build()
            setSound(RingtoneManager.getDefaultUri(RingtoneManager.TYPE_ALARM), alarm)
            setBypassDnd(true)
            enableVibration(true)
            vibrationPattern = EMERGENCY_PATTERN
        }
    }
}

/** Milliseconds still and shaking in turn: three long pulls of the bell, felt by who does not hear them. */
private val EMERGENCY_PATTERN = longArrayOf(0, 900, 300, 900, 300, 900)
