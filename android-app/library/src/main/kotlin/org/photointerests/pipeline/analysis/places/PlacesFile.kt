package org.photointerests.pipeline.analysis.places

import java.io.IOException
import java.nio.Buffer
import java.nio.ByteBuffer
import java.nio.ByteOrder
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

private const val STEPS = 32_767f
private const val POPULATION_STEPS = 16.0
private const val BYTES_A_PLACE = 6
private const val LATITUDES = 90f
private const val LONGITUDES = 180f
private const val LINE_END = '\n'.code.toByte()

/** A country by its ISO 3166 code, with its names by language. */
class Country(val code: String, val names: Map<String, String>)

/**
 * All places, sorted by latitude: a header line of JSON, then arrays and names, as
 * `photo_interests/analysis/place/places_file.py` writes them.
 *
 * Little-endian, for n places: latitudes and longitudes as 16-bit parts of 90 and 180 degrees,
 * population as 16 log10(people) and the index of the country, a byte each; then a name a line.
 */
class PlacesFile(private val content: ByteBuffer) {
    private val start = 1 + (0 until content.limit()).first { content.get(it) == LINE_END }
    private val header = Json.parseToJsonElement(text(0, start - 1)).jsonObject
    private val otherNames = header.getValue("other_names").jsonArray.associate {
        it.jsonArray[0].jsonPrimitive.int to it.jsonArray[1].names()
    }

    /** Number of places. */
    val size = header.getValue("places").jsonPrimitive.int
    private val countries = header.getValue("countries").jsonArray.map {
        Country(it.jsonArray[0].jsonPrimitive.content, it.jsonArray[1].names())
    }
    private val firstName = start + BYTES_A_PLACE * size
    private val nameEnds = nameEnds()

    init {
        content.order(ByteOrder.LITTLE_ENDIAN)
    }

    /** Degrees north of a place. */
    fun latitude(place: Int): Float = content.getShort(start + 2 * place) * (LATITUDES / STEPS)

    /** Degrees east of a place. */
    fun longitude(place: Int): Float =
        content.getShort(start + 2 * (size + place)) * (LONGITUDES / STEPS)

    /** Number of people, rounded to a sixteenth of a power of ten. */
    fun population(place: Int): Double =
        Math.pow(10.0, byte(start + 4 * size + place) / POPULATION_STEPS)

    /** The country of a place. */
    fun country(place: Int): Country = countries[byte(start + 5 * size + place)]

    /** Names of a place by language: in English, and in others where they differ. */
    fun names(place: Int): Map<String, String> {
        val from = if (place == 0) firstName else nameEnds[place - 1] + 1
        return mapOf("en" to text(from, nameEnds[place])) + otherNames[place].orEmpty()
    }

    private fun byte(index: Int) = content.get(index).toInt() and 255

    private fun text(from: Int, until: Int) = ByteArray(until - from)
        .also { bytes ->
            val part = content.duplicate()
            // ByteBuffer.position() itself is missing before Android 9.
            (part as Buffer).position(from)
            part.get(bytes)
        }.decodeToString()

    private fun nameEnds(): IntArray {
        val ends = IntArray(size)
        var number = 0
        for (index in firstName until content.limit()) {
            if (content.get(index) == LINE_END && number < size) ends[number++] = index
        }
        if (number != size - 1) throw IOException("expected $size names, received ${number + 1}")
        ends[number] = content.limit()
        return ends
    }

    companion object {
        /** Throws [IOException] where this is no file of places. */
        fun read(content: ByteBuffer): PlacesFile = try {
            PlacesFile(content)
        } catch (error: RuntimeException) {
            throw IOException("not a file of places: ${error.message}", error)
        }
    }
}

private fun JsonElement.names() = jsonObject.mapValues { it.value.jsonPrimitive.content }
