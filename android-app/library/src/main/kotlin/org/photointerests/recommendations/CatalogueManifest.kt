package org.photointerests.recommendations

import java.time.LocalDate
import java.time.format.DateTimeParseException
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.Serializable
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonNamingStrategy
import kotlinx.serialization.json.intOrNull
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.photointerests.core.FileRecord
import org.photointerests.core.ModelCard

private const val FORMAT = 2

/** The models that a catalogue was made with. */
@Serializable
internal data class CatalogueBundle(
    val name: String,
    val version: String,
    val extractorSha256: String,
    val aggregatorSha256: String
)

/** The head of a catalogue, as `photo_interests/recommendation/catalogue_file.py` writes it. */
@Serializable
internal data class CatalogueManifest(
    val format: Int,
    val bundle: CatalogueBundle,
    val dimension: Int,
    val interests: List<String>,
    val items: Int,
    val files: Map<String, FileRecord>,
    val publisher: String = "",
    private val made: String? = null
) {
    /** Who published the catalogue, and when; throws [CatalogueException]. */
    val origin: CatalogueOrigin
        get() = try {
            CatalogueOrigin(publisher, made?.let(LocalDate::parse))
        } catch (error: DateTimeParseException) {
            throw damaged("made: expected a date as 2026-11-30, received $made", error)
        }

    @OptIn(ExperimentalSerializationApi::class)
    companion object {
        const val FILE = "catalogue.json"
        const val ITEMS = "items.jsonl"
        const val FEATURES = "features.bin"

        private val json = Json { namingStrategy = JsonNamingStrategy.SnakeCase }

        /** Reads the head of a catalogue for a card; throws [CatalogueException]. */
        fun parse(text: String, card: ModelCard): CatalogueManifest {
            val about = try {
                val format = json.parseToJsonElement(text).jsonObject["format"]
                    ?.jsonPrimitive?.intOrNull
                if (format != FORMAT) {
                    throw CatalogueException(
                        CatalogueProblem.OTHER_FORMAT,
                        "$FILE: expected format $FORMAT, received $format"
                    )
                }
                json.decodeFromString<CatalogueManifest>(text)
            } catch (error: SerializationException) {
                throw damaged("$FILE: ${error.message}", error)
            } catch (error: IllegalArgumentException) {
                throw damaged("$FILE: ${error.message}", error)
            }
            about.check(card)
            return about
        }
    }

    private fun check(card: ModelCard) {
        val own = CatalogueBundle(
            card.name,
            card.version,
            card.extractorSha256,
            card.aggregatorVersion
        )
        if (bundle != own) {
            throw CatalogueException(
                CatalogueProblem.OTHER_BUNDLE,
                "expected a catalogue made with $own, received one of $bundle"
            )
        }
        expect("dimension", card.features.dimension, dimension)
        expect("interests", card.interests.map { it.id }, interests)
        expect("files", setOf(ITEMS, FEATURES), files.keys)
        origin
        if (items < 1) throw damaged("items: expected at least 1, received $items")
        val bytes = items.toLong() * dimension
        expect("bytes of $FEATURES", bytes, files.getValue(FEATURES).bytes)
    }

    private fun expect(what: String, expected: Any, received: Any) {
        if (expected != received) throw damaged("$what: expected $expected, received $received")
    }
}
