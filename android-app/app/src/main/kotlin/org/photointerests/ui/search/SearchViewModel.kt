package org.photointerests.ui.search

import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.mapLatest
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.launch
import org.photointerests.core.ErrorState
import org.photointerests.core.ModelCard
import org.photointerests.core.Named
import org.photointerests.core.retryAfterError
import org.photointerests.feedback.FeedbackDao
import org.photointerests.pipeline.analysis.detections.PhotoDetections
import org.photointerests.pipeline.analysis.people.PhotoPeople
import org.photointerests.pipeline.analysis.scenes.PhotoScenes
import org.photointerests.search.PhotoSearch
import org.photointerests.search.SearchHit
import org.photointerests.search.SearchResults
import org.photointerests.search.SearchSources
import org.photointerests.search.named

private const val KEEP_MS = 5000L
private const val QUERY = "query"
private const val LIMIT = "limit"
private const val PAGE = 120
private const val SUGGESTIONS = 8

// Between two letters no search needs to begin.
private const val TYPING_MS = 120L

/**
 * What the screen of a search shows: the [results] of the words in its field, or [recent] searches
 * and [suggestions] of what can be found while there are none. [names] has what the card names.
 */
data class SearchState(
    val results: SearchResults? = null,
    val recent: List<String> = emptyList(),
    val suggestions: List<SearchHit> = emptyList(),
    val names: Map<String, Named> = emptyMap()
)

/** What the cards name of that which searches find, by [SearchHit.id]; [things] by their source. */
internal fun ModelCard.searchNames(
    scenes: PhotoScenes? = null,
    people: PhotoPeople? = null,
    things: Map<String, PhotoDetections> = emptyMap()
): Map<String, Named> = interests.associateBy { "${SearchSources.INTERESTS}/${it.id}" } +
    kinds.associateBy { "${SearchSources.KINDS}/${it.id}" } +
    scenes?.named().orEmpty().mapKeys { "${SearchSources.SCENES}/${it.key}" } +
    people?.named().orEmpty().mapKeys { "${SearchSources.PEOPLE}/${it.key}" } +
    things.flatMap { (source, found) -> found.named().map { "$source/${it.key}" to it.value } }

/** Searches while the user types; [saved] keeps the words over the end of the process. */
@OptIn(ExperimentalCoroutinesApi::class)
class SearchViewModel(
    private val search: PhotoSearch,
    feedback: FeedbackDao,
    private val names: Map<String, Named>,
    private val errors: ErrorState,
    private val saved: SavedStateHandle
) : ViewModel() {
    private val limit = saved.getStateFlow(LIMIT, PAGE)

    /** The words in the field. */
    val query: StateFlow<String> = saved.getStateFlow(QUERY, "")

    private val suggestions: Flow<List<SearchHit>> = flow {
        search.refresh()
        emit(search.suggestions(SUGGESTIONS))
        // Kinds of new photos take a while: they are found from then on.
        search.update()
        emit(search.suggestions(SUGGESTIONS))
    }

    /** Null until it is read. */
    val state: StateFlow<SearchState?> = combine(
        combine(query, limit, suggestions, ::Triple).mapLatest { (query, limit, suggestions) ->
            SearchState(results(query, limit), suggestions = suggestions, names = names)
        },
        search.recent,
        feedback.hidden()
    ) { state, recent, hidden ->
        val shown = state.suggestions.filter {
            it.source != SearchSources.INTERESTS || it.reference !in hidden
        }
        state.copy(recent = recent, suggestions = shown)
    }.retryAfterError(errors)
        .flowOn(Dispatchers.Default)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)

    private suspend fun results(query: String, limit: Int): SearchResults? {
        if (query.isBlank()) return null
        delay(TYPING_MS)
        return search.search(query, limit)
    }

    /** Searches for other words. */
    fun setQuery(words: String) {
        saved[QUERY] = words
        saved[LIMIT] = PAGE
    }

    /** Has more photos read, once those before were. */
    fun showMore() {
        val read = state.value?.results?.photos?.size ?: return
        if (read == limit.value) saved[LIMIT] = read + PAGE
    }

    /** Keeps the words among the recent searches, once the user does something with them. */
    fun remember() = change { search.remember(query.value) }

    fun forget(words: String) = change { search.forget(words) }

    fun forgetAll() = change { search.forgetAll() }

    private fun change(action: suspend () -> Unit) {
        viewModelScope.launch { errors.runReporting(action) }
    }
}
