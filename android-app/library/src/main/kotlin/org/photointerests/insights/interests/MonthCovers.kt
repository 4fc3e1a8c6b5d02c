package org.photointerests.insights.interests

import org.photointerests.core.ModelCard
import org.photointerests.core.PhotoKey

private const val MIN_COVERS = 3
private const val MAX_COVERS = 5

/** Chooses photos that stand for a month. */
internal class MonthCovers(private val profiles: ProfileDao, private val card: ModelCard) {
    /** By month: the photo that shows each of its interests most clearly. */
    suspend fun clearest(): Map<Int, List<ClearestPhoto>> =
        profiles.clearest(card.insightsVersion, card.thresholds.photo).groupBy { it.month }

    /** The [clearest] photos of a month's first interests, and others where these are few. */
    suspend fun of(
        month: Int,
        interests: List<MonthInterest>,
        clearest: List<ClearestPhoto>
    ): List<PhotoKey> {
        val keys = clearest.associate { card.interests[it.interest] to it.key }
        val found = interests.mapNotNull { keys[it.category] }.distinct().take(MAX_COVERS)
        if (found.size >= MIN_COVERS) return found
        val others = profiles.photosOfMonth(card.extractorVersion, month, MAX_COVERS)
        return (found + others.map { it.key }).distinct().take(MIN_COVERS)
    }
}
