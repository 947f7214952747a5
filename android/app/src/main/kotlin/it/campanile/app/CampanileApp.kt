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
import it.campanile.wall.Town
import it.campanile.wall.builtInTowns
import it.campanile.wall.openWall
import java.io.IOException

/** The process of the app: holds what screens, receivers and jobs share. */
open class CampanileApp : Application(), Household {
    /** Where every screen and receiver gets the core from. */
    open val walls: Walls by lazy { OneWall { openWall(configOf(this, towns), platformOf(this)) } }

    /** The towns that this build serves. */
    open val towns: List<Town> by lazy { builtInTowns() }

    /** Where pushed bytes go. Made anew each time, since the folders differ before and after the first unlock. */
    open val inbox: PushInbox get() = PushInbox(PushFolder.of(this), AlertNotifier(this), walls)

    override fun onCreate() {
        super.onCreate()
        Channel.createAll(this)
        CatchUpJob.plan(this)
    }

    override suspend fun catchUp() {
        val wall = walls.wall()
        enrol(wall, towns)
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
