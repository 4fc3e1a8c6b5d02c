package org.photointerests.ui.search

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Scaffold
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.search.SearchHit
import org.photointerests.ui.designsystem.EmptyState
import org.photointerests.ui.designsystem.Loading

/** What the user can do on the screen of a search. */
class SearchActions(
    val back: () -> Unit = {},
    val setQuery: (String) -> Unit = {},
    val submit: () -> Unit = {},
    val open: (SearchHit) -> Unit = {},
    val openPhoto: (PhotoKey) -> Unit = {},
    val showMore: () -> Unit = {},
    val forget: (String) -> Unit = {},
    val forgetAll: () -> Unit = {}
)

/** A field for words, and what they find; what can be found while it is empty. */
@Composable
fun SearchScreen(query: String, state: SearchState?, actions: SearchActions) {
    Scaffold(topBar = { SearchField(query, actions) }) { padding ->
        Box(Modifier.fillMaxSize().padding(padding).imePadding()) {
            when {
                state == null -> Loading()
                state.results == null -> SearchStart(state, actions)
                state.results.isEmpty -> EmptyState(
                    R.drawable.ic_search,
                    stringResource(R.string.search_nothing, state.results.query.trim()),
                    stringResource(R.string.search_nothing_text)
                )
                else -> SearchResultsGrid(state.results, state.names, actions)
            }
        }
    }
}
