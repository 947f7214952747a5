package it.campanile.app.design

import android.content.Context
import android.content.res.ColorStateList
import android.graphics.Canvas
import android.graphics.Paint
import android.graphics.drawable.Drawable
import android.graphics.drawable.GradientDrawable
import android.graphics.drawable.RippleDrawable
import android.text.Layout
import android.text.SpannableStringBuilder
import android.text.Spanned
import android.text.style.ImageSpan
import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.Button
import android.widget.ImageView
import android.widget.LinearLayout
import android.widget.TextView
import it.campanile.app.R
import kotlin.math.roundToInt

/** A line or paragraph of text; wraps, never cut. */
internal fun Context.text(words: CharSequence, size: Float = Size.BODY, color: Int = R.color.ink, bold: Boolean = false): TextView =
    TextView(this).apply {
        text = words
        textSize = size
        typeface = if (bold) Face.bold else Face.regular
        setTextColor(context.getColor(color))
        setLineSpacing(0f, LINE_SPACING)
        textAlignment = View.TEXT_ALIGNMENT_VIEW_START
        // Titles in lines of like length, so that no word stands alone; longer texts fill their lines.
        breakStrategy = if (bold) Layout.BREAK_STRATEGY_BALANCED else Layout.BREAK_STRATEGY_HIGH_QUALITY
        hyphenationFrequency = Layout.HYPHENATION_FREQUENCY_NONE
    }

/** Children one below the other. */
internal fun Context.column(vararg children: View, gap: Int = 0): LinearLayout = LinearLayout(this).apply {
    orientation = LinearLayout.VERTICAL
    children.forEachIndexed { index, child ->
        addView(child, LinearLayout.LayoutParams(MATCH_PARENT, WRAP_CONTENT).apply { if (index > 0) topMargin = px(gap) })
    }
}

/** The figure of a level, `side` dp wide; says nothing to a screen reader, since words beside it do. */
internal fun Context.figure(look: LevelLook, side: Int): ImageView = ImageView(this).apply {
    setImageDrawable(LevelDrawable(context, look))
    importantForAccessibility = View.IMPORTANT_FOR_ACCESSIBILITY_NO
    val grown = (px(side) * figureScale).roundToInt()
    layoutParams = LinearLayout.LayoutParams(grown, grown)
}

/** Figures grow with the text, but not so far that they take its room. */
private val Context.figureScale: Float get() = resources.configuration.fontScale.coerceIn(1f, FIGURE_SCALE_AT_MOST)

/** Whether the text is so large that a figure beside it would leave too narrow a column. */
internal val Context.hasLargeText: Boolean get() = resources.configuration.fontScale >= LARGE_TEXT

/** The colours of a chip. */
enum class ChipKind(val surface: Int, val line: Int, val ink: Int) {
    CAUTION(R.color.caution_surface, R.color.caution_line, R.color.caution_ink),
}

/** A short remark in a rounded box. */
internal fun Context.chip(words: CharSequence, kind: ChipKind): TextView = text(words, Size.NOTE, kind.ink).apply {
    typeface = Face.medium
    background = GradientDrawable().apply {
        cornerRadius = pxf(CHIP_RADIUS)
        setColor(context.getColor(kind.surface))
        setStroke(px(Space.HAIR), context.getColor(kind.line))
    }
    setPadding(px(Space.M), px(Space.XS), px(Space.M), px(Space.XS))
}

/** How much a button asks for attention. */
enum class ButtonKind { FILLED, OUTLINED }

/** A button of the app's own look, at least 48 dp high, whose words wrap. */
internal fun Context.button(words: CharSequence, kind: ButtonKind, action: () -> Unit): Button = Button(this).apply {
    text = words
    isAllCaps = false
    textSize = Size.LEAD
    typeface = Face.medium
    stateListAnimator = null
    minHeight = px(Shape.TARGET + Space.XS)
    minimumHeight = minHeight
    gravity = Gravity.CENTER
    setPadding(px(Space.L), px(Space.S), px(Space.L), px(Space.S))
    val shape = GradientDrawable().apply { cornerRadius = pxf(Shape.BUTTON.toFloat()) }
    when (kind) {
        ButtonKind.FILLED -> {
            shape.setColor(context.getColor(R.color.accent_surface))
            setTextColor(context.getColor(R.color.accent_ink))
        }
        ButtonKind.OUTLINED -> {
            shape.setColor(context.getColor(R.color.surface))
            shape.setStroke(px(2), context.getColor(R.color.accent))
            setTextColor(context.getColor(R.color.accent))
        }
    }
    background = RippleDrawable(ColorStateList.valueOf(context.getColor(R.color.pressed)), shape, null)
    setOnClickListener { action() }
}

/**
 * `words` after a picture that stands in the line like a letter, so both stay together and in the middle.
 *
 * Large text goes without the picture: over two lines it would only push the words aside.
 */
internal fun Context.withIcon(icon: Int, words: CharSequence): CharSequence {
    if (hasLargeText) return words
    val picture = checkNotNull(getDrawable(icon)) { "a resource of the app" }
    val side = (px(ICON_IN_TEXT) * resources.configuration.fontScale).roundToInt()
    picture.setBounds(0, 0, side, side)
    return SpannableStringBuilder("\u00A0").append("\u00A0 ").append(words).apply {
        setSpan(CentredImage(picture), 0, 1, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE)
    }
}

/** A picture whose middle is the middle of the capital letters; the framework's own centring came with API 29. */
private class CentredImage(picture: Drawable) : ImageSpan(picture) {
    override fun draw(canvas: Canvas, text: CharSequence, start: Int, end: Int, x: Float, top: Int, y: Int, bottom: Int, paint: Paint) {
        canvas.save()
        canvas.translate(x, y + paint.ascent() * CAPITALS / 2 - drawable.bounds.height() / 2f)
        drawable.draw(canvas)
        canvas.restore()
    }

    private companion object {
        /** How much of the ascent capital letters take. */
        const val CAPITALS = 0.77f
    }
}

/** Wraps `ground` so that a touch is seen on it. */
internal fun Context.touchable(ground: Drawable): RippleDrawable {
    val mask = GradientDrawable().apply {
        cornerRadius = pxf(Shape.CARD.toFloat())
        setColor(getColor(R.color.ink))
    }
    return RippleDrawable(ColorStateList.valueOf(getColor(R.color.pressed)), ground, mask)
}

private const val LINE_SPACING = 1.08f
private const val FIGURE_SCALE_AT_MOST = 1.5f
private const val LARGE_TEXT = 1.6f
private const val CHIP_RADIUS = 14f
private const val ICON_IN_TEXT = 22
