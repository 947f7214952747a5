package it.campanile.app.avvisi

import android.content.Context
import android.graphics.Typeface
import android.text.SpannableString
import android.text.Spanned
import android.text.style.StyleSpan
import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.LinearLayout
import it.campanile.app.R
import it.campanile.app.design.ButtonKind
import it.campanile.app.design.CardDrawable
import it.campanile.app.design.Edge
import it.campanile.app.design.LevelLook
import it.campanile.app.design.Shape
import it.campanile.app.design.Size
import it.campanile.app.design.Space
import it.campanile.app.design.button
import it.campanile.app.design.column
import it.campanile.app.design.figure
import it.campanile.app.design.px
import it.campanile.app.design.text

/** In place of an empty list: a figure, the core's words, and what to do when the situation is not known. */
internal fun Context.emptyNotice(words: String, look: LevelLook?, hint: String? = null, retry: (() -> Unit)? = null): View {
    val block = LinearLayout(this).apply {
        orientation = LinearLayout.VERTICAL
        gravity = Gravity.CENTER_HORIZONTAL
        setPadding(px(Space.L), px(Space.XXL), px(Space.L), px(Space.L))
        look?.let { addView(figure(it, Shape.ICON_BIG)) }
    }
    fun add(view: View, gap: Int) = block.addView(view, LinearLayout.LayoutParams(MATCH_PARENT, WRAP_CONTENT).apply { topMargin = px(gap) })
    add(text(firstSentenceBold(words), Size.HEADING).centred(), Space.XL)
    hint?.let { add(text(it, color = R.color.ink_soft).centred(), Space.M) }
    retry?.let { add(button(getString(R.string.avvisi_refresh), ButtonKind.FILLED, it), Space.XL) }
    return block
}

/** Above a list whose head is too old: what is shown may not be all. */
internal fun Context.notKnownBanner(words: String, hint: String, retry: () -> Unit): View = LinearLayout(this).apply {
    background = CardDrawable(context, Edge.None, getColor(R.color.caution_surface), getColor(R.color.caution_line))
    setPadding(px(Space.L), px(Space.L), px(Space.L), px(Space.L))
    val said = column(
        text(firstSentenceBold(words), Size.BODY, R.color.caution_ink),
        text(hint, Size.NOTE, R.color.caution_ink),
        button(getString(R.string.avvisi_refresh), ButtonKind.OUTLINED, retry),
        gap = Space.S,
    )
    addBeside(figure(LevelLook.UNKNOWN, Shape.ICON), said, Space.M)
}

/** A quiet line over the list, such as that the last check failed. */
internal fun Context.caution(words: String): View = text(words, Size.NOTE, R.color.caution_ink).apply {
    background = CardDrawable(context, Edge.None, getColor(R.color.caution_surface), getColor(R.color.caution_line))
    setPadding(px(Space.L), px(Space.M), px(Space.L), px(Space.M))
    accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
}

private fun android.widget.TextView.centred() = apply {
    textAlignment = View.TEXT_ALIGNMENT_CENTER
}

/** The core's words with their first phrase in bold, which carries the message. */
internal fun firstSentenceBold(words: String): CharSequence {
    val end = words.indexOfFirst { it == '.' || it == ':' }.let { if (it < 0) words.length else it + 1 }
    return SpannableString(words).apply { setSpan(StyleSpan(Typeface.BOLD), 0, end, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE) }
}
