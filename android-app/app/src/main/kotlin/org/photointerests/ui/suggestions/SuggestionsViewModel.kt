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
import org.photointerests.feedback.feedback
import org.photointerests.insights.RefreshPace
import org.photointerests.pipeline.index.PhotoRepository
import org.photointerests.recommendations.CatalogueException
import org.photointerests.recommendations.CatalogueProblem
import org.photointerests.recommendations.CatalogueStore
import org.photointerests.recommendations.Recommender

private const val KEEP_MS = 5000L
private const val MAX_PRODUCTS = 50

/** Ranks the chosen products, again whenever they, the photos or the user's choices change. */
class SuggestionsViewModel(
    private val store: CatalogueStore,
    private val recommender: Recommender,
    photos: PhotoRepository,
    feedback: FeedbackDao,
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
            feedback.feedback(),
            busy,
            pace.paced(photos.counts)
        ) { version, feedback, busy, _ -> Triple(version, feedback, busy) }
            .conflate()
            .transform { (version, feedback, busy) ->
                val now = listOf(version, feedback, busy)
                if (now != last) emit { SuggestionsState.Loading }
                last = now
                if (!busy) emit(pace.measure { show(feedback) })
            }
    }

    private suspend fun show(feedback: InterestFeedback): Shown = try {
        val found = recommender.recommend(feedback, MAX_PRODUCTS)
        when {
            found == null -> { problem -> SuggestionsState.NoCatalogue(problem) }
            found.best.isEmpty() -> { problem -> SuggestionsState.Unread(found.items, problem) }
            else -> { problem -> SuggestionsState.Shown(found.items, found.best, problem) }
        }
    } catch (error: CatalogueException) {
        // Of models that an update of the app has replaced, or damaged since.
        { SuggestionsState.NoCatalogue(it ?: error.problem) }
    }
}

/** What there is, to be shown with the problem of the file chosen last. */
private typealias Shown = (CatalogueProblem?) -> SuggestionsState
