package org.photointerests.ui.suggestions

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import java.io.InputStream
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.emitAll
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.transformLatest
import kotlinx.coroutines.launch
import org.photointerests.PhotoInterests
import org.photointerests.interests.UserWords
import org.photointerests.interests.words
import org.photointerests.recommendations.CatalogueException
import org.photointerests.recommendations.CatalogueProblem

private const val KEEP_MS = 5000L
private const val MOST = 50

/** Ranks the chosen products, anew whenever they or the user's words change. */
@OptIn(ExperimentalCoroutinesApi::class)
class SuggestionsViewModel(private val container: PhotoInterests) : ViewModel() {
    private val refused = MutableStateFlow<CatalogueProblem?>(null)
    private val busy = MutableStateFlow(false)

    val state: StateFlow<SuggestionsState> =
        combine(container.shelf.changes, container.database.choices().words(), busy) {
                _,
                words,
                busy
            ->
            words.takeUnless { busy }
        }.transformLatest { words ->
            emit(SuggestionsState.Loading)
            if (words != null) emitAll(refused.map(show(words)))
        }.flowOn(Dispatchers.Default)
            .stateIn(
                viewModelScope,
                SharingStarted.WhileSubscribed(KEEP_MS),
                SuggestionsState.Loading
            )

    fun remove() {
        refused.value = null
        viewModelScope.launch { container.shelf.remove() }
    }

    /** Takes the products of a file; [open] may throw [java.io.IOException]. */
    fun choose(open: () -> InputStream) {
        viewModelScope.launch {
            busy.value = true
            refused.value = try {
                container.shelf.put(open)
                null
            } catch (error: CatalogueException) {
                error.problem
            }
            busy.value = false
        }
    }

    private suspend fun show(words: UserWords): (CatalogueProblem?) -> SuggestionsState = try {
        when (val found = container.recommender.recommend(words, MOST)) {
            null -> ({ SuggestionsState.NoCatalogue(it) })
            else -> (
                { problem ->
                    if (found.best.isEmpty()) {
                        SuggestionsState.Unread(found.items, problem)
                    } else {
                        SuggestionsState.Shown(found.items, found.best, problem)
                    }
                }
                )
        }
    } catch (error: CatalogueException) {
        // Of models that an update of the app has replaced, or damaged since.
        { SuggestionsState.NoCatalogue(it ?: error.problem) }
    }
}
