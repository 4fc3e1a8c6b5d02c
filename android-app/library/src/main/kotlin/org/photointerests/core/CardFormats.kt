package org.photointerests.core

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.intOrNull

/**
 * A card of any format that this app reads, with the keys of the newest: what its format does not
 * have is empty or null. Throws [CardException].
 */
internal fun JsonElement.asNewest(): JsonObject {
    val card = this as? JsonObject
        ?: throw CardException("${ModelCard.FILE} is not a card: expected an object")
    val format = card["format"]
        ?: throw CardException("${ModelCard.FILE} is not a card: missing [format]")
    return when ((format as? JsonPrimitive)?.intOrNull) {
        1 -> card.ofFormat1()
        2 -> card
        else -> throw CardException(
            "format: expected 1 or 2, received $format; a newer version of this program may read it"
        )
    }
}

private fun JsonObject.ofFormat1(): JsonObject {
    val categories = this["categories"] as? JsonArray
        ?: throw CardException("${ModelCard.FILE} is not a card: missing [categories]")
    val interests = categories.map {
        (it as? JsonObject)?.with(
            "description" to JsonPrimitive(""),
            "iab" to JsonNull,
            "wikidata" to JsonNull,
            "shown" to JsonPrimitive("always")
        ) ?: it
    }
    val card = JsonObject(this - "categories").with(
        "interests" to JsonArray(interests),
        "kinds" to JsonArray(emptyList()),
        "events" to JsonNull
    )
    return card.changing("thresholds") { it.with("kind" to JsonNull) }
        .changing("golden") { golden ->
            val new = listOf("weights", "kind_probabilities", "photos", "events")
            golden.changing("set") { it.with(*new.map { key -> key to JsonNull }.toTypedArray()) }
        }
}

/** Adds keys that this object's format does not know. */
private fun JsonObject.with(vararg keys: Pair<String, JsonElement>): JsonObject {
    val unknown = keys.map { it.first }.filter { it in this }
    if (unknown.isNotEmpty()) {
        throw CardException("${ModelCard.FILE} is not a card: format 1 has no keys $unknown")
    }
    return JsonObject(this + keys)
}

private fun JsonObject.changing(key: String, change: (JsonObject) -> JsonObject): JsonObject {
    val part = this[key] as? JsonObject ?: return this // reading the card names what is missing
    return JsonObject(this + (key to change(part)))
}
