package org.photointerests.insights.interests

import java.time.YearMonth
import kotlinx.coroutines.flow.first
import org.photointerests.core.ModelCard
import org.photointerests.feedback.FeedbackDao
import org.photointerests.feedback.feedback
import org.photointerests.pipeline.index.monthOf
import org.photointerests.pipeline.index.number

/** What the photos of each month say, and how that changes. */
internal class Timeline(
    profiles: ProfileDao,
    private val stored: FeatureStore,
    private val choices: FeedbackDao,
    private val card: ModelCard,
    private val model: InterestModel,
    private val shown: ShownInterests
) {
    private val counts = MonthCounts(profiles, card)
    private val covers = MonthCovers(profiles, card)
    private val trends = MonthTrends(card)

    /** The interests of each month, newest month first. */
    suspend fun months(): List<MonthProfile> {
        val feedback = choices.feedback().first()
        val seen = shown.all()
        val months = stored.months()
        val counted = counts.of(months)
        val clearest = covers.clearest()
        return months.zip(counted) { evidence, month ->
            val total = model.readout(evidence.state)
            val found = shown.found(total, seen).map {
                MonthInterest(
                    card.interests[it],
                    total.probabilities[it],
                    month.ofInterests[it] ?: 0
                )
            }
            val interests = feedback.applyTo(found)
            MonthProfile(
                monthOf(month.month),
                month.photos,
                interests,
                covers.of(month.month, interests, clearest[month.month].orEmpty()),
                trends.of(month, counted, seen, feedback.hidden)
            )
        }.reversed()
    }

    /** What a month shows more or less often than the year before it; nothing without photos. */
    suspend fun trends(month: YearMonth): Trends {
        val counted = counts.of(stored.months())
        val ofMonth = counted.find { it.month == month.number() } ?: return Trends()
        return trends.of(ofMonth, counted, shown.all(), choices.feedback().first().hidden)
    }
}
