package org.photointerests.ui.search

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.layout.wrapContentWidth
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Icon
import androidx.compose.material3.IconButton
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.SuggestionChip
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.core.Named
import org.photointerests.search.SearchHit
import org.photointerests.search.SearchSources
import org.photointerests.ui.designsystem.EmptyState
import org.photointerests.ui.designsystem.MaxContentWidth
import org.photointerests.ui.designsystem.SectionTitle

private val sections = listOf(
    SearchSources.INTERESTS to R.string.interests_title,
    SearchSources.PERSONS to R.string.people_title,
    SearchSources.MONTHS to R.string.search_months,
    SearchSources.PLACES to R.string.search_places,
    SearchSources.ALBUMS to R.string.albums_title
)
private const val RECENT_SHOWN = 5

/** What the user searched for last, and what else can be found. */
@Composable
internal fun SearchStart(state: SearchState, actions: SearchActions) {
    if (state.recent.isEmpty() && state.suggestions.isEmpty()) {
        EmptyState(
            R.drawable.ic_search,
            stringResource(R.string.interests_not_scanned_title),
            stringResource(R.string.search_not_scanned_text)
        )
        return
    }
    Column(
        Modifier.fillMaxSize().verticalScroll(rememberScrollState())
            .wrapContentWidth(Alignment.CenterHorizontally).widthIn(max = MaxContentWidth)
            .padding(16.dp),
        Arrangement.spacedBy(8.dp)
    ) {
        if (state.recent.isNotEmpty()) Recent(state.recent.take(RECENT_SHOWN), actions)
        for ((source, title) in sections) {
            val hits = state.suggestions.filter { it.source == source }
            if (hits.isNotEmpty()) Suggestions(stringResource(title), hits, state.names, actions)
        }
    }
}

@Composable
private fun Recent(searches: List<String>, actions: SearchActions) = Column {
    Row(Modifier.fillMaxWidth(), verticalAlignment = Alignment.CenterVertically) {
        SectionTitle(stringResource(R.string.search_recent), Modifier.weight(1f))
        TextButton(actions.forgetAll) { Text(stringResource(R.string.search_forget_all)) }
    }
    for (search in searches) RecentSearch(search, actions)
}

@Composable
private fun RecentSearch(search: String, actions: SearchActions) {
    val color = MaterialTheme.colorScheme.onSurfaceVariant
    Row(
        Modifier.fillMaxWidth().heightIn(min = 48.dp).clickable { actions.setQuery(search) },
        Arrangement.spacedBy(16.dp),
        Alignment.CenterVertically
    ) {
        Icon(painterResource(R.drawable.ic_history), null, tint = color)
        Text(search, Modifier.weight(1f), style = MaterialTheme.typography.bodyLarge)
        IconButton({ actions.forget(search) }) {
            Icon(
                painterResource(R.drawable.ic_close),
                stringResource(R.string.search_forget, search),
                tint = color
            )
        }
    }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Suggestions(
    title: String,
    hits: List<SearchHit>,
    names: Map<String, Named>,
    actions: SearchActions
) = Column {
    SectionTitle(title)
    FlowRow(Modifier.fillMaxWidth(), Arrangement.spacedBy(8.dp)) {
        for (hit in hits) {
            val name = hit.name(names)
            SuggestionChip({ actions.setQuery(name) }, { Text(name) })
        }
    }
}
