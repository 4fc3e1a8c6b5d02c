package org.photointerests.ui.suggestions

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.stateIn
import org.photointerests.core.ErrorState
import org.photointerests.core.retryAfterError
import org.photointerests.feedback.FeedbackDao
import org.photointerests.feedback.InterestFeedback
import org.photointerests.feedback.RejectedProduct
import org.photointerests.feedback.feedback
import org.photointerests.recommendations.CatalogueException
import org.photointerests.recommendations.CatalogueStore
import org.photointerests.recommendations.Recommendations
import org.photointerests.recommendations.Recommender

private const val PRODUCTS = 3

/**
 * The first products for the screen of interests.
 *
 * They are ranked again when the catalogue or the user's choices change, but not with each photo that
 * is scanned: that is for the screen of suggestions.
 */
internal class SuggestionsTeaserViewModel(
    store: CatalogueStore,
    private val recommender: Recommender,
    feedback: FeedbackDao,
    errors: ErrorState
) : ViewModel() {
    /** Null without a catalogue, and where none of its products suits. */
    val best: StateFlow<Recommendations?> =
        combine(store.changes, feedback.feedback(), feedback.rejectedProducts()) { _, choices, no ->
            suiting(choices, no.toSet())
        }.retryAfterError(errors)
            .flowOn(Dispatchers.Default)
            .stateIn(viewModelScope, SharingStarted.Lazily, null)

    private suspend fun suiting(
        feedback: InterestFeedback,
        rejected: Set<RejectedProduct>
    ): Recommendations? = try {
        recommender.recommend(feedback, PRODUCTS, rejected)?.let { found ->
            val suiting = found.best.filter { it.suits }
            Recommendations(found.items, suiting, found.origin).takeIf { suiting.isNotEmpty() }
        }
    } catch (_: CatalogueException) {
        null // the screen of suggestions says what is wrong with it
    }
}
