package org.photointerests.interests

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.combine
import org.photointerests.store.ChoiceDao

/** What the user says of interests, by their ids: those that are none, and those to have more of. */
data class UserWords(val hidden: Set<String> = emptySet(), val wanted: Set<String> = emptySet()) {
    /** Leaves hidden interests out and puts wanted ones first; probabilities stay as they are. */
    internal fun applyTo(profile: Profile): Profile {
        val (first, others) = profile.interests
            .filter { it.category.id !in hidden }
            .map { it.copy(wanted = it.category.id in wanted) }
            .partition { it.wanted }
        return profile.copy(interests = first + others)
    }

    internal fun applyTo(findings: List<Finding>): List<Finding> {
        val (first, others) = findings
            .filter { it.category.id !in hidden }
            .partition { it.category.id in wanted }
        return first + others
    }
}

/** What the user says, at once and whenever it changes. */
fun ChoiceDao.words(): Flow<UserWords> =
    combine(hidden(), wanted()) { hidden, wanted -> UserWords(hidden.toSet(), wanted.toSet()) }
