package it.campanile.wall

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import java.lang.reflect.Modifier
import java.time.Instant
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import kotlin.test.fail

/** A value of the edge as the scenarios write it: names with underscores, enum values in lower case, instants of RFC 3339. */
internal fun asJson(value: Any?): JsonElement = when (value) {
    null -> JsonNull
    is JsonElement -> value
    is String -> JsonPrimitive(value)
    is Boolean -> JsonPrimitive(value)
    is Number -> JsonPrimitive(value)
    is Enum<*> -> JsonPrimitive(value.name.lowercase())
    is Instant -> JsonPrimitive(value.toString())
    is ByteArray -> JsonPrimitive("${value.size} bytes")
    is Iterable<*> -> JsonArray(value.map(::asJson))
    else -> JsonObject(fieldsOf(value))
}

private fun fieldsOf(value: Any): Map<String, JsonElement> = generateSequence<Class<*>>(value.javaClass) { it.superclass }
    .takeWhile { it.name.startsWith("it.campanile") }
    .flatMap { it.declaredFields.asSequence() }
    .filterNot { Modifier.isStatic(it.modifiers) }
    .associate { field ->
        field.isAccessible = true
        field.name.replace(Regex("([A-Z])")) { "_" + it.value.lowercase() } to asJson(field.get(value))
    }

/** Holds what `expected` names against `found`: of objects the named fields alone, lists whole and one by one. */
internal fun assertHolds(expected: JsonElement, found: JsonElement?, where: String) {
    when (expected) {
        is JsonObject -> {
            if (found !is JsonObject) fail("$where: expected an object, found $found")
            for ((name, wanted) in expected) {
                assertTrue(name in found, "$where: there is no $name among ${found.keys}")
                assertHolds(wanted, found[name], "$where: $name")
            }
        }
        is JsonArray -> {
            if (found !is JsonArray) fail("$where: expected a list, found $found")
            assertEquals(expected.size, found.size, "$where: $found")
            expected.forEachIndexed { index, wanted -> assertHolds(wanted, found[index], "$where[$index]") }
        }
        else -> assertEquals(expected, found, where)
    }
}
