package it.campanile.app.system

import android.os.Build
import android.view.View

/** Marks the view as a heading, by which screen readers jump; a plain text below API 28. */
@Guarded
internal fun View.asHeading() {
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) isAccessibilityHeading = true
}
