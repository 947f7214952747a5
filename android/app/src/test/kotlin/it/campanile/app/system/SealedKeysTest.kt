package it.campanile.app.system

import it.campanile.wall.PlatformFailed
import it.campanile.wall.PlatformLocked
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import java.security.GeneralSecurityException
import kotlin.experimental.xor
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse

@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], application = android.app.Application::class)
class SealedKeysTest {
    @get:Rule val disk = TemporaryFolder()

    /** Stands in for the Android Keystore, which exists on phones alone. */
    private class Masking : Sealing {
        override fun seal(plain: ByteArray) = byteArrayOf(1) + plain.mask()

        override fun open(sealed: ByteArray) = if (sealed[0] == 1.toByte()) sealed.drop(1).toByteArray().mask() else throw GeneralSecurityException()

        private fun ByteArray.mask() = map { it xor 0x55 }.toByteArray()
    }

    private var unlocked = true

    private fun keys() = SealedKeys(disk.root, Masking()) { unlocked }

    @Test fun a_key_is_made_once_and_the_same_ever_after() {
        val key = keys().databaseKey()
        assertEquals(32, key.size)
        assertContentEquals(key, keys().databaseKey())
    }

    @Test fun the_two_keys_differ() = assertFalse(keys().databaseKey().contentEquals(keys().placesKey()))

    @Test fun no_key_lies_on_the_disk_as_it_is() {
        val key = keys().databaseKey().toList()
        for (file in disk.root.walk().filter { it.isFile }) {
            assertFalse(file.readBytes().toList().windowed(key.size).any { it == key }, file.name)
        }
    }

    @Test fun while_the_phone_is_locked_no_key_is_read_or_made() {
        unlocked = false
        assertFailsWith<PlatformLocked> { keys().databaseKey() }
        assertEquals(0, disk.root.list()!!.size)
    }

    @Test fun a_key_that_cannot_be_opened_is_an_error_and_stays_where_it_is() {
        keys().databaseKey()
        val file = disk.root.resolve("database_key").apply { writeBytes(byteArrayOf(0, 1, 2)) }
        assertFailsWith<PlatformFailed> { keys().databaseKey() }
        assertContentEquals(byteArrayOf(0, 1, 2), file.readBytes())
    }
}
