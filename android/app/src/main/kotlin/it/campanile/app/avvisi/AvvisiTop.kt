package it.campanile.app.avvisi

import android.content.Context
import android.content.res.ColorStateList
import android.graphics.drawable.RippleDrawable
import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.ImageButton
import android.widget.LinearLayout
import it.campanile.app.R
import it.campanile.app.design.ButtonKind
import it.campanile.app.design.Shape
import it.campanile.app.design.Size
import it.campanile.app.design.Space
import it.campanile.app.design.button
import it.campanile.app.design.column
import it.campanile.app.design.px
import it.campanile.app.design.text
import it.campanile.app.design.withIcon
import it.campanile.app.system.asHeading

/** The head of the screen: its name, when it was last checked, and the button that checks again. */
internal class AvvisiTop(private val context: Context, refresh: () -> Unit) {
    private val checked = context.text("", Size.NOTE, R.color.ink_soft).apply {
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
    }
    private val again = context.iconButton(R.drawable.ic_refresh, R.string.avvisi_refresh, refresh)

    val view: View = LinearLayout(context).apply {
        orientation = LinearLayout.VERTICAL
        setBackgroundColor(context.getColor(R.color.surface))
        addView(
            LinearLayout(context).apply {
                gravity = Gravity.CENTER_VERTICAL
                setPaddingRelative(px(Space.L + Space.XS), px(Space.M), px(Space.S), px(Space.M))
                val name = context.text(context.getString(R.string.avvisi_title), Size.TITLE, bold = true).apply { asHeading() }
                addView(context.column(name, checked), LinearLayout.LayoutParams(0, WRAP_CONTENT, 1f))
                addView(again)
            },
        )
        addView(context.rule())
    }

    fun render(state: AvvisiState) {
        val board = state as? AvvisiState.Board
        val words = when {
            board == null -> ""
            board.isRefreshing -> context.getString(R.string.avvisi_refreshing)
            board.list.head.isKnown && board.list.rows.isNotEmpty() -> board.list.head.words
            else -> "" // the middle of the screen says it
        }
        if (checked.text.toString() != words) checked.text = words
        checked.visibility = if (words.isEmpty()) View.GONE else View.VISIBLE
        again.isEnabled = board?.isRefreshing != true
    }
}

/** A round button with a picture, whose name is said by a screen reader and shown on a long press. */
internal fun Context.iconButton(icon: Int, name: Int, action: () -> Unit) = ImageButton(this).apply {
    setImageDrawable(context.getDrawable(icon))
    contentDescription = context.getString(name)
    tooltipText = contentDescription
    background = RippleDrawable(ColorStateList.valueOf(context.getColor(R.color.pressed)), null, null)
    minimumWidth = px(Shape.TARGET)
    minimumHeight = px(Shape.TARGET)
    setOnClickListener { action() }
}

/** The bar at the foot of the screen: one tap from the emergency number, whatever the screen shows. */
internal fun emergencyBar(context: Context, call: () -> Unit): View = LinearLayout(context).apply {
    orientation = LinearLayout.VERTICAL
    setBackgroundColor(context.getColor(R.color.surface))
    addView(context.rule())
    val button = context.button(context.getString(R.string.emergency_call), ButtonKind.OUTLINED, call)
    button.text = context.withIcon(R.drawable.ic_phone, button.text)
    button.contentDescription = context.getString(R.string.emergency_call)
    addView(button, LinearLayout.LayoutParams(MATCH_PARENT, WRAP_CONTENT).apply { setMargins(px(Space.L), px(Space.M), px(Space.L), px(Space.M)) })
}

internal fun Context.rule(): View = View(this).apply {
    setBackgroundColor(context.getColor(R.color.line))
    layoutParams = LinearLayout.LayoutParams(MATCH_PARENT, px(Space.HAIR))
}
