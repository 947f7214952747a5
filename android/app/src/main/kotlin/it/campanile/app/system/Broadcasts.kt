package it.campanile.app.system

import android.app.BroadcastOptions
import android.content.Context
import android.content.Intent
import android.os.Build

/** Sends a broadcast that tells its receiver which app sent it, where the level knows how (34). */
@Guarded
internal fun Context.sendWithIdentity(intent: Intent) {
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.UPSIDE_DOWN_CAKE) {
        sendBroadcast(intent, null, BroadcastOptions.makeBasic().setShareIdentityEnabled(true).toBundle())
    } else {
        sendBroadcast(intent)
    }
}
