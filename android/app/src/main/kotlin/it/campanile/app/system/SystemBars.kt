package it.campanile.app.system

import android.view.View

/**
 * Keeps the content clear of the status and navigation bars, which lie over the window since target 35,
 * and paints the ground behind them in `color`.
 */
internal fun View.padForSystemBars(color: Int) {
    setBackgroundColor(color)
    setOnApplyWindowInsetsListener { view, insets ->
        // The typed insets came with API 30; these say the same from API 21 on.
        @Suppress("DEPRECATION")
        view.setPadding(
            insets.systemWindowInsetLeft,
            insets.systemWindowInsetTop,
            insets.systemWindowInsetRight,
            insets.systemWindowInsetBottom,
        )
        insets
    }
}
