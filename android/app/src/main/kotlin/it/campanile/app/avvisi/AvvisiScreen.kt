package it.campanile.app.avvisi

import android.content.Context
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.LinearLayout
import android.widget.ListView
import it.campanile.app.R
import it.campanile.app.Screen
import it.campanile.app.design.LevelLook
import it.campanile.app.design.Space
import it.campanile.app.design.px
import it.campanile.wall.AlertRow
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch

/** The alerts: for the person's places first, then elsewhere; or that there are none, or that this is not known. */
class AvvisiScreen(
    private val context: Context,
    private val model: AvvisiModel,
    private val scope: CoroutineScope,
    private val openAlert: (AlertRow) -> Unit,
    private val callEmergency: () -> Unit,
) : Screen {
    private lateinit var top: AvvisiTop
    private val rows = RowsAdapter(context, openAlert, model::refresh)
    private var rendering: Job? = null

    override fun view(): View {
        top = AvvisiTop(context, model::refresh)
        val list = ListView(context).apply {
            id = R.id.avvisi_list
            adapter = rows
            divider = null
            setSelector(R.color.clear)
            clipToPadding = false
            isVerticalScrollBarEnabled = false
            setItemsCanFocus(true)
            isClickable = false // the cards are; the list itself does nothing
            setPadding(px(Space.L), px(Space.M), px(Space.L), px(Space.L))
        }
        return LinearLayout(context).apply {
            orientation = LinearLayout.VERTICAL
            setBackgroundColor(context.getColor(R.color.ground))
            addView(this@AvvisiScreen.top.view, LinearLayout.LayoutParams(MATCH_PARENT, WRAP_CONTENT))
            addView(list, LinearLayout.LayoutParams(MATCH_PARENT, 0, 1f))
            addView(emergencyBar(context, callEmergency), LinearLayout.LayoutParams(MATCH_PARENT, WRAP_CONTENT))
        }
    }

    override fun shown() {
        model.start()
        rendering = scope.launch { model.state.collect(::render) }
    }

    override fun hidden() {
        rendering?.cancel()
        model.stop()
    }

    private fun render(state: AvvisiState) {
        top.render(state)
        rows.show(rowsOf(state))
    }

    private fun rowsOf(state: AvvisiState): List<Row> = when (state) {
        AvvisiState.Loading -> listOf(Row.Empty(context.getString(R.string.avvisi_loading), null))
        AvvisiState.Locked -> listOf(Row.Empty(context.getString(R.string.failed_locked), LevelLook.UNKNOWN))
        is AvvisiState.Failed ->
            listOf(Row.Empty(context.getString(R.string.failed_opening, state.code), LevelLook.UNKNOWN, canRetry = true))
        is AvvisiState.Board -> rowsOf(state)
    }

    private fun rowsOf(board: AvvisiState.Board): List<Row> = buildList {
        val head = board.list.head
        if (board.hasRefreshFailed && head.isKnown) add(Row.Caution(context.getString(R.string.avvisi_refresh_failed)))
        if (board.list.rows.isEmpty()) {
            add(
                when {
                    board.isAllClear -> Row.Empty(board.list.emptyWords, LevelLook.VERDE)
                    head.isKnown -> Row.Empty(board.list.emptyWords, LevelLook.UNKNOWN)
                    else -> Row.Empty(board.list.emptyWords, LevelLook.UNKNOWN, head.words, canRetry = true)
                },
            )
            return@buildList
        }
        if (!head.isKnown) add(Row.NotKnown(head.words))
        val both = board.here.isNotEmpty() && board.elsewhere.isNotEmpty()
        if (both) add(Row.Section(context.getString(R.string.avvisi_here)))
        board.here.forEach { add(Row.Alert(it, board.actions[it.id])) }
        if (board.elsewhere.isNotEmpty()) add(Row.Section(context.getString(R.string.avvisi_elsewhere)))
        board.elsewhere.forEach { add(Row.Alert(it, null)) }
    }
}
