package it.campanile.app.system

import android.content.Context
import android.os.UserManager
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import android.util.AtomicFile
import it.campanile.wall.KeyStore
import it.campanile.wall.PlatformFailed
import it.campanile.wall.PlatformLocked
import java.io.File
import java.security.GeneralSecurityException
import java.security.SecureRandom
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/** Encrypts a few bytes with a key that the system never gives out. */
interface Sealing {
    fun seal(plain: ByteArray): ByteArray

    /** Throws [GeneralSecurityException] for bytes that it did not seal. */
    fun open(sealed: ByteArray): ByteArray
}

/**
 * The keys of the store and of the saved places: 32 random bytes each, kept in `folder` sealed by [sealing].
 *
 * A key that is there but cannot be opened is an error and never replaced: a new one would orphan the store.
 */
class SealedKeys(
    private val folder: File,
    private val sealing: Sealing,
    private val isUnlocked: () -> Boolean,
) : KeyStore {
    override fun databaseKey(): ByteArray = key("database_key")

    override fun placesKey(): ByteArray = key("places_key")

    @Synchronized
    private fun key(name: String): ByteArray {
        if (!isUnlocked()) throw PlatformLocked()
        val file = File(folder, name)
        val atomic = AtomicFile(file)
        return try {
            if (file.exists()) sealing.open(atomic.readFully()) else newKey(atomic)
        } catch (failure: GeneralSecurityException) {
            throw PlatformFailed()
        } catch (failure: java.io.IOException) {
            throw PlatformFailed()
        }
    }

    private fun newKey(atomic: AtomicFile): ByteArray {
        val key = ByteArray(KEY_BYTES).also(SecureRandom()::nextBytes)
        atomic.write(sealing.seal(key))
        return key
    }

    companion object {
        const val KEY_BYTES = 32

        /** The keys of this app, sealed by the Android Keystore, outside every backup. */
        fun of(context: Context) = SealedKeys(
            context.noBackupFilesDir,
            KeystoreSealing("campanile-keys"),
            isUnlocked = { context.service<UserManager>().isUserUnlocked },
        )
    }
}

/** AES-256-GCM under a key of the Android Keystore; nonce first, then the cipher text. */
class KeystoreSealing(private val alias: String) : Sealing {
    override fun seal(plain: ByteArray): ByteArray {
        val cipher = Cipher.getInstance(TRANSFORMATION).apply { init(Cipher.ENCRYPT_MODE, key()) }
        return cipher.iv + cipher.doFinal(plain)
    }

    override fun open(sealed: ByteArray): ByteArray {
        if (sealed.size <= NONCE_BYTES) throw GeneralSecurityException("too short")
        val cipher = Cipher.getInstance(TRANSFORMATION)
        cipher.init(Cipher.DECRYPT_MODE, key(), GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES))
        return cipher.doFinal(sealed, NONCE_BYTES, sealed.size - NONCE_BYTES)
    }

    private fun key(): SecretKey {
        val store = java.security.KeyStore.getInstance(PROVIDER).apply { load(null) }
        (store.getKey(alias, null) as SecretKey?)?.let { return it }
        val spec = KeyGenParameterSpec.Builder(alias, KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT)
            .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
            .setKeySize(256)
            .build()
        return KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, PROVIDER).apply { init(spec) }.generateKey()
    }

    private companion object {
        const val PROVIDER = "AndroidKeyStore"
        const val TRANSFORMATION = "AES/GCM/NoPadding"
        const val NONCE_BYTES = 12
        const val TAG_BITS = 128
    }
}
