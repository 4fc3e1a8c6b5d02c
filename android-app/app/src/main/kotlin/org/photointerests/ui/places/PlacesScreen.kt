package org.photointerests.ui.places

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.grid.GridItemSpan
import androidx.compose.foundation.lazy.grid.LazyVerticalGrid
import androidx.compose.foundation.lazy.grid.items
import androidx.compose.material3.Button
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.pipeline.analysis.places.CountryPhotos
import org.photointerests.pipeline.analysis.places.PlaceChoice
import org.photointerests.ui.designsystem.EmptyState
import org.photointerests.ui.designsystem.Page
import org.photointerests.ui.designsystem.SkeletonGrid
import org.photointerests.ui.designsystem.Tile
import org.photointerests.ui.designsystem.currentLocale
import org.photointerests.ui.designsystem.photoCount
import org.photointerests.ui.designsystem.tileColumns

/** What the user can do on the page of places; there is no way back beside the library. */
class PlacesActions(
    val back: (() -> Unit)? = {},
    val open: (PlaceChoice) -> Unit = {},
    val openAnalyzers: () -> Unit = {}
)

/** The countries and towns that photos were taken in; a null [state] is being read. */
@Composable
fun PlacesScreen(state: List<CountryPhotos>?, actions: PlacesActions) =
    Page(stringResource(R.string.search_places), actions.back) { padding ->
        when {
            state == null -> SkeletonGrid(tileColumns(), padding)
            state.isEmpty() -> EmptyState(
                R.drawable.ic_place,
                stringResource(R.string.places_none),
                stringResource(R.string.places_none_text),
                Modifier.padding(padding)
            ) { Button(actions.openAnalyzers) { Text(stringResource(R.string.analyzers_title)) } }
            else -> Countries(state, padding, actions)
        }
    }

@Composable
private fun Countries(
    countries: List<CountryPhotos>,
    padding: PaddingValues,
    actions: PlacesActions
) {
    val language = currentLocale().language
    LazyVerticalGrid(
        tileColumns(),
        Modifier.fillMaxSize().padding(padding),
        contentPadding = PaddingValues(start = 16.dp, end = 16.dp, bottom = 24.dp),
        verticalArrangement = Arrangement.spacedBy(8.dp),
        horizontalArrangement = Arrangement.spacedBy(8.dp)
    ) {
        for (country in countries) {
            val code = country.country.country
            item(code, { GridItemSpan(maxLineSpan) }) {
                Country(country) { actions.open(PlaceChoice.Country(code)) }
            }
            items(country.towns, key = { it.place.id }) { town ->
                Tile(
                    town.cover,
                    town.place.name(language),
                    photoCount(town.photos),
                    { actions.open(PlaceChoice.Town(town.place.id)) }
                )
            }
        }
    }
}

@Composable
private fun Country(country: CountryPhotos, onOpen: () -> Unit) = Column(
    Modifier.fillMaxWidth().clickable(role = Role.Button, onClick = onOpen)
        .heightIn(min = 48.dp).padding(vertical = 8.dp).semantics { heading() }
) {
    Text(
        country.country.countryName(currentLocale().language),
        style = MaterialTheme.typography.titleLarge
    )
    Text(
        photoCount(country.photos),
        style = MaterialTheme.typography.bodyMedium,
        color = MaterialTheme.colorScheme.onSurfaceVariant
    )
}
