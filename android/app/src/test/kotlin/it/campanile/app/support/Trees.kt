package it.campanile.app.support

import android.app.Activity
import android.view.View
import android.view.ViewGroup
import android.widget.TextView

/** Every view of the window, in the order in which it is drawn and read. */
fun Activity.tree(): List<View> = window.decorView.tree().toList()

private fun View.tree(): Sequence<View> = sequence {
    yield(this@tree)
    if (this@tree is ViewGroup) for (i in 0 until childCount) yieldAll(getChildAt(i).tree())
}

/** The words on the screen, from top to bottom. */
fun Activity.texts(): List<String> =
    tree().filter { it.isShown }.filterIsInstance<TextView>().map { it.text.toString() }.filter { it.isNotBlank() }

/** What a screen reader says, node by node. */
fun Activity.said(): List<String> = tree()
    .filter { it.isShown && it.isImportantForAccessibility }
    .mapNotNull { (it.contentDescription ?: (it as? TextView)?.text)?.toString() }
    .filter { it.isNotBlank() }
