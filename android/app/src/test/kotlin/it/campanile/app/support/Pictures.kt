package it.campanile.app.support

import android.app.Activity
import android.graphics.Bitmap
import android.os.Handler
import android.os.Looper
import android.view.PixelCopy
import it.campanile.app.CampanileApp
import kotlinx.coroutines.job
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.runBlocking
import org.robolectric.Shadows.shadowOf
import java.io.File
import kotlin.math.abs
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** Lets everything posted to the main thread run, what the IO threads still post included. */
fun settle() {
    repeat(20) {
        shadowOf(Looper.getMainLooper()).idle()
        Thread.sleep(5)
    }
}

/** Lets the main thread run until `holds`, at most five seconds. */
fun settleUntil(what: String, holds: () -> Boolean) {
    repeat(500) {
        shadowOf(Looper.getMainLooper()).idle()
        if (holds()) return
        Thread.sleep(10)
    }
    throw AssertionError("$what did not come about")
}

/** Waits for what receivers and jobs of `app` began. */
fun finishBackground(app: CampanileApp) = runBlocking { app.background.coroutineContext.job.children.toList().joinAll() }

/** The window of `activity` as the render thread draws it, shadows included. */
fun pictureOf(activity: Activity): Bitmap {
    val decor = activity.window.decorView
    val bitmap = Bitmap.createBitmap(decor.width, decor.height, Bitmap.Config.ARGB_8888)
    var result = -1
    PixelCopy.request(activity.window, bitmap, { result = it }, Handler(Looper.getMainLooper()))
    shadowOf(Looper.getMainLooper()).idle()
    assertEquals(PixelCopy.SUCCESS, result, "the window could not be copied")
    return bitmap
}

/**
 * Compares the window with `docs/pictures/NAME.png`; a picture that is missing fails too.
 *
 * The new picture is always written under target/pictures. `CAMPANILE_PICTURES=write` makes it the golden one,
 * which is only right after looking at it.
 */
fun assertLooksLike(name: String, activity: Activity) {
    val bitmap = pictureOf(activity)
    val made = File(System.getProperty("pictures.dir"), "$name.png")
    made.parentFile.mkdirs()
    made.outputStream().use { bitmap.compress(Bitmap.CompressFormat.PNG, 100, it) }
    val golden = File(System.getProperty("campanile.workspace"), "docs/pictures/$name.png")
    if (System.getenv("CAMPANILE_PICTURES") == "write") {
        golden.parentFile.mkdirs()
        made.copyTo(golden, overwrite = true)
    }
    assertTrue(golden.exists(), "$golden is missing; look at $made and run with CAMPANILE_PICTURES=write")
    val expected = golden.readBytes().let { android.graphics.BitmapFactory.decodeByteArray(it, 0, it.size) }
    assertEquals(expected.width to expected.height, bitmap.width to bitmap.height, "size of $name")
    val differing = differingPixels(expected, bitmap)
    val allowed = bitmap.width * bitmap.height / ONE_IN
    assertTrue(differing <= allowed, "$name differs in $differing pixels (at most $allowed): compare $made with $golden")
}

private fun differingPixels(a: Bitmap, b: Bitmap): Int {
    val left = IntArray(a.width * a.height).also { a.getPixels(it, 0, a.width, 0, 0, a.width, a.height) }
    val right = IntArray(left.size).also { b.getPixels(it, 0, a.width, 0, 0, a.width, a.height) }
    return left.indices.count { i -> CHANNELS.any { abs((left[i] shr it and 0xFF) - (right[i] shr it and 0xFF)) > STEP } }
}

private val CHANNELS = listOf(0, 8, 16)

/** Another processor may round an edge differently: a step this small is no difference. */
private const val STEP = 12
private const val ONE_IN = 500
