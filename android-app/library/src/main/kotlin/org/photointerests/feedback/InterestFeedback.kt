package org.photointerests.feedback

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.combine
import org.photointerests.insights.interests.MonthInterest
import org.photointerests.insights.interests.Profile

/**
 * The user's feedback on interests, by their ids: those that are hidden, those that are pinned, and the
 * photos that do not show one.
 */
data class InterestFeedback(
    val hidden: Set<String> = emptySet(),
    val pinned: Set<String> = emptySet(),
    val rejected: Set<RejectedPhoto> = emptySet()
) {
    /** Leaves hidden interests out and puts pinned ones first; probabilities stay as they are. */
    internal fun applyTo(profile: Profile): Profile {
        val (first, others) = profile.interests
            .filter { it.category.id !in hidden }
            .map { it.copy(pinned = it.category.id in pinned) }
            .partition { it.pinned }
        return profile.copy(interests = first + others)
    }

    internal fun applyTo(interests: List<MonthInterest>): List<MonthInterest> {
        val (first, others) = interests
            .filter { it.category.id !in hidden }
            .partition { it.category.id in pinned }
        return first + others
    }
}

/** What the user says, at once and whenever it changes. */
fun FeedbackDao.feedback(): Flow<InterestFeedback> =
    combine(hidden(), pinned(), rejected()) { hidden, pinned, rejected ->
        InterestFeedback(hidden.toSet(), pinned.toSet(), rejected.toSet())
    }
