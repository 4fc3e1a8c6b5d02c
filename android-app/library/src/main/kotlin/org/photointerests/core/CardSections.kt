package org.photointerests.core

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.JsonPrimitive

/** The rule that turns a photo into the extractor's input bytes. */
@Serializable
data class Input(
    val height: Int,
    val width: Int,
    val channels: String,
    val dtype: String,
    val scale: Double,
    val zeroPoint: Int,
    val resize: String,
    val filter: String,
    val crop: String,
    val exifOrientation: Boolean,
    val colorSpace: String,
    val background: List<Int>,
    val reducedDecode: ReducedDecode
) {
    /** Size of one photo's pixels. */
    val bytes: Int get() = height * width * channels.length
}

/** How far a JPEG may be shrunk while it is decoded. */
@Serializable
data class ReducedDecode(val factors: List<Int>, val minimumSide: Int)

/** The stored features of a photo: [dimension] bytes. */
@Serializable
data class Features(val dimension: Int, val dtype: String, val scale: Double, val zeroPoint: Int)

@Serializable
data class ExtractorFiles(val file: String, val floatFile: String)

/** Named inputs and outputs with their shapes; "N" is the number of photos. */
@Serializable
data class Signature(
    val inputs: Map<String, List<JsonPrimitive>>,
    val outputs: Map<String, List<JsonPrimitive>>
)

/** What `update` carries from one chunk of photos to the next. */
@Serializable
data class State(val shape: List<Int>, val initial: Float, val merge: String)

@Serializable
data class Aggregator(
    val kind: String,
    val file: String,
    val int8File: String?,
    val signatures: Map<String, Signature>,
    val state: State?,
    val maximumPhotos: Int
) {
    /** The file that the app ships and runs: int8 where that is accurate enough. */
    val runFile: String get() = int8File ?: file
}

@Serializable
data class Area(val id: String, val names: Map<String, String>)

/** Who sees an interest. */
@Serializable
enum class Shown {
    @SerialName("always")
    ALWAYS,

    /** A sensitive one: who asks for such ones alone, and no export. */
    @SerialName("on_request")
    ON_REQUEST,

    /** Evidence that is no interest by itself. */
    @SerialName("never")
    NEVER
}

/** Something with a stable id and a name by language. */
interface Named {
    val id: String
    val names: Map<String, String>
}

/**
 * One interest; its place in the card's list is its index in the outputs.
 *
 * [description] is one line in English, empty in format 1. [iab] is its code in the IAB Content
 * Taxonomy and [wikidata] an item of Wikidata, each null where none is known.
 */
@Serializable
data class Category(
    override val id: String,
    override val names: Map<String, String>,
    val area: String,
    val description: String,
    val iab: String?,
    val wikidata: String?,
    val shown: Shown
) : Named

/** What a photo can show; [interests] are those that it is evidence of, with weights of 0 to 1. */
@Serializable
data class Kind(
    override val id: String,
    override val names: Map<String, String>,
    val interests: Map<String, Float>
) : Named {
    /** Ids of those that it counts for at least half as much as for any other. */
    val mainInterests: Set<String>
        get() = interests.filterValues { it >= interests.values.max() / 2 }.keys
}

/** Photos less than [gapMinutes] minutes, or just these, apart from the next are of one event. */
@Serializable
data class Events(val gapMinutes: Double)

/** From which probability something counts as found; [kind] is null in format 1. */
@Serializable
data class Thresholds(val interest: Float, val kind: Float?, val photo: Float)

/** How far another implementation may be from the golden files. */
@Serializable
data class Tolerances(
    val pixelsMeanAbsolute: Double,
    val featuresCosineDistance: Double,
    val probabilities: Double
)

@Serializable
data class GoldenCase(val image: String, val pixels: String, val features: String)

/** A set of photos and the aggregator's output for it; the nullable ones are null in format 1. */
@Serializable
data class GoldenSet(
    val features: String,
    val weights: String?,
    val probabilities: String,
    val kindProbabilities: String?,
    val photos: String?,
    val events: String?,
    val contributions: String,
    val photoProbabilities: String
)

/** Files that every implementation must reproduce. */
@Serializable
data class Golden(val directory: String, val cases: List<GoldenCase>, val set: GoldenSet)

@Serializable
data class PhotoCounts(val train: Int, val validation: Int, val test: Int)

@Serializable
data class Source(val name: String, val license: String, val attribution: String)

/** What the bundle was trained on, and how. */
@Serializable
data class Training(
    val summary: String,
    val photos: PhotoCounts,
    val sources: List<Source>,
    val commands: List<String>,
    val config: String
)

/** A run that led to the bundle, with the hashes of what it read and left. */
@Serializable
data class Step(
    val kind: String,
    val name: String,
    val command: String,
    val inputs: Map<String, String>,
    val sha256: String
)

/** Which parts belong together; bundles from before there was a lineage have none. */
@Serializable
data class Lineage(
    val extractor: String,
    val features: String,
    val models: Map<String, String>,
    val steps: List<Step>
)

/** What a file of the bundle must be. */
@Serializable
data class FileRecord(val sha256: String, val bytes: Long)
