package it.campanile.app.avvisi

import android.content.Context
import android.view.View
import android.view.ViewGroup
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.BaseAdapter
import android.widget.FrameLayout
import it.campanile.app.R
import it.campanile.app.design.LevelLook
import it.campanile.app.design.Shape
import it.campanile.app.design.Size
import it.campanile.app.design.Space
import it.campanile.app.design.px
import it.campanile.app.design.text
import it.campanile.app.system.asHeading
import it.campanile.wall.AlertRow

/** One line of the list. */
internal sealed interface Row {
    data class Alert(val row: AlertRow, val action: String?) : Row

    data class Section(val words: String) : Row

    data class NotKnown(val words: String) : Row

    data class Caution(val words: String) : Row

    /** In place of a list; without a figure while nothing is known yet. */
    data class Empty(val words: String, val look: LevelLook?, val hint: String? = null, val canRetry: Boolean = false) : Row
}

/** Makes the views of the list, each centred in a column that stays readable on wide screens. */
internal class RowsAdapter(
    private val context: Context,
    private val open: (AlertRow) -> Unit,
    private val refresh: () -> Unit,
) : BaseAdapter() {
    private var rows: List<Row> = emptyList()

    /** Shows these rows; nothing is drawn again when they are the same. */
    fun show(rows: List<Row>) {
        if (rows == this.rows) return
        this.rows = rows
        notifyDataSetChanged()
    }

    override fun getCount(): Int = rows.size

    override fun getItem(position: Int): Any = rows[position]

    override fun getItemId(position: Int): Long = position.toLong()

    override fun areAllItemsEnabled(): Boolean = false

    // The cards take the touch themselves, so the list must not offer its rows as buttons too.
    override fun isEnabled(position: Int): Boolean = false

    override fun getView(position: Int, recycled: View?, parent: ViewGroup): View {
        val frame = recycled as? ColumnFrame ?: ColumnFrame(context)
        frame.hold(viewOf(rows[position]), if (position == 0) 0 else context.px(Space.M))
        return frame
    }

    private fun viewOf(row: Row): View = with(context) {
        when (row) {
            is Row.Alert -> alertCard(row.row, row.action) { open(row.row) }
            is Row.Section -> text(row.words, Size.NOTE, R.color.ink_soft, bold = true).apply {
                setPadding(px(Space.XS), px(Space.S), 0, 0)
                asHeading()
            }
            is Row.NotKnown -> notKnownBanner(row.words, getString(R.string.avvisi_not_known_hint), refresh)
            is Row.Caution -> caution(row.words)
            is Row.Empty -> emptyNotice(row.words, row.look, row.hint, if (row.canRetry) refresh else null)
        }
    }
}

/** Holds one row, no wider than a readable column, in the middle. */
private class ColumnFrame(context: Context) : FrameLayout(context) {
    fun hold(view: View, gap: Int) {
        removeAllViews()
        setPadding(0, gap, 0, 0)
        addView(view, LayoutParams(MATCH_PARENT, WRAP_CONTENT))
    }

    override fun onMeasure(widthMeasureSpec: Int, heightMeasureSpec: Int) {
        val side = maxOf(0, (MeasureSpec.getSize(widthMeasureSpec) - px(Shape.COLUMN)) / 2)
        setPadding(side, paddingTop, side, 0)
        super.onMeasure(widthMeasureSpec, heightMeasureSpec)
    }
}
