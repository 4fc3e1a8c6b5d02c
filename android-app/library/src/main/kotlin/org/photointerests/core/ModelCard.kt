package org.photointerests.core

import java.nio.ByteBuffer
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.MissingFieldException
import kotlinx.serialization.Serializable
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonNamingStrategy
import kotlinx.serialization.json.decodeFromJsonElement

/** A bundle whose card or files are not what they must be. */
class CardException(message: String, cause: Throwable? = null) :
    IllegalArgumentException(message, cause)

/**
 * All that is to know about a bundle: the one contract with the Python side.
 *
 * Format 1 calls [interests] categories, and has no [kinds] and no [events]: there each photo counts
 * by itself.
 */
@Serializable
data class ModelCard(
    val format: Int,
    val name: String,
    val version: String,
    val license: String,
    val input: Input,
    val features: Features,
    val extractor: ExtractorFiles,
    val aggregator: Aggregator,
    val areas: List<Area>,
    val interests: List<Category>,
    val kinds: List<Kind>,
    val events: Events?,
    val thresholds: Thresholds,
    val tolerances: Tolerances,
    val minimumRuntime: Map<String, String>,
    val applicationRuntime: String,
    val golden: Golden,
    val training: Training,
    val metrics: Map<String, Double>,
    val lineage: Lineage? = null,
    val files: Map<String, FileRecord>
) {
    internal val extractorSha256: String get() = files.getValue(extractor.file).sha256

    /** Names extractor and rule for its pixels: features of different versions never mix. */
    val extractorVersion: String by lazy {
        val made = "$extractorSha256 ${json.encodeToString(Input.serializer(), input)}"
        sha256(ByteBuffer.wrap(made.toByteArray()))
    }

    /** Names the aggregator: states and profiles of different ones are never mixed. */
    val aggregatorVersion: String get() = files.getValue(aggregator.runFile).sha256

    /**
     * Names what the index keeps of photos: the models, and what else it depends on. What comes of
     * different ones is never mixed.
     */
    val insightsVersion: String
        get() = "$extractorVersion $aggregatorVersion ${thresholds.photo} ${events?.gapMinutes}"

    /** The running state that photos are added to. */
    val state: State get() = checkNotNull(aggregator.state)

    /** Whether what adds photos to a state gives what each shows too. */
    internal val updateGivesPhotoProbabilities: Boolean
        get() = PHOTO_PROBABILITIES in aggregator.signatures["update"]?.outputs.orEmpty()

    @OptIn(ExperimentalSerializationApi::class)
    companion object {
        const val FILE = "card.json"

        private val json = Json { namingStrategy = JsonNamingStrategy.SnakeCase }

        /**
         * Reads a card; an unknown, missing or unsupported key is an error that names it.
         *
         * Throws [CardException].
         */
        fun parse(text: String): ModelCard {
            val card = try {
                json.decodeFromJsonElement<ModelCard>(json.parseToJsonElement(text).asNewest())
            } catch (error: MissingFieldException) {
                val keys = error.missingFields.map(::keyOf)
                throw CardException("$FILE is not a card: missing $keys: ${error.message}", error)
            } catch (error: SerializationException) {
                throw CardException("$FILE is not a card: ${error.message}", error)
            }
            card.check()
            return MoreNames.addTo(card)
        }

        /** Key in the JSON of a property of these classes. */
        private fun keyOf(property: String) =
            property.replace(Regex("[A-Z]")) { "_" + it.value.lowercase() }
    }
}
