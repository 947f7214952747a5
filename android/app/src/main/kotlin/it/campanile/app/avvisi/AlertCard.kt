package it.campanile.app.avvisi

import android.content.Context
import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.LinearLayout
import it.campanile.app.R
import it.campanile.app.design.CardDrawable
import it.campanile.app.design.ChipKind
import it.campanile.app.design.Edge
import it.campanile.app.design.LevelLook
import it.campanile.app.design.Shape
import it.campanile.app.design.Size
import it.campanile.app.design.Space
import it.campanile.app.design.chip
import it.campanile.app.design.column
import it.campanile.app.design.figure
import it.campanile.app.design.hasLargeText
import it.campanile.app.design.px
import it.campanile.app.design.text
import it.campanile.app.design.touchable
import it.campanile.wall.AlertRow

/**
 * The card of one alert: figure of its level, its line, what to do, where and until when.
 *
 * A screen reader meets one node that says the whole card, beginning with the level (or with "exercise").
 */
internal fun Context.alertCard(row: AlertRow, action: String?, open: () -> Unit): View {
    val look = lookOf(row)
    val words = column(gap = Space.XS)
    fun add(view: View, gap: Int = Space.XS, width: Int = LinearLayout.LayoutParams.MATCH_PARENT) =
        words.addView(view, LinearLayout.LayoutParams(width, WRAP_CONTENT).apply { topMargin = if (words.childCount == 0) 0 else px(gap) })

    add(text(row.title, Size.LEAD, bold = true))
    action?.let { add(text(it)) }
    val place = listOf(row.placeNames.joinToString(), row.until).filter { it.isNotBlank() }.joinToString(" · ")
    if (place.isNotBlank()) add(text(place, Size.NOTE, R.color.ink_soft))
    add(text(row.source, Size.NOTE, R.color.ink_soft), gap = 2)
    row.labels.forEach { add(chip(it, ChipKind.CAUTION), gap = Space.S, width = WRAP_CONTENT) }

    return LinearLayout(this).apply {
        gravity = Gravity.TOP
        minimumHeight = px(Shape.TARGET)
        background = touchable(CardDrawable(context, edgeOf(look)))
        setPaddingRelative(px(Shape.EDGE + Space.L), px(Space.L), px(Space.L), px(Space.L))
        addBeside(figure(look, Shape.ICON), words, Space.M)
        isFocusable = true
        contentDescription = listOfNotNull(row.spoken, action).joinToString(" ")
        for (i in 0 until childCount) getChildAt(i).importantForAccessibility = View.IMPORTANT_FOR_ACCESSIBILITY_NO_HIDE_DESCENDANTS
        setOnClickListener { open() }
    }
}

/** A figure with the words that it stands for: beside it, or below it when the text is large. */
internal fun LinearLayout.addBeside(figure: View, words: View, gap: Int) {
    addView(figure)
    if (context.hasLargeText) {
        orientation = LinearLayout.VERTICAL
        addView(words, LinearLayout.LayoutParams(LinearLayout.LayoutParams.MATCH_PARENT, WRAP_CONTENT).apply { topMargin = px(gap) })
    } else {
        addView(words, LinearLayout.LayoutParams(0, WRAP_CONTENT, 1f).apply { marginStart = px(gap) })
    }
}

internal fun Context.edgeOf(look: LevelLook): Edge = when (look) {
    LevelLook.EXERCISE -> Edge.Striped(getColor(R.color.exercise), getColor(R.color.exercise_ink))
    LevelLook.UNKNOWN, LevelLook.PAST -> Edge.Plain(getColor(R.color.unknown_outline))
    else -> Edge.Plain(getColor(look.fill))
}

