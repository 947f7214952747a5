package it.campanile.app

import android.app.Application
import android.util.Log
import it.campanile.app.push.AlertNotifier
import it.campanile.app.push.CatchUpJob
import it.campanile.app.push.Channel
import it.campanile.app.push.PushFolder
import it.campanile.app.push.PushInbox
import it.campanile.app.system.configOf
import it.campanile.app.system.platformOf
import it.campanile.wall.CampanileConfig
import it.campanile.wall.Platform
import it.campanile.wall.openWall
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import java.io.IOException

/** The process of the app: holds what screens, receivers and jobs share. */
open class CampanileApp : Application(), Household {
    /** What this phone lends to the core. */
    open val platform: Platform by lazy { platformOf(this) }

    /** What the core is opened with, the towns of this build included. */
    open val config: CampanileConfig by lazy { configOf(this) }

    /** Where every screen and receiver gets the core from. */
    open val walls: Walls by lazy { OneWall { openWall(config, platform) } }

    /** Where receivers and jobs do their work; lives as long as the process. */
    val background = CoroutineScope(SupervisorJob() + Dispatchers.IO)

    /** Where pushed bytes go. Made anew each time, since the folders differ before and after the first unlock. */
    val inbox: PushInbox
        get() = PushInbox(PushFolder.of(this, platform.keyStore), AlertNotifier(this), walls, now = platform.clock::now)

    override fun onCreate() {
        super.onCreate()
        Channel.createAll(this)
        CatchUpJob.plan(this)
    }

    override suspend fun catchUp() {
        val wall = walls.wall()
        enrol(wall, config.towns)
        try {
            inbox.reconcile(wall)
            wall.sync.refresh()
            inbox.reconcile(wall)
        } catch (full: IOException) {
            Log.w("Campanile", "the push files could not be written") // the older ones stay and still verify
        }
    }

    override suspend fun announce() = inbox.postWaiting(walls.wall())
}
