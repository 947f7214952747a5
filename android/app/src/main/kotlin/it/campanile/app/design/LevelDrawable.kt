package it.campanile.app.design

import android.content.Context
import android.graphics.Canvas
import android.graphics.ColorFilter
import android.graphics.Paint
import android.graphics.Path
import android.graphics.PixelFormat
import android.graphics.drawable.Drawable

/** The figure of a level, drawn as paths on a field of 24 by 24 units and scaled to its bounds. */
class LevelDrawable(context: Context, val look: LevelLook) : Drawable() {
    private val fill = Paint(Paint.ANTI_ALIAS_FLAG).apply { color = context.getColor(look.fill) }
    private val ink = Paint(Paint.ANTI_ALIAS_FLAG).apply { color = context.getColor(look.ink) }
    private val outline = Paint(Paint.ANTI_ALIAS_FLAG).apply {
        color = context.getColor(look.outline)
        style = Paint.Style.STROKE
        strokeWidth = 1.1f
        strokeJoin = Paint.Join.ROUND
    }
    private val stroke = Paint(ink).apply {
        style = Paint.Style.STROKE
        strokeWidth = 2.4f
        strokeCap = Paint.Cap.ROUND
        strokeJoin = Paint.Join.ROUND
    }
    private val body: Path = bodyOf(look.figure)

    override fun draw(canvas: Canvas) {
        val side = minOf(bounds.width(), bounds.height()) / FIELD
        canvas.save()
        canvas.translate(bounds.exactCenterX() - side * FIELD / 2, bounds.exactCenterY() - side * FIELD / 2)
        canvas.scale(side, side)
        canvas.drawPath(body, fill)
        canvas.drawPath(body, outline)
        when (look.figure) {
            Figure.CIRCLE_TICK -> canvas.drawPath(TICK, stroke)
            Figure.TRIANGLE -> exclamation(canvas, top = 8.2f, foot = 14.6f, dot = 17.4f)
            Figure.DIAMOND, Figure.OCTAGON -> exclamation(canvas, top = 6.2f, foot = 13.6f, dot = 17.2f)
            Figure.CIRCLE_QUESTION -> {
                canvas.drawPath(QUESTION, stroke)
                canvas.drawCircle(12f, 17.4f, 1.45f, ink)
            }
            Figure.SQUARE_EXERCISE -> exerciseMark(canvas)
        }
        canvas.restore()
    }

    private fun exclamation(canvas: Canvas, top: Float, foot: Float, dot: Float) {
        canvas.drawRoundRect(10.75f, top, 13.25f, foot, 0.7f, 0.7f, ink)
        canvas.drawCircle(12f, dot, 1.45f, ink)
    }

    // A capital E between two rules: read as "esercitazione" or "exercise", and unlike any level.
    private fun exerciseMark(canvas: Canvas) {
        canvas.drawPath(LETTER_E, stroke)
    }

    override fun setAlpha(alpha: Int) = Unit

    override fun setColorFilter(filter: ColorFilter?) = Unit

    @Deprecated("Deprecated in Java", ReplaceWith("PixelFormat.TRANSLUCENT"))
    override fun getOpacity(): Int = PixelFormat.TRANSLUCENT

    private companion object {
        const val FIELD = 24f

        val TICK = Path().apply { moveTo(7f, 12.4f); lineTo(10.6f, 16f); lineTo(17.2f, 8.6f) }
        val QUESTION = Path().apply {
            moveTo(8.9f, 9.4f)
            cubicTo(8.9f, 5.2f, 15.1f, 5.2f, 15.1f, 9.4f)
            cubicTo(15.1f, 11.8f, 12f, 11.6f, 12f, 14f)
        }
        val LETTER_E = Path().apply {
            moveTo(15.4f, 7f); lineTo(9.2f, 7f); lineTo(9.2f, 17f); lineTo(15.4f, 17f)
            moveTo(9.2f, 12f); lineTo(14.2f, 12f)
        }

        fun bodyOf(figure: Figure): Path = Path().apply {
            when (figure) {
                Figure.CIRCLE_TICK, Figure.CIRCLE_QUESTION -> addCircle(12f, 12f, 10.6f, Path.Direction.CW)
                Figure.TRIANGLE -> polygon(12f, 2f, 22.8f, 21f, 1.2f, 21f)
                Figure.DIAMOND -> polygon(12f, 1f, 23f, 12f, 12f, 23f, 1f, 12f)
                Figure.OCTAGON -> polygon(7.6f, 1.2f, 16.4f, 1.2f, 22.8f, 7.6f, 22.8f, 16.4f, 16.4f, 22.8f, 7.6f, 22.8f, 1.2f, 16.4f, 1.2f, 7.6f)
                Figure.SQUARE_EXERCISE -> addRoundRect(1.6f, 1.6f, 22.4f, 22.4f, 4f, 4f, Path.Direction.CW)
            }
        }

        fun Path.polygon(vararg points: Float) {
            moveTo(points[0], points[1])
            for (i in 2 until points.size step 2) lineTo(points[i], points[i + 1])
            close()
        }
    }
}
