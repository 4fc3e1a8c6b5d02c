package org.photointerests.insights.interests

import org.photointerests.core.ModelCard
import org.photointerests.core.PhotoKey

/** Lists the photos that show an interest, by its place in the card. */
internal class InterestPhotos(private val profiles: ProfileDao, private val card: ModelCard) {
    /** The first [most] photos of these months; with [close] those too that nearly show it. */
    suspend fun list(
        interest: Int,
        months: IntRange,
        most: Int,
        order: PhotoOrder,
        close: Boolean
    ): List<PhotoKey> {
        val read = when (order) {
            PhotoOrder.LIKENESS -> profiles::photos
            PhotoOrder.DATE -> profiles::photosByDate
        }
        val least = if (close) 0f else card.thresholds.photo
        return read(card.insightsVersion, interest, months.first, months.last, least, most)
            .map { it.key }
    }
}
