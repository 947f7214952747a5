package it.campanile.app.system

import android.content.Context
import android.util.AtomicFile
import java.io.IOException

/** The system service of type `T`. */
internal inline fun <reified T : Any> Context.service(): T =
    checkNotNull(getSystemService(T::class.java)) { "every phone has ${T::class.java.simpleName}" }

/** Replaces the file by `bytes`, or leaves it as it was and throws [IOException]. */
internal fun AtomicFile.write(bytes: ByteArray) {
    val stream = startWrite()
    try {
        stream.write(bytes)
        finishWrite(stream)
    } catch (failure: IOException) {
        failWrite(stream)
        throw failure
    }
}
