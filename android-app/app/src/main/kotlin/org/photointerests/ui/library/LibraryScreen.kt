package org.photointerests.ui.library

import androidx.annotation.DrawableRes
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
import org.photointerests.ui.designsystem.chosen
import org.photointerests.ui.designsystem.name

/** What the user can do in the library. */
class LibraryActions(
    val openSettings: () -> Unit = {},
    val open: (LibraryPage) -> Unit = {},
    val unpin: (Category) -> Unit = {},
    val show: (Category) -> Unit = {}
)

/**
 * Albums, places (where the build has them: [hasPlaces]), people (where the user wants them grouped),
 * suggestions, and the interests that are pinned or hidden; the page of [chosen] is beside them.
 */
@Composable
fun LibraryScreen(
    state: LibraryState?,
    actions: LibraryActions,
    hasPlaces: Boolean = false,
    chosen: LibraryPage? = null
) {
    TopLevelPage(stringResource(R.string.nav_library), actions.openSettings) { padding ->
        if (state == null) {
            SkeletonList(Modifier.padding(padding))
        } else {
            LazyColumn(
                Modifier.fillMaxSize().padding(padding).wrapContentWidth()
                    .widthIn(max = MaxContentWidth),
                contentPadding = PaddingValues(bottom = 24.dp)
            ) {
                item {
                    Albums(state.albums, chosen == LibraryPage.Albums) {
                        actions.open(LibraryPage.Albums)
                    }
                }
                if (hasPlaces) item { Places(chosen, actions.open) }
                if (state.groupsPeople) item { People(chosen, actions.open) }
                item { Suggestions(chosen, actions.open) }
                choices(R.string.settings_pinned, state.pinned) {
                    Choice(it, R.string.interest_unpin, chosen, actions.open, actions.unpin)
                }
                choices(R.string.settings_hidden, state.hidden) {
                    Choice(it, R.string.interest_show, chosen, actions.open, actions.show)
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
private fun Places(chosen: LibraryPage?, onOpen: (LibraryPage) -> Unit) {
    Title(stringResource(R.string.search_places))
    Entry(
        LibraryPage.Places,
        R.string.library_places,
        R.string.library_places_text,
        R.drawable.ic_place,
        chosen,
        onOpen
    )
}

@Composable
private fun People(chosen: LibraryPage?, onOpen: (LibraryPage) -> Unit) {
    Title(stringResource(R.string.people_title))
    Entry(
        LibraryPage.People,
        R.string.library_people,
        R.string.library_people_text,
        R.drawable.ic_people,
        chosen,
        onOpen
    )
}

@Composable
private fun Suggestions(chosen: LibraryPage?, onOpen: (LibraryPage) -> Unit) {
    Title(stringResource(R.string.suggestions_title))
    Entry(
        LibraryPage.Suggestions,
        R.string.library_products,
        R.string.library_products_text,
        R.drawable.ic_suggestions,
        chosen,
        onOpen
    )
}

/** What leads to a [page]. */
@Composable
private fun Entry(
    page: LibraryPage,
    @StringRes name: Int,
    @StringRes text: Int,
    @DrawableRes icon: Int,
    chosen: LibraryPage?,
    onOpen: (LibraryPage) -> Unit
) = ListItem(
    { Text(stringResource(name)) },
    Modifier.chosen(page == chosen, MaterialTheme.shapes.medium)
        .clickable(role = Role.Button) { onOpen(page) },
    supportingContent = { Text(stringResource(text)) },
    leadingContent = { Icon(painterResource(icon), null) }
)

@Composable
private fun Choice(
    category: Category,
    @StringRes undo: Int,
    chosen: LibraryPage?,
    onOpen: (LibraryPage) -> Unit,
    onUndo: (Category) -> Unit
) {
    val page = LibraryPage.Interest(category.id)
    ListItem(
        { Text(category.name()) },
        Modifier.chosen(page == chosen, MaterialTheme.shapes.medium).clickable { onOpen(page) },
        trailingContent = { TextButton({ onUndo(category) }) { Text(stringResource(undo)) } }
    )
}

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
