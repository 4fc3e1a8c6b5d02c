package org.photointerests.ui.suggestions

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import java.io.InputStream
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.transform
import kotlinx.coroutines.launch
import org.photointerests.core.ErrorState
import org.photointerests.core.retryAfterError
import org.photointerests.feedback.FeedbackDao
import org.photointerests.feedback.InterestFeedback
import org.photointerests.feedback.RejectedProduct
import org.photointerests.feedback.feedback
import org.photointerests.insights.RefreshPace
import org.photointerests.pipeline.index.PhotoRepository
import org.photointerests.recommendations.CatalogueException
import org.photointerests.recommendations.CatalogueProblem
import org.photointerests.recommendations.CatalogueStore
import org.photointerests.recommendations.Recommendation
import org.photointerests.recommendations.Recommender
import org.photointerests.ui.designsystem.UndoableAction

private const val KEEP_MS = 5000L
private const val MAX_PRODUCTS = 50

/** Ranks the chosen products, again whenever they, the photos or the user's choices change. */
class SuggestionsViewModel(
    private val store: CatalogueStore,
    private val recommender: Recommender,
    photos: PhotoRepository,
    private val feedback: FeedbackDao,
    private val errors: ErrorState
) : ViewModel() {
    private val refused = MutableStateFlow<CatalogueProblem?>(null)
    private val busy = MutableStateFlow(false)
    private val pace = RefreshPace()

    val state: StateFlow<SuggestionsState> = combine(ranked(photos, feedback), refused) {
            ranked,
            refused
        ->
        ranked(refused)
    }.retryAfterError(errors)
        .flowOn(Dispatchers.Default)
        .stateIn(
            viewModelScope,
            SharingStarted.WhileSubscribed(KEEP_MS),
            SuggestionsState.Loading
        )

    /** Leaves a product out from now on. */
    fun reject(product: Recommendation, text: String): UndoableAction {
        val publisher = (state.value as? SuggestionsState.Shown)?.origin?.publisher.orEmpty()
        val rejected = RejectedProduct(publisher, product.id)
        return UndoableAction(text, { feedback.reject(rejected) }, { feedback.restore(rejected) })
    }

    fun remove() {
        refused.value = null
        viewModelScope.launch { errors.runReporting { store.remove() } }
    }

    /** Takes the products of a file; [open] may throw [java.io.IOException]. */
    fun choose(open: () -> InputStream) {
        viewModelScope.launch {
            busy.value = true
            try {
                errors.runReporting { take(open) }
            } finally {
                busy.value = false
            }
        }
    }

    private suspend fun take(open: () -> InputStream) {
        refused.value = try {
            store.put(open)
            null
        } catch (error: CatalogueException) {
            error.problem
        }
    }

    /** What is ranked stays while photos are scanned; all else begins with [Loading]. */
    private fun ranked(photos: PhotoRepository, feedback: FeedbackDao): Flow<Shown> {
        var last: List<Any>? = null
        return combine(
            store.changes,
            combine(feedback.feedback(), feedback.rejectedProducts(), ::Pair),
            busy,
            pace.paced(photos.counts)
        ) { version, choices, busy, _ -> Triple(version, choices, busy) }
            .conflate()
            .transform { (version, choices, busy) ->
                // A product that leaves the list is no reason to show none meanwhile.
                val now = listOf(version, choices.first, busy)
                if (now != last) emit { SuggestionsState.Loading }
                last = now
                if (!busy) emit(pace.measure { show(choices.first, choices.second.toSet()) })
            }
    }

    private suspend fun show(feedback: InterestFeedback, rejected: Set<RejectedProduct>): Shown =
        try {
            val found = recommender.recommend(feedback, MAX_PRODUCTS, rejected)
            when {
                found == null -> { problem -> SuggestionsState.NoCatalogue(problem) }
                found.best.isEmpty() -> { problem -> SuggestionsState.Unread(found.items, problem) }
                else -> { problem ->
                    SuggestionsState.Shown(found.items, found.best, problem, found.origin)
                }
            }
        } catch (error: CatalogueException) {
            // Of models that an update of the app has replaced, or damaged since.
            { SuggestionsState.NoCatalogue(it ?: error.problem) }
        }
}

/** What there is, to be shown with the problem of the file chosen last. */
private typealias Shown = (CatalogueProblem?) -> SuggestionsState
