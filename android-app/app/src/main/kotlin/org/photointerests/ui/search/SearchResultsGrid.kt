package org.photointerests.ui.search

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.lazy.LazyRow
import androidx.compose.foundation.lazy.grid.GridCells
import androidx.compose.foundation.lazy.grid.GridItemSpan
import androidx.compose.foundation.lazy.grid.LazyGridScope
import androidx.compose.foundation.lazy.grid.LazyVerticalGrid
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.core.Named
import org.photointerests.pipeline.index.monthOf
import org.photointerests.search.SearchHit
import org.photointerests.search.SearchResults
import org.photointerests.search.SearchSources
import org.photointerests.ui.designsystem.SectionTitle
import org.photointerests.ui.designsystem.Tile
import org.photointerests.ui.designsystem.currentLocale
import org.photointerests.ui.designsystem.joined
import org.photointerests.ui.designsystem.name
import org.photointerests.ui.designsystem.photoCount
import org.photointerests.ui.designsystem.photoTiles

private val TILE_WIDTH = 150.dp
private const val MAX_SCALE = 2f

/** What was found, and then the photos of it, the newest first. */
@Composable
internal fun SearchResultsGrid(
    results: SearchResults,
    names: Map<String, Named>,
    actions: SearchActions
) = LazyVerticalGrid(
    GridCells.Adaptive(minSize = 110.dp),
    Modifier.fillMaxSize(),
    contentPadding = PaddingValues(16.dp),
    verticalArrangement = Arrangement.spacedBy(4.dp),
    horizontalArrangement = Arrangement.spacedBy(4.dp)
) {
    if (results.corrections.isNotEmpty()) wide("corrected") { Corrected(results) }
    if (results.hits.isNotEmpty()) wide("hits") { Hits(results.hits, names, actions) }
    wide("count") { SectionTitle(photoCount(results.photoCount)) }
    photoTiles(results.photos, results.photoCount, actions.openPhoto, actions.showMore)
}

private fun LazyGridScope.wide(key: String, content: @Composable () -> Unit) =
    item(key, span = { GridItemSpan(maxLineSpan) }) { content() }

@Composable
private fun Corrected(results: SearchResults) = Text(
    stringResource(
        R.string.search_corrected,
        joined(results.corrections.values.map { it.first() }, currentLocale())
    ),
    style = MaterialTheme.typography.bodyMedium,
    color = MaterialTheme.colorScheme.onSurfaceVariant
)

@Composable
private fun Hits(hits: List<SearchHit>, names: Map<String, Named>, actions: SearchActions) {
    val width = TILE_WIDTH * LocalDensity.current.fontScale.coerceIn(1f, MAX_SCALE)
    LazyRow(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
        items(hits, key = { it.id }) { hit ->
            Tile(
                hit.covers.firstOrNull(),
                hit.name(names),
                photoCount(hit.photos),
                { actions.open(hit) },
                Modifier.width(width)
            )
        }
    }
}

/** Its name in the language of the app. */
@Composable
internal fun SearchHit.name(names: Map<String, Named>): String = when (source) {
    SearchSources.MONTHS -> monthOf(reference.toInt()).name()
    else -> names[id]?.name() ?: label
}
