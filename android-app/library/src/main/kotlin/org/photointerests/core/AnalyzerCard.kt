package org.photointerests.core

import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonNamingStrategy

private const val FORMAT = 1

/** What an analyzer reads of a photo. */
@Serializable
sealed interface AnalyzerInput

/** Stored features of one extractor, named by the sha256 of its file. */
@Serializable
@SerialName("features")
data class FeatureInput(val dimension: Int, val dtype: String, val extractor: String) :
    AnalyzerInput

/** RGB bytes of a photo that is fitted into a square, at the top left of it, over a [background]. */
@Serializable
@SerialName("pixels")
data class PixelInput(
    val side: Int,
    val channels: String,
    val dtype: String,
    val resize: String,
    val filter: String,
    val background: List<Int>
) : AnalyzerInput

/** The position in a photo's EXIF block. */
@Serializable
@SerialName("position")
data object PositionInput : AnalyzerInput

/**
 * Something that an analyzer can find; its place in the list is its index.
 *
 * [phrases] is what a sentence says of one ("on a coast"), [plurals] of several; [group] and [indoor]
 * are of scenes.
 */
@Serializable
data class Label(
    override val id: String,
    override val names: Map<String, String>,
    val phrases: Map<String, String>,
    val plurals: Map<String, String>?,
    val group: String?,
    val indoor: Boolean?
) : Named

/** Labels that people call by one name. */
@Serializable
data class LabelGroup(override val id: String, override val names: Map<String, String>) : Named

/** All that is to know about an analyzer: one contract with Python, as [ModelCard] is of a bundle. */
@Serializable
data class AnalyzerCard(
    val format: Int,
    val name: String,
    val version: String,
    val license: String,
    val input: AnalyzerInput,
    val model: String,
    val labels: List<Label>,
    val groups: List<LabelGroup>,
    val gate: List<String>,
    val thresholds: Map<String, Float>,
    val tolerances: Map<String, Double> = emptyMap(),
    val golden: String? = null,
    val trainingData: String,
    val sources: List<Source>,
    val files: Map<String, FileRecord>
) {
    /** Names the file that it runs and what decides how its answers are read. */
    internal val contentVersion: String
        get() = "$version ${files.getValue(model).sha256} $thresholds"

    @OptIn(ExperimentalSerializationApi::class)
    companion object {
        private val json = Json {
            namingStrategy = JsonNamingStrategy.SnakeCase
            classDiscriminator = "kind"
        }

        /** Reads the card of the analyzer [name] strictly; throws [CardException]. */
        fun parse(text: String, name: String): AnalyzerCard {
            val card = try {
                json.decodeFromString<AnalyzerCard>(text)
            } catch (error: SerializationException) {
                throw CardException("the card of $name is none: ${error.message}", error)
            }
            expect("format of the card of $name", FORMAT, card.format)
            expect("name of an analyzer", name, card.name)
            (listOfNotNull(card.golden) + card.model).forEach {
                expectIn("files of $name", it, card.files.keys)
            }
            val groups = card.groups.map { it.id }
            card.labels.mapNotNull { it.group }.forEach {
                expectIn("group of a label of $name", it, groups)
            }
            (card.labels.map { it.names } + card.groups.map { it.names }).forEach {
                expectIn("language of $it", "en", it.keys)
            }
            return MoreNames.addTo(card)
        }
    }
}
