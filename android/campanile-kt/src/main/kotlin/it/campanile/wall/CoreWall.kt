package it.campanile.wall

import it.campanile.core.AlertsObserver
import it.campanile.core.Campanile
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.withContext

// The first poll of a core future runs on the calling thread (uniffi-rs issue 1901), so async calls go to IO as well.
private suspend fun <T> onIo(call: suspend () -> T): T = withContext(Dispatchers.IO) { call() }

internal class CoreWall private constructor(private val core: Campanile) : Wall {
    override val alerts: AlertsWall = CoreAlerts(core)
    override val places: PlacesWall = CorePlaces(core)
    override val sync: SyncWall = CoreSync(core)
    override val opening: Opening get() = core.opening()

    override suspend fun preferences() = onIo { core.settings().use { it.preferences() } }

    override suspend fun save(preferences: Preferences) = onIo { core.settings().use { it.save(preferences) } }

    override suspend fun pushFiles() = onIo { PushFiles(core.pushSnapshot(), core.sealedPlaces()) }

    override suspend fun takeIn(snapshot: ByteArray) = onIo { core.takeInSnapshot(snapshot).toInt() }

    override suspend fun pause() = onIo { core.pause() }

    override suspend fun resume() = onIo { core.resume() }

    // The handle itself is left to the collector: a call that comes late then finds a closed core, not a freed one.
    override fun close() = core.shutDown()

    companion object {
        suspend fun open(config: CampanileConfig, platform: Platform): Wall =
            onIo { CoreWall(Campanile.open(config, platform)) }
    }
}

private class CoreAlerts(private val core: Campanile) : AlertsWall {
    override fun lists(): Flow<AlertList> = callbackFlow {
        val observer = object : AlertsObserver {
            override fun onAlerts(list: AlertList) {
                trySend(list)
            }
        }
        val subscription = core.alerts().use { it.subscribeAlerts(observer) }
        awaitClose {
            subscription.cancel()
            subscription.destroy()
        }
    }.buffer(Channel.UNLIMITED).flowOn(Dispatchers.IO)

    override suspend fun list() = onIo { core.alerts().use { it.list() } }

    override suspend fun detail(id: String) = onIo { core.alerts().use { it.detail(id) } }

    override suspend fun receive(bytes: ByteArray) = onIo { core.alerts().use { it.receive(bytes) } }

    override suspend fun unshown() = onIo { core.alerts().use { it.unshown() } }

    override suspend fun markShown(tag: String) = onIo { core.alerts().use { it.markShown(tag) } }

    override suspend fun markSeen(id: String) = onIo { core.alerts().use { it.markSeen(id) } }

    override suspend fun refused(limit: Int) = onIo { core.alerts().use { it.refused(limit.toUInt()) } }
}

private class CorePlaces(private val core: Campanile) : PlacesWall {
    override suspend fun list() = onIo { core.places().use { it.list() } }

    override suspend fun save(draft: PlaceDraft) = onIo { core.places().use { it.save(draft) } }

    override suspend fun remove(id: String) = onIo { core.places().use { it.remove(id) } }

    override suspend fun searchComuni(text: String, limit: Int) =
        onIo { core.places().use { it.searchComuni(text, limit.toUInt()) } }
}

private class CoreSync(private val core: Campanile) : SyncWall {
    override suspend fun register(endpoint: PushEndpoint) = onIo { core.sync().use { it.register(endpoint, null) } }

    override suspend fun refresh(cancel: CancelToken?) = onIo { core.sync().use { it.refresh(cancel) } }

    override suspend fun listen() = onIo {
        CancelToken().use { token ->
            try {
                core.sync().use { it.listen(token) }
            } finally {
                token.cancel()
            }
        }
        Unit
    }

    override suspend fun status() = onIo { core.sync().use { it.status() } }
}
