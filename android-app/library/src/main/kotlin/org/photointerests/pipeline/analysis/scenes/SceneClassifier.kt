package org.photointerests.pipeline.analysis.scenes

import java.io.Closeable
import org.photointerests.core.AnalyzerFiles
import org.photointerests.core.CardException
import org.photointerests.core.FeatureInput
import org.photointerests.pipeline.analysis.AnalyzerModel

private const val LISTED = 5

/**
 * The kind of place that a photo shows.
 *
 * [labels] are the places in the card of the most probable scenes, the first of which is the most
 * probable one. [group] is the place in the card of the most probable group of scenes; null where
 * none is probable enough. [indoor] is the probability that the photo was taken indoors.
 */
class Scene(
    val labels: List<Int>,
    val probabilities: List<Float>,
    val group: Int?,
    val indoor: Float
)

/** Names the kind of place that a photo shows, from its stored features. Not thread-safe. */
class SceneClassifier(files: AnalyzerFiles) : Closeable {
    private val card = files.card
    private val groups = card.labels.map { label ->
        card.groups.indexOfFirst { it.id == label.group }
    }
    private val model = AnalyzerModel(files)

    init {
        val input = card.input as? FeatureInput
            ?: throw CardException(
                "input of ${card.name}: expected features, received ${card.input}"
            )
        model.check { probabilities(ByteArray(input.dimension)) }
    }

    /** The scene of a photo with these stored [features]. */
    fun classify(features: ByteArray): Scene {
        val probabilities = probabilities(features)
        val first = probabilities.indices.sortedByDescending { probabilities[it] }.take(LISTED)
        val sums = DoubleArray(card.groups.size)
        groups.forEachIndexed { label, group ->
            if (group >= 0) sums[group] += probabilities[label].toDouble()
        }
        val best = sums.indices.maxByOrNull { sums[it] }
        return Scene(
            first,
            first.map { probabilities[it] },
            best?.takeIf { sums[it] >= card.thresholds.getValue("group") },
            card.labels.indices.filter { card.labels[it].indoor == true }
                .sumOf { probabilities[it].toDouble() }.toFloat()
        )
    }

    /** Probability of each label. */
    internal fun probabilities(features: ByteArray): FloatArray {
        val output = arrayOf(FloatArray(card.labels.size))
        model.run("features" to arrayOf(features), mapOf("probabilities" to output))
        return output[0]
    }

    override fun close() = model.close()
}
