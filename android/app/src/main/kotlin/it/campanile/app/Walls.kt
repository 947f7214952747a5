package it.campanile.app

import it.campanile.wall.Wall
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/** Where the app gets its wall from. */
interface Walls {
    /** The wall, opened on first use. Throws `CampanileException`; a later call tries again. */
    suspend fun wall(): Wall
}

/** One wall per process: the first caller opens it, callers at the same time wait for it. */
class OneWall(private val open: suspend () -> Wall) : Walls {
    private val opening = Mutex()
    private var held: Wall? = null

    override suspend fun wall(): Wall = opening.withLock { held ?: open().also { held = it } }
}
