package org.photointerests.pipeline.analysis

import org.photointerests.core.AnalyzerCard
import org.photointerests.core.ModelCard
import org.photointerests.insights.interests.InterestModel

/**
 * Where an analyzer looks at all: on photos of which the bundle's classifier sees, by their stored
 * features, a kind of the card's gate.
 */
internal class KindGate(
    private val card: AnalyzerCard,
    bundle: ModelCard,
    private val model: () -> InterestModel
) {
    private val kinds = bundle.kinds.withIndex().filter { it.value.id in card.gate }
        .map { it.index }

    /** Whether the bundle knows all kinds that the analyzer asks for. */
    val isKnown = card.gate.isNotEmpty() && kinds.size == card.gate.size

    /** Which of some photos, by their features, show one of these kinds. */
    fun isOpen(features: List<ByteArray>): List<Boolean> =
        features.chunked(model().maximumPhotos).flatMap { chunk ->
            val answer = model().predict(chunk.toTypedArray(), withKinds = true)
            checkNotNull(answer.photoKinds).map { photo ->
                kinds.sumOf { photo[it].toDouble() } >= card.thresholds.getValue("gate")
            }
        }
}
