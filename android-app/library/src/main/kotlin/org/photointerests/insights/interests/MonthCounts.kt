package org.photointerests.insights.interests

import org.photointerests.core.ModelCard

/** What is counted of a month: [photos] in all, and by place in the card those of each interest. */
internal class CountedMonth(val month: Int, val photos: Int, val ofInterests: Map<Int, Int>)

/** Counts the photos that show each interest. */
internal class MonthCounts(private val profiles: ProfileDao, private val card: ModelCard) {
    /** How many photos of each month show each interest, where some do. */
    suspend fun all(): List<MonthCount> =
        profiles.counts(card.insightsVersion, card.thresholds.photo)

    /** What is counted of each of these months. */
    suspend fun of(months: List<MonthEvidence>): List<CountedMonth> {
        val counts = all().groupBy { it.month }
        return months.map { evidence ->
            val photos = counts[evidence.month].orEmpty().associate { it.interest to it.photos }
            CountedMonth(evidence.month, evidence.photos, photos)
        }
    }

    /** By place in the card: how many photos of these months show what they show. */
    suspend fun strengths(months: IntRange): Map<Int, Strength> =
        all().filter { it.month in months }.groupBy { it.interest }
            .mapValues { (_, counts) -> Strength(counts.sumOf { it.photos }, counts.size) }
}
