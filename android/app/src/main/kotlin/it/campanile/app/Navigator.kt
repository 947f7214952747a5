package it.campanile.app

import android.view.View
import android.widget.FrameLayout

/** One thing that fills the window. Made when it comes on top, thrown away when it leaves. */
interface Screen {
    /** Builds the view; called once. */
    fun view(): View

    /** The screen is seen from now on. */
    fun shown() = Unit

    /** The screen is not seen any more, for the moment or for good. */
    fun hidden() = Unit
}

/** A stack of screens in one frame. */
class Navigator(private val frame: FrameLayout) {
    private class Entry(val screen: Screen, val view: View)

    private val stack = ArrayDeque<Entry>()
    private var isVisible = false

    val top: Screen? get() = stack.lastOrNull()?.screen

    /** Puts `screen` on top. */
    fun open(screen: Screen) {
        stack.lastOrNull()?.let { below ->
            if (isVisible) below.screen.hidden()
            frame.removeView(below.view)
        }
        stack += Entry(screen, screen.view())
        show()
    }

    /** Goes one screen back; false when there is none to go back to, and nothing changed. */
    fun back(): Boolean {
        if (stack.size < 2) return false
        val left = stack.removeLast()
        if (isVisible) left.screen.hidden()
        frame.removeView(left.view)
        show()
        return true
    }

    /** The window came on or went from the screen. */
    fun visible(visible: Boolean) {
        if (visible == isVisible) return
        isVisible = visible
        if (visible) top?.shown() else top?.hidden()
    }

    private fun show() {
        val entry = stack.last()
        frame.addView(entry.view)
        if (isVisible) entry.screen.shown()
    }
}
