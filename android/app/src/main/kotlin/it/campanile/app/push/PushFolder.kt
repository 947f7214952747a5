package it.campanile.app.push

import android.content.Context
import android.os.UserManager
import android.util.AtomicFile
import it.campanile.app.system.service
import it.campanile.app.system.write
import it.campanile.wall.KeyStore
import it.campanile.wall.PlatformException
import it.campanile.wall.PushFiles
import it.campanile.wall.SealedPlaces
import java.io.File
import java.io.FileNotFoundException
import java.io.IOException

/**
 * The two files that the push receiver reads instead of the store.
 *
 * The snapshot (trust, and what was shown) can be read before the first unlock after a restart, so that an alert is verified
 * and shown even then; the places lie in storage that is sealed until the unlock, and sealed once more by their own key.
 */
class PushFolder(early: File, sealed: File, private val keys: KeyStore) {
    private val snapshotFile = AtomicFile(File(early, "push-snapshot"))
    private val placesFile = AtomicFile(File(sealed, "push-places"))

    /** The snapshot; null before the first synchronisation. Throws [IOException] when the disk fails. */
    fun snapshot(): ByteArray? = try {
        snapshotFile.readFully()
    } catch (missing: FileNotFoundException) {
        null
    }

    /** The places with their key; null while the phone is locked or before any was saved. */
    fun places(): SealedPlaces? = try {
        SealedPlaces(placesFile.readFully(), keys.placesKey())
    } catch (missing: IOException) {
        null
    } catch (locked: PlatformException) {
        null
    }

    /** Keeps a new snapshot, whole or not at all. */
    fun keep(snapshot: ByteArray) = snapshotFile.write(snapshot)

    /** Keeps what the core gave after a synchronisation. */
    fun keep(files: PushFiles) {
        placesFile.write(files.places)
        keep(files.snapshot)
    }

    companion object {
        /** The folder of this app on this phone. */
        fun of(context: Context, keys: KeyStore): PushFolder {
            val early = context.createDeviceProtectedStorageContext().noBackupFilesDir
            // Asking for the sealed folder throws before the unlock; the early one stands in, where no places lie.
            val sealed = if (context.service<UserManager>().isUserUnlocked) context.noBackupFilesDir else early
            return PushFolder(early, sealed, keys)
        }
    }
}
