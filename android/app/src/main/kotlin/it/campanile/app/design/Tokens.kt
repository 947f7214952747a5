package it.campanile.app.design

import android.content.Context
import android.graphics.Typeface
import android.view.View
import kotlin.math.roundToInt

/** Distances in dp; every margin of the app is one of these. */
object Space {
    const val HAIR = 1
    const val XS = 4
    const val S = 8
    const val M = 12
    const val L = 16
    const val XL = 24
    const val XXL = 40
}

/** Text sizes in sp; all grow with the person's setting. */
object Size {
    const val TITLE = 28f
    const val HEADING = 21f
    const val LEAD = 17.5f
    const val BODY = 16f
    const val NOTE = 14.5f
}

/** Corner radii and fixed sizes in dp. */
object Shape {
    const val CARD = 14
    const val BUTTON = 12
    const val EDGE = 8
    const val ICON = 40
    const val ICON_BIG = 96

    /** The least height and width of what can be tapped. */
    const val TARGET = 48

    /** A column wider than this is hard to read; on tablets and in landscape the content stays in the middle. */
    const val COLUMN = 640
}

internal object Face {
    val regular: Typeface = Typeface.create("sans-serif", Typeface.NORMAL)
    val medium: Typeface = Typeface.create("sans-serif-medium", Typeface.NORMAL)
    val bold: Typeface = Typeface.create("sans-serif", Typeface.BOLD)
}

/** `dp` in pixels of this screen. */
internal fun Context.px(dp: Int): Int = (dp * resources.displayMetrics.density).roundToInt()

internal fun Context.pxf(dp: Float): Float = dp * resources.displayMetrics.density

internal fun View.px(dp: Int): Int = context.px(dp)
