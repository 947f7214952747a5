package it.campanile.app

import android.Manifest
import android.app.Activity
import android.content.Intent
import android.content.pm.PackageManager
import android.net.Uri
import android.os.Build
import android.os.Bundle
import android.widget.FrameLayout
import it.campanile.app.avvisi.AvvisiModel
import it.campanile.app.avvisi.AvvisiScreen
import it.campanile.app.avvisi.DetailScreen
import it.campanile.app.system.padForSystemBars
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel

/** The one window of the app. */
class MainActivity : Activity() {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Main)
    private val app get() = application as CampanileApp
    private lateinit var navigator: Navigator

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        val frame = FrameLayout(this).apply {
            id = R.id.frame
            padForSystemBars(getColor(R.color.surface))
        }
        setContentView(frame)
        navigator = Navigator(frame)
        val model = AvvisiModel(app.walls, app, scope)
        navigator.open(AvvisiScreen(this, model, scope, openAlert = { openAlert(it.id) }, callEmergency = ::callEmergency))
        askForNotifications()
        if (savedInstanceState == null) openAlertOf(intent) else savedInstanceState.getString(ALERT)?.let(::openAlert)
    }

    override fun onSaveInstanceState(state: Bundle) {
        super.onSaveInstanceState(state)
        state.putString(ALERT, (navigator.top as? DetailScreen)?.id)
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        openAlertOf(intent)
    }

    override fun onStart() {
        super.onStart()
        navigator.visible(true)
    }

    override fun onStop() {
        navigator.visible(false)
        super.onStop()
    }

    override fun onDestroy() {
        scope.cancel()
        super.onDestroy()
    }

    @Deprecated("Deprecated in Java")
    override fun onBackPressed() {
        @Suppress("DEPRECATION")
        if (!navigator.back()) super.onBackPressed()
    }

    private fun openAlertOf(intent: Intent) {
        intent.getStringExtra(ALERT)?.let(::openAlert)
    }

    private fun openAlert(id: String) {
        navigator.open(DetailScreen(this, id, app.walls, scope, back = { navigator.back() }, callEmergency = ::callEmergency))
    }

    /** Without it no alert is heard. Asked once; Android asks again only if the person did not decide. */
    private fun askForNotifications() {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU) return
        val permission = Manifest.permission.POST_NOTIFICATIONS
        if (checkSelfPermission(permission) != PackageManager.PERMISSION_GRANTED) requestPermissions(arrayOf(permission), 1)
    }

    // The dialler, not the call: nobody should ring 112 by a slip of the finger.
    private fun callEmergency() = startActivity(Intent(Intent.ACTION_DIAL, Uri.parse("tel:112")))

    companion object {
        /** Extra of the intent that opens one alert: its id. */
        const val ALERT = "alert"
    }
}
