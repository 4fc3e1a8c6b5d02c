package org.photointerests.pipeline.analysis.text

import org.photointerests.core.AnalyzerCard
import org.photointerests.core.ModelCard
import org.photointerests.insights.interests.InterestModel

/**
 * Where text is expected: on photos of which the bundle's classifier sees a kind that has text, by
 * their stored features. Finding lines costs several times what all else about a photo does.
 */
internal class TextGate(
    private val card: AnalyzerCard,
    bundle: ModelCard,
    private val model: () -> InterestModel
) {
    private val kinds = bundle.kinds.withIndex().filter { it.value.id in card.gate }
        .map { it.index }

    /** Whether the bundle knows all kinds that the analyzer asks for. */
    val isKnown = card.gate.isNotEmpty() && kinds.size == card.gate.size

    /** Which of some photos, by their features, may have text. */
    fun isOpen(features: List<ByteArray>): List<Boolean> =
        features.chunked(model().maximumPhotos).flatMap { chunk ->
            val answer = model().predict(chunk.toTypedArray(), withKinds = true)
            checkNotNull(answer.photoKinds).map { photo ->
                kinds.sumOf { photo[it].toDouble() } >= card.thresholds.getValue("gate")
            }
        }
}
