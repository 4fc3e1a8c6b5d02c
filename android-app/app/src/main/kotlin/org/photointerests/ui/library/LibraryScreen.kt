package org.photointerests.ui.library

import androidx.annotation.StringRes
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.layout.wrapContentWidth
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.Icon
import androidx.compose.material3.ListItem
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.core.Category
import org.photointerests.ui.designsystem.MaxContentWidth
import org.photointerests.ui.designsystem.SectionTitle
import org.photointerests.ui.designsystem.SkeletonList
import org.photointerests.ui.designsystem.TopLevelPage
import org.photointerests.ui.designsystem.name

/** What the user can do in the library; there are no places to open where [openPlaces] is null. */
class LibraryActions(
    val openSettings: () -> Unit = {},
    val openAlbums: () -> Unit = {},
    val openPlaces: (() -> Unit)? = null,
    val openSuggestions: () -> Unit = {},
    val openInterest: (Category) -> Unit = {},
    val unpin: (Category) -> Unit = {},
    val show: (Category) -> Unit = {}
)

/** Albums, places, suggestions, and the interests that are pinned or hidden. */
@Composable
fun LibraryScreen(state: LibraryState?, actions: LibraryActions) {
    TopLevelPage(stringResource(R.string.nav_library), actions.openSettings) { padding ->
        if (state == null) {
            SkeletonList(Modifier.padding(padding))
        } else {
            LazyColumn(
                Modifier.fillMaxSize().padding(padding).wrapContentWidth()
                    .widthIn(max = MaxContentWidth),
                contentPadding = PaddingValues(bottom = 24.dp)
            ) {
                item { Albums(state.albums, actions.openAlbums) }
                if (actions.openPlaces != null) item { Places(actions.openPlaces) }
                item { Suggestions(actions.openSuggestions) }
                choices(R.string.settings_pinned, state.pinned) {
                    Choice(it, R.string.interest_unpin, actions.openInterest, actions.unpin)
                }
                choices(R.string.settings_hidden, state.hidden) {
                    Choice(it, R.string.interest_show, actions.openInterest, actions.show)
                }
                if (state.pinned.isEmpty() && state.hidden.isEmpty()) item { NoChoices() }
            }
        }
    }
}

private fun LazyListScope.choices(
    @StringRes title: Int,
    categories: List<Category>,
    row: @Composable (Category) -> Unit
) {
    if (categories.isEmpty()) return
    item { Title(stringResource(title)) }
    items(categories, key = { "$title ${it.id}" }) { row(it) }
}

@Composable
private fun Places(onOpen: () -> Unit) {
    Title(stringResource(R.string.search_places))
    ListItem(
        { Text(stringResource(R.string.library_places)) },
        Modifier.clickable(role = Role.Button, onClick = onOpen),
        supportingContent = { Text(stringResource(R.string.library_places_text)) },
        leadingContent = { Icon(painterResource(R.drawable.ic_place), null) }
    )
}

@Composable
private fun Suggestions(onOpen: () -> Unit) {
    Title(stringResource(R.string.suggestions_title))
    ListItem(
        { Text(stringResource(R.string.library_products)) },
        Modifier.clickable(role = Role.Button, onClick = onOpen),
        supportingContent = { Text(stringResource(R.string.library_products_text)) },
        leadingContent = { Icon(painterResource(R.drawable.ic_suggestions), null) }
    )
}

@Composable
private fun Choice(
    category: Category,
    @StringRes undo: Int,
    onOpen: (Category) -> Unit,
    onUndo: (Category) -> Unit
) = ListItem(
    { Text(category.name()) },
    Modifier.clickable { onOpen(category) },
    trailingContent = { TextButton({ onUndo(category) }) { Text(stringResource(undo)) } }
)

@Composable
private fun NoChoices() {
    Title(stringResource(R.string.library_choices))
    Text(
        stringResource(R.string.library_choices_text),
        Modifier.padding(horizontal = 16.dp, vertical = 8.dp),
        style = MaterialTheme.typography.bodyMedium,
        color = MaterialTheme.colorScheme.onSurfaceVariant
    )
}

@Composable
internal fun Title(text: String) = SectionTitle(text, Modifier.padding(horizontal = 16.dp))
