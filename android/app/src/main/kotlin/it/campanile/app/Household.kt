package it.campanile.app

import it.campanile.wall.PlaceDraft
import it.campanile.wall.StreamEndpoint
import it.campanile.wall.Town
import it.campanile.wall.Wall

/** What keeps the phone in step with its towns, whichever screen is open or none. */
interface Household {
    /** Fetches what the towns have, posts what was never shown, renews what the push receiver reads. Throws `CampanileException`. */
    suspend fun catchUp()

    /** Posts what the store holds and nobody was shown. */
    suspend fun announce()
}

/**
 * Makes the phone known to its towns.
 *
 * An app that serves a single town starts with that town's first comune as a place, so that the bell rings before anything
 * was chosen; the person may change it at any time.
 */
internal suspend fun enrol(wall: Wall, towns: List<Town>) {
    if (wall.places.list().isEmpty()) {
        val town = towns.singleOrNull() ?: return
        val comune = town.comuni.firstOrNull() ?: return
        wall.places.save(PlaceDraft(name = town.name, comune = comune))
    }
    if (!wall.sync.status().isRegistered) wall.sync.register(StreamEndpoint)
}
