package org.photointerests.ui.search

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import java.time.YearMonth
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.index.monthOf
import org.photointerests.search.SearchSources
import org.photointerests.ui.designsystem.currentLocale
import org.photointerests.ui.designsystem.inLanguage

/** The ways from a search to other screens. */
class SearchLinks(
    val back: () -> Unit,
    val openInterest: (String) -> Unit,
    val openMonth: (YearMonth) -> Unit,
    val openPerson: (Long) -> Unit,
    val openPhoto: (PhotoKey, query: String) -> Unit
)

/** The screen of a search with all that it needs. */
@Composable
fun SearchRoute(model: SearchViewModel, links: SearchLinks) {
    val query by model.query.collectAsStateWithLifecycle()
    val state by model.state.collectAsStateWithLifecycle()
    val locale = currentLocale()
    val actions = SearchActions(
        links.back,
        model::setQuery,
        submit = { model.remember() },
        open = { hit ->
            model.remember()
            when (hit.source) {
                SearchSources.INTERESTS -> links.openInterest(hit.reference)
                SearchSources.MONTHS -> links.openMonth(monthOf(hit.reference.toInt()))
                SearchSources.PERSONS -> links.openPerson(hit.reference.toLong())
                // Kinds and albums have no screen of their own: their photos are looked for.
                else -> model.setQuery(
                    state?.names?.get(hit.id)?.names?.inLanguage(locale) ?: hit.label
                )
            }
        },
        openPhoto = { photo ->
            model.remember()
            links.openPhoto(photo, query)
        },
        model::showMore,
        forget = { model.forget(it) },
        forgetAll = { model.forgetAll() }
    )
    SearchScreen(query, state, actions)
}
