package org.photointerests.insights.interests

import java.time.YearMonth
import org.photointerests.pipeline.index.number

private const val MONTHS_OF_YEAR = 12

/** What the months of a period say together; [thisMonth] is the last one of the last year. */
internal class PeriodEvidence(
    private val stored: FeatureStore,
    private val model: InterestModel,
    private val thisMonth: () -> YearMonth
) {
    /** The months of a period that have photos, oldest first. */
    suspend fun months(period: Period): List<MonthEvidence> {
        val numbers = numbers(period)
        return stored.months().filter { it.month in numbers }
    }

    /** The aggregator's state after the photos of a period. */
    suspend fun state(period: Period): FloatArray = state(months(period))

    /** The aggregator's state after the photos of these months. */
    fun state(months: List<MonthEvidence>): FloatArray =
        months.map { it.state }.fold(model.initialState(), model::combine)

    /** The numbers of the months of a period, with photos or without. */
    fun numbers(period: Period): IntRange = when (period) {
        Period.All -> Int.MIN_VALUE..Int.MAX_VALUE
        Period.LastYear -> thisMonth().number() - MONTHS_OF_YEAR + 1..Int.MAX_VALUE
        is Period.Month -> period.month.number()..period.month.number()
    }
}
