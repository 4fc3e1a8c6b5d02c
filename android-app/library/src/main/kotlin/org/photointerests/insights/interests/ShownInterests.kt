package org.photointerests.insights.interests

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import org.photointerests.core.Category
import org.photointerests.core.ModelCard
import org.photointerests.core.Shown

/** Which of the card's interests may be shown: those on request while [sensitive] is true. */
internal class ShownInterests(private val card: ModelCard, private val sensitive: Flow<Boolean>) {
    suspend fun all(): Set<Category> {
        val allowed = if (sensitive.first()) {
            setOf(Shown.ALWAYS, Shown.ON_REQUEST)
        } else {
            setOf(Shown.ALWAYS)
        }
        return card.interests.filterTo(mutableSetOf()) { it.shown in allowed }
    }

    /** The place in the card of an interest that may be shown; null for others. */
    suspend fun indexOf(categoryId: String): Int? {
        val index = card.interests.indexOfFirst { it.id == categoryId }
        return index.takeIf { it >= 0 && card.interests[it] in all() }
    }

    /**
     * Places in the card of those of [seen] that are probable enough, or in [also]: the strongest
     * first.
     */
    fun found(readout: Readout, seen: Set<Category>, also: Set<String> = emptySet()): List<Int> =
        readout.probabilities.indices.filter {
            val category = card.interests[it]
            category in seen &&
                (readout.probabilities[it] >= card.thresholds.interest || category.id in also)
        }.sortedByDescending { readout.order[it] }
}
