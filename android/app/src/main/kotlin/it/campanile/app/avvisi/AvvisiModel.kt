package it.campanile.app.avvisi

import it.campanile.app.Household
import it.campanile.app.Walls
import it.campanile.wall.AlertList
import it.campanile.wall.CampanileException
import it.campanile.wall.LockedException
import it.campanile.wall.NotFoundException
import it.campanile.wall.Phase
import it.campanile.wall.Wall
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/** Keeps the state of the screen of alerts from the wall's list. Lives as long as `scope`. */
class AvvisiModel(private val walls: Walls, private val household: Household, private val scope: CoroutineScope) {
    private val current = MutableStateFlow<AvvisiState>(AvvisiState.Loading)
    private var watching: Job? = null

    val state: StateFlow<AvvisiState> = current.asStateFlow()

    /** Follows the list from now on, and asks the network once. */
    fun start() {
        if (watching?.isActive == true) return
        watching = scope.launch {
            try {
                val wall = walls.wall()
                launch {
                    refreshOnce()
                    listen(wall)
                }
                wall.alerts.lists().conflate().collect { list -> show(wall, list) }
            } catch (failure: CampanileException) {
                current.value = stateAfter(failure)
            }
        }
    }

    /** Lets go of the list; what is shown stays. */
    fun stop() {
        watching?.cancel()
        watching = null
    }

    /** Asks the network now, because the person wants it. After a failed opening, opens again. */
    fun refresh() {
        if (watching?.isActive != true) return start()
        scope.launch {
            refreshOnce()
        }
    }

    private suspend fun show(wall: Wall, list: AlertList) {
        val actions = buildMap {
            for (row in list.rows.filter { it.concernsMe && it.phase == Phase.IN_FORCE }.take(ACTIONS_AT_MOST)) {
                val action = try {
                    wall.alerts.detail(row.id).instruction
                } catch (gone: NotFoundException) {
                    continue // it left the list meanwhile; the next list is on its way
                }
                if (action.isNotBlank()) put(row.id, action)
            }
        }
        current.update { before ->
            val board = before as? AvvisiState.Board ?: AvvisiState.Board(list)
            board.copy(list = list, actions = actions)
        }
        household.announce()
    }

    private suspend fun refreshOnce() {
        onBoard { it.copy(isRefreshing = true) }
        val failed = try {
            household.catchUp()
            false
        } catch (failure: CampanileException) {
            true
        } finally {
            onBoard { it.copy(isRefreshing = false) }
        }
        onBoard { it.copy(hasRefreshFailed = failed) }
    }

    /** Keeps the live stream open while the screen is seen, and comes back to it after the network went. */
    private suspend fun listen(wall: Wall) {
        while (true) {
            try {
                wall.sync.listen()
            } catch (failure: CampanileException) {
                // Said already by the head, which grows old; the stream itself is nothing that a person asked for.
            }
            delay(LISTEN_AGAIN_MS)
        }
    }

    private fun onBoard(change: (AvvisiState.Board) -> AvvisiState.Board) =
        current.update { if (it is AvvisiState.Board) change(it) else it }

    private fun stateAfter(failure: CampanileException): AvvisiState =
        if (failure is LockedException) AvvisiState.Locked else AvvisiState.Failed(codeOf(failure))

    private companion object {
        /** More cards than these do not fit a screen, and each costs a read of the store. */
        const val ACTIONS_AT_MOST = 10
        const val LISTEN_AGAIN_MS = 15_000L
    }
}
