package it.campanile.app.design

import android.content.Context
import android.graphics.Canvas
import android.graphics.ColorFilter
import android.graphics.Outline
import android.graphics.Paint
import android.graphics.Path
import android.graphics.PixelFormat
import android.graphics.RectF
import android.graphics.drawable.Drawable
import it.campanile.app.R

/** What runs down the leading edge of a card. */
sealed interface Edge {
    data object None : Edge

    /** The colour of a level. */
    data class Plain(val color: Int) : Edge

    /** Slanted stripes, for exercises and tests. */
    data class Striped(val dark: Int, val light: Int) : Edge
}

/** The ground of a card: rounded, with a fine line around it and an [Edge] that follows the corners. */
class CardDrawable(
    private val context: Context,
    private val edge: Edge,
    surface: Int = context.getColor(R.color.surface),
    line: Int = context.getColor(R.color.line),
) : Drawable() {
    private val radius = context.pxf(Shape.CARD.toFloat())
    private val edgeWidth = context.pxf(Shape.EDGE.toFloat())
    private val ground = Paint(Paint.ANTI_ALIAS_FLAG).apply { color = surface }
    private val border = Paint(Paint.ANTI_ALIAS_FLAG).apply {
        color = line
        style = Paint.Style.STROKE
        strokeWidth = context.pxf(1f)
    }
    private val bar = Paint(Paint.ANTI_ALIAS_FLAG)
    private val outlinePath = Path()
    private val box = RectF()

    override fun draw(canvas: Canvas) {
        val half = border.strokeWidth / 2
        box.set(bounds.left + half, bounds.top + half, bounds.right - half, bounds.bottom - half)
        outlinePath.rewind()
        outlinePath.addRoundRect(box, radius, radius, Path.Direction.CW)
        canvas.drawPath(outlinePath, ground)
        if (edge != Edge.None) {
            canvas.save()
            canvas.clipPath(outlinePath)
            drawEdge(canvas)
            canvas.restore()
        }
        canvas.drawPath(outlinePath, border)
    }

    private fun drawEdge(canvas: Canvas) {
        val fromRight = layoutDirection == android.view.View.LAYOUT_DIRECTION_RTL
        val left = if (fromRight) box.right - edgeWidth else box.left
        when (edge) {
            Edge.None -> Unit
            is Edge.Plain -> {
                bar.color = edge.color
                canvas.drawRect(left, box.top, left + edgeWidth, box.bottom, bar)
            }
            is Edge.Striped -> {
                canvas.clipRect(left, box.top, left + edgeWidth, box.bottom)
                stripes(canvas, RectF(left, box.top, left + edgeWidth, box.bottom), edge.dark, edge.light, context.pxf(6f), bar)
            }
        }
    }

    override fun getOutline(outline: Outline) = outline.setRoundRect(bounds, radius)

    override fun setAlpha(alpha: Int) = Unit

    override fun setColorFilter(filter: ColorFilter?) = Unit

    @Deprecated("Deprecated in Java", ReplaceWith("PixelFormat.TRANSLUCENT"))
    override fun getOpacity(): Int = PixelFormat.TRANSLUCENT
}

/** Fills `area` with stripes at 45 degrees, each `width` pixels wide, `dark` and `light` in turn. */
internal fun stripes(canvas: Canvas, area: RectF, dark: Int, light: Int, width: Float, paint: Paint) {
    paint.style = Paint.Style.FILL
    paint.color = light
    canvas.drawRect(area, paint)
    paint.color = dark
    val band = Path()
    var x = area.left - area.height()
    while (x < area.right) {
        band.rewind()
        band.moveTo(x, area.bottom)
        band.lineTo(x + area.height(), area.top)
        band.lineTo(x + area.height() + width, area.top)
        band.lineTo(x + width, area.bottom)
        band.close()
        canvas.drawPath(band, paint)
        x += width * 2
    }
}
