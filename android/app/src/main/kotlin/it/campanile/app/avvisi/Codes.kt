package it.campanile.app.avvisi

import it.campanile.wall.CampanileException
import it.campanile.wall.ClosedException
import it.campanile.wall.InternalException
import it.campanile.wall.InvalidException
import it.campanile.wall.LockedException
import it.campanile.wall.NotFoundException
import it.campanile.wall.OfflineException
import it.campanile.wall.ServerException
import it.campanile.wall.StoreDamagedException

/** The stable name of a failure, for a person to pass on; never its text. */
internal fun codeOf(failure: CampanileException): String = when (failure) {
    is LockedException -> "locked"
    is InternalException -> failure.code
    is InvalidException -> "invalid_${failure.field}"
    is StoreDamagedException -> "store_damaged"
    is ClosedException -> "closed"
    is NotFoundException -> "not_found_${failure.what}"
    is OfflineException -> "offline"
    is ServerException -> "server_${failure.status}"
}
