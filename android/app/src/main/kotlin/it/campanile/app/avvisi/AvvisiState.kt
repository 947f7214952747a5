package it.campanile.app.avvisi

import it.campanile.app.design.LevelLook
import it.campanile.wall.AlertList
import it.campanile.wall.AlertRow
import it.campanile.wall.Phase
import it.campanile.wall.Status

/** What the screen of alerts shows. */
sealed interface AvvisiState {
    /** The store is being opened. */
    data object Loading : AvvisiState

    /**
     * The list as the core holds it.
     *
     * @property actions what to do, by the id of its alert, for the alerts that concern the person.
     */
    data class Board(
        val list: AlertList,
        val actions: Map<String, String> = emptyMap(),
        val isRefreshing: Boolean = false,
        val hasRefreshFailed: Boolean = false,
    ) : AvvisiState {
        /** Whether an empty list may be drawn in green, as the core says (safety rules 1 and 10). */
        val isAllClear: Boolean get() = list.isAllClear
        val here: List<AlertRow> get() = list.rows.filter { it.concernsMe }
        val elsewhere: List<AlertRow> get() = list.rows.filterNot { it.concernsMe }
    }

    /** The phone is locked, so the store cannot be read yet. */
    data object Locked : AvvisiState

    /** The store could not be opened; `code` is a stable name to report. */
    data class Failed(val code: String) : AvvisiState
}

/** How `row` is drawn: an exercise never in a level's colour, what ended with a tick, what ran out in grey. */
internal fun lookOf(row: AlertRow): LevelLook = when {
    row.status != Status.ACTUAL -> LevelLook.EXERCISE
    row.phase == Phase.ENDED || row.phase == Phase.FALSE_ALARM -> LevelLook.VERDE
    row.phase == Phase.EXPIRED -> LevelLook.PAST
    else -> LevelLook.of(row.level, row.status)
}
