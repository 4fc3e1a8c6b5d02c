package org.photointerests.insights.interests

import kotlinx.coroutines.flow.first
import org.photointerests.core.Category
import org.photointerests.core.ModelCard
import org.photointerests.feedback.FeedbackDao
import org.photointerests.feedback.InterestFeedback
import org.photointerests.feedback.feedback

private const val PRIME = 31

/** Builds the profile of a period, with the user's feedback applied, and keeps it in the cache. */
internal class ProfileBuilder(
    profiles: ProfileDao,
    private val choices: FeedbackDao,
    private val card: ModelCard,
    private val model: InterestModel,
    private val evidence: PeriodEvidence,
    private val visible: ShownInterests
) {
    private val cache = ProfileCache(profiles, card)
    private val counts = MonthCounts(profiles, card)
    private val photos = InterestPhotos(profiles, card)
    private val areas = card.areas.associateBy { it.id }

    /** The profile that [profile] built last, which may be of older photos; null for the first. */
    suspend fun last(period: Period): Profile? {
        val seen = visible.all()
        return cache.last(period)
            ?.let { last -> last.copy(interests = last.interests.filter { it.category in seen }) }
            ?.let { choices.feedback().first().applyTo(it) }
    }

    /** Interests of a period, each with at most [mostPhotos] photos; pinned ones in any case. */
    suspend fun profile(period: Period, mostPhotos: Int): Profile {
        val months = evidence.months(period)
        val feedback = choices.feedback().first()
        val seen = visible.all()
        if (months.isEmpty()) return feedback.applyTo(withoutPhotos(feedback, seen))
        val said = feedback.pinned.hashCode() * PRIME + feedback.rejected.hashCode()
        val first = (mostPhotos.toLong() * PRIME + said) * PRIME + seen.size
        val cacheKey = months.fold(first) { sum, month -> sum * PRIME + month.revision }
        val profile = cache.last(period, cacheKey)
            ?: build(period, months, mostPhotos, seen, feedback)
                .also { cache.keep(period, cacheKey, it) }
        return feedback.applyTo(profile)
    }

    /** One interest of a period with its first [mostPhotos] photos; null where it is not shown. */
    suspend fun interest(
        categoryId: String,
        period: Period,
        mostPhotos: Int,
        order: PhotoOrder
    ): Interest? {
        val index = visible.indexOf(categoryId) ?: return null
        val readout = model.readout(evidence.state(period))
        val numbers = evidence.numbers(period)
        val strength = counts.strengths(numbers)[index]
        return interest(index, readout, strength, numbers, mostPhotos, order)
    }

    /** What is pinned stays, though no photo was scanned that shows it. */
    private fun withoutPhotos(feedback: InterestFeedback, seen: Set<Category>) = Profile(
        0,
        card.interests.filter { it.id in feedback.pinned && it in seen }.map {
            Interest(it, areas.getValue(it.area), 0f, 0f, Strength(0, 0), emptyList())
        }
    )

    private suspend fun build(
        period: Period,
        months: List<MonthEvidence>,
        mostPhotos: Int,
        seen: Set<Category>,
        feedback: InterestFeedback
    ): Profile {
        val readout = model.readout(evidence.state(months))
        val numbers = evidence.numbers(period)
        val strengths = counts.strengths(numbers)
        val found = visible.found(readout, seen, feedback.pinned).map {
            interest(it, readout, strengths[it], numbers, mostPhotos, PhotoOrder.LIKENESS)
        }
        return Profile(months.sumOf { it.photos }, found)
    }

    private suspend fun interest(
        index: Int,
        readout: Readout,
        strength: Strength?,
        months: IntRange,
        mostPhotos: Int,
        order: PhotoOrder
    ): Interest {
        val category = card.interests[index]
        return Interest(
            category,
            areas.getValue(category.area),
            readout.probabilities[index],
            readout.order[index],
            strength ?: Strength(0, 0),
            photos.list(index, months, mostPhotos, order, close = strength == null)
        )
    }
}
