package org.photointerests.ui.places

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.grid.GridCells
import androidx.compose.foundation.lazy.grid.GridItemSpan
import androidx.compose.foundation.lazy.grid.LazyVerticalGrid
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.analysis.places.PlaceChoice
import org.photointerests.ui.designsystem.EmptyState
import org.photointerests.ui.designsystem.Page
import org.photointerests.ui.designsystem.SectionTitle
import org.photointerests.ui.designsystem.SkeletonGrid
import org.photointerests.ui.designsystem.currentLocale
import org.photointerests.ui.designsystem.photoCount
import org.photointerests.ui.designsystem.photoTiles

private val columns = GridCells.Adaptive(minSize = 110.dp)

/** What the user can do on the page of a place. */
class PlaceActions(
    val back: () -> Unit = {},
    val openPhoto: (PhotoKey) -> Unit = {},
    val showMore: () -> Unit = {}
)

/** The photos of a town or a country, the newest first; a null [state] is being read. */
@Composable
fun PlaceScreen(state: PlaceState?, choice: PlaceChoice, actions: PlaceActions) =
    Page(state?.name(choice).orEmpty(), actions.back) { padding ->
        when {
            state == null -> SkeletonGrid(columns, padding, 4.dp)
            state.photos.isEmpty() -> EmptyState(
                R.drawable.ic_place,
                stringResource(R.string.places_none),
                stringResource(R.string.places_none_text),
                Modifier.padding(padding)
            )
            else -> Photos(state, padding, actions)
        }
    }

@Composable
private fun PlaceState.name(choice: PlaceChoice): String? {
    val language = currentLocale().language
    val place = towns.firstOrNull()?.place
    return when (choice) {
        is PlaceChoice.Town -> place?.title(language)
        is PlaceChoice.Country -> place?.countryName(language)
    }
}

@Composable
private fun Photos(state: PlaceState, padding: PaddingValues, actions: PlaceActions) =
    LazyVerticalGrid(
        columns,
        Modifier.fillMaxSize().padding(padding),
        contentPadding = PaddingValues(start = 16.dp, end = 16.dp, bottom = 24.dp),
        verticalArrangement = Arrangement.spacedBy(4.dp),
        horizontalArrangement = Arrangement.spacedBy(4.dp)
    ) {
        item("count", { GridItemSpan(maxLineSpan) }) { SectionTitle(photoCount(state.count)) }
        photoTiles(state.photos, state.count, actions.openPhoto, actions.showMore)
    }
