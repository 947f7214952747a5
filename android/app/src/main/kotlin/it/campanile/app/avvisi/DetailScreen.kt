package it.campanile.app.avvisi

import android.content.Context
import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.LinearLayout
import android.widget.ScrollView
import it.campanile.app.R
import it.campanile.app.Screen
import it.campanile.app.Walls
import it.campanile.app.design.ButtonKind
import it.campanile.app.design.CardDrawable
import it.campanile.app.design.ChipKind
import it.campanile.app.design.Edge
import it.campanile.app.design.LevelLook
import it.campanile.app.design.Shape
import it.campanile.app.design.Size
import it.campanile.app.design.Space
import it.campanile.app.design.button
import it.campanile.app.design.chip
import it.campanile.app.design.column
import it.campanile.app.design.figure
import it.campanile.app.design.hasLargeText
import it.campanile.app.design.px
import it.campanile.app.design.text
import it.campanile.app.system.asHeading
import it.campanile.wall.AlertDetail
import it.campanile.wall.CampanileException
import it.campanile.wall.NotFoundException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch

/** One alert in full: what to do first, then what it is, where, until when and who says so. */
class DetailScreen(
    private val context: Context,
    /** The alert's id. */
    val id: String,
    private val walls: Walls,
    private val scope: CoroutineScope,
    private val back: () -> Unit,
    private val callEmergency: () -> Unit,
) : Screen {
    private lateinit var body: LinearLayout
    private var loading: Job? = null

    override fun view(): View {
        body = context.column().apply { setPadding(px(Space.L), px(Space.L), px(Space.L), px(Space.L)) }
        val scroll = ScrollView(context).apply {
            isVerticalScrollBarEnabled = false
            addView(body)
        }
        return LinearLayout(context).apply {
            orientation = LinearLayout.VERTICAL
            setBackgroundColor(context.getColor(R.color.ground))
            addView(bar())
            addView(scroll, LinearLayout.LayoutParams(MATCH_PARENT, 0, 1f))
            addView(emergencyBar(context, callEmergency))
        }
    }

    override fun shown() {
        loading = scope.launch {
            try {
                val alerts = walls.wall().alerts
                render(alerts.detail(id))
                alerts.markSeen(id)
            } catch (gone: NotFoundException) {
                say(context.getString(R.string.detail_gone))
            } catch (failure: CampanileException) {
                say(context.getString(R.string.failed_opening, codeOf(failure)))
            }
        }
    }

    override fun hidden() {
        loading?.cancel()
    }

    private fun bar(): View = LinearLayout(context).apply {
        orientation = LinearLayout.VERTICAL
        setBackgroundColor(context.getColor(R.color.surface))
        val row = LinearLayout(context).apply {
            gravity = Gravity.CENTER_VERTICAL
            setPadding(px(Space.XS), px(Space.XS), px(Space.XS), px(Space.XS))
            addView(context.iconButton(R.drawable.ic_back, R.string.back, back))
            addView(context.text(context.getString(R.string.avvisi_title), Size.LEAD, bold = true))
        }
        addView(row)
        addView(context.rule())
    }

    private fun say(words: String) {
        body.removeAllViews()
        body.addView(context.emptyNotice(words, LevelLook.UNKNOWN))
    }

    private fun render(detail: AlertDetail) = with(context) {
        val row = detail.row
        val look = lookOf(row)
        body.removeAllViews()
        val head = LinearLayout(context).apply {
            gravity = if (hasLargeText) Gravity.TOP else Gravity.CENTER_VERTICAL
            background = CardDrawable(context, edgeOf(look))
            setPaddingRelative(px(Shape.EDGE + Space.L), px(Space.L), px(Space.L), px(Space.L))
            addBeside(figure(look, Shape.ICON + Space.L), text(row.title, Size.HEADING, bold = true).apply { asHeading() }, Space.L)
        }
        add(head, 0)
        row.labels.forEach { add(chip(it, ChipKind.CAUTION), Space.M, WRAP_CONTENT) }
        if (detail.instruction.isNotBlank()) {
            val doing = column(
                text(getString(R.string.detail_do), Size.NOTE, R.color.ink_soft, bold = true).apply { asHeading() },
                text(detail.instruction, Size.HEADING, bold = true),
                gap = Space.XS,
            )
            doing.background = CardDrawable(context, Edge.None)
            doing.setPadding(px(Space.L), px(Space.L), px(Space.L), px(Space.L))
            add(doing, Space.M)
        }
        section(R.string.detail_what, detail.description)
        section(R.string.detail_where, listOf(detail.areaDesc, row.placeNames.joinToString()).filter { it.isNotBlank() }.joinToString("\n"))
        section(R.string.detail_when, row.until)
        section(R.string.detail_who, row.source)
        add(button(getString(R.string.detail_read), ButtonKind.FILLED, back), Space.XL)
    }

    private fun section(name: Int, words: String) {
        if (words.isBlank()) return
        add(context.text(context.getString(name), Size.NOTE, R.color.ink_soft, bold = true).apply { asHeading() }, Space.L)
        add(context.text(words), 2)
    }

    private fun add(view: View, gap: Int, width: Int = MATCH_PARENT) =
        body.addView(view, LinearLayout.LayoutParams(width, WRAP_CONTENT).apply { topMargin = context.px(gap) })
}
