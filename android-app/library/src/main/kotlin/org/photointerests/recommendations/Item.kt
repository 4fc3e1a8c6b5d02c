package org.photointerests.recommendations

import java.net.URI
import java.net.URISyntaxException
import kotlinx.serialization.Serializable
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json

/**
 * A product of the catalogue, one line of its file.
 *
 * [interests] are pairs of index and probability; [thumbnail] is the SHA-256 of its small picture,
 * null where it has none.
 */
@Serializable
internal data class Item(
    val id: String,
    val title: String,
    val link: String,
    val stamp: String,
    val interests: List<List<Float>>,
    val thumbnail: String?
) {
    /** The link where a browser may open it: on the web; else null. */
    fun webLink(): String? = try {
        link.takeIf { URI(it).run { scheme?.lowercase() in WEB && !host.isNullOrEmpty() } }
    } catch (_: URISyntaxException) {
        null
    }

    companion object {
        private val WEB = setOf("http", "https")

        /** Reads a line of a catalogue that knows [interests] interests. */
        fun parse(line: String, row: Int, interests: Int): Item {
            val item = try {
                Json.decodeFromString<Item>(line)
            } catch (error: SerializationException) {
                throw damaged("item $row: ${error.message}", error)
            } catch (error: IllegalArgumentException) {
                throw damaged("item $row: ${error.message}", error)
            }
            for (pair in item.interests) {
                val right = pair.size == 2 &&
                    pair[0] % 1 == 0f &&
                    pair[0].toInt() in 0 until interests &&
                    pair[1] in 0f..1f
                if (!right) {
                    throw damaged("item $row: expected [index, probability], received $pair")
                }
            }
            return item
        }
    }
}
