package it.campanile.wall

import kotlinx.serialization.json.Json
import org.junit.jupiter.api.Test
import java.time.Instant
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith

/** The comparison by which the scenarios are judged must itself be able to fail. */
class AsJsonTest {
    private val found = asJson(SyncStatus(isRegistered = true, isListening = false, lastComplete = Instant.EPOCH))

    private fun holds(expected: String) = assertHolds(Json.parseToJsonElement(expected), found, "here")

    @Test fun names_get_underscores_and_instants_their_form() =
        assertEquals("""{"is_registered":true,"is_listening":false,"last_complete":"1970-01-01T00:00:00Z"}""", found.toString())

    @Test fun only_what_is_named_is_compared() = holds("""{"is_registered":true}""")

    @Test fun another_value_fails() {
        assertFailsWith<AssertionError> { holds("""{"is_registered":false}""") }
    }

    @Test fun a_name_that_is_not_there_fails() {
        assertFailsWith<AssertionError> { holds("""{"registered":true}""") }
    }

    @Test fun a_list_of_another_length_fails() {
        assertFailsWith<AssertionError> { assertHolds(Json.parseToJsonElement("[1]"), asJson(listOf(1, 2)), "here") }
        assertFailsWith<AssertionError> { assertHolds(Json.parseToJsonElement("[]"), asJson(listOf(1)), "here") }
    }

    @Test fun null_is_not_the_same_as_something() {
        assertFailsWith<AssertionError> { assertHolds(Json.parseToJsonElement("null"), asJson("x"), "here") }
    }
}
