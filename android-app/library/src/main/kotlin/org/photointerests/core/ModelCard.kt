package org.photointerests.core

import java.nio.ByteBuffer
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.MissingFieldException
import kotlinx.serialization.Serializable
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonNamingStrategy

/** A bundle whose card or files are not what they must be. */
class CardException(message: String, cause: Throwable? = null) :
    IllegalArgumentException(message, cause)

/** All that is to know about a bundle: the one contract with the Python side. */
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
    val categories: List<Category>,
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

    /** The running state that photos are added to. */
    val state: State get() = checkNotNull(aggregator.state)

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
                json.decodeFromString<ModelCard>(text)
            } catch (error: MissingFieldException) {
                val keys = error.missingFields.map(::keyOf)
                throw CardException("$FILE is not a card: missing $keys: ${error.message}", error)
            } catch (error: SerializationException) {
                throw CardException("$FILE is not a card: ${error.message}", error)
            }
            card.check()
            return card
        }

        /** Key in the JSON of a property of these classes. */
        private fun keyOf(property: String) =
            property.replace(Regex("[A-Z]")) { "_" + it.value.lowercase() }
    }
}
