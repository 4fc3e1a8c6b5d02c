package org.photointerests.insights.interests

import org.photointerests.core.ModelCard

/** Ranks photos by their share in an interest. */
internal class PhotoContributions(
    private val profiles: ProfileDao,
    private val stored: FeatureStore,
    private val card: ModelCard,
    private val model: InterestModel,
    private val evidence: PeriodEvidence
) {
    /** The [most] photos that contributed most to an interest of a period, those first. */
    suspend fun of(interest: Int, period: Period, most: Int): List<PhotoShare> {
        val state = evidence.state(period)
        val months = evidence.numbers(period)
        val candidates =
            profiles.photoInterests(card.insightsVersion, interest, months.first, months.last)
        val weights = candidates.map { it.month }.distinct()
            .map { stored.weights(it) }.fold(emptyMap<Long, Float>()) { all, one -> all + one }
        val strongest = candidates.filter { it.item in weights }
            .sortedByDescending { it.probability * weights.getValue(it.item) }.take(most)
        val shares = mutableListOf<PhotoShare>()
        stored.forEachChunk(strongest.map { it.item }) { chunk ->
            val ofChunk = model.shares(chunk.features(), weights.of(chunk), state)
            chunk.forEachIndexed { row, photo ->
                shares += PhotoShare(photo.key, ofChunk[row][interest])
            }
        }
        return shares.sortedByDescending { it.share }
    }
}
