package org.photointerests.ui.people

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.grid.GridItemSpan
import androidx.compose.foundation.lazy.grid.LazyGridScope
import androidx.compose.foundation.lazy.grid.LazyVerticalGrid
import androidx.compose.foundation.lazy.grid.items
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.Button
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.ui.designsystem.EmptyState
import org.photointerests.ui.designsystem.Page
import org.photointerests.ui.designsystem.SkeletonGrid

/** What the user can do on the page of people; there is no way back beside the library. */
class PeopleActions(
    val back: (() -> Unit)? = {},
    val open: (Long) -> Unit = {},
    val openAnalyzers: () -> Unit = {}
)

/** The people on photos, those of most photos first; a null [state] is being read. */
@Composable
fun PeopleScreen(state: PeopleState?, actions: PeopleActions) =
    Page(stringResource(R.string.people_title), actions.back) { padding ->
        val modifier = Modifier.padding(padding)
        when {
            state == null -> SkeletonGrid(personColumns(), padding, shape = CircleShape)
            !state.on -> EmptyState(
                R.drawable.ic_people,
                stringResource(R.string.people_off),
                stringResource(R.string.people_off_text),
                modifier
            ) { Button(actions.openAnalyzers) { Text(stringResource(R.string.analyzers_title)) } }
            state.people.isEmpty() && state.once.isEmpty() -> Nobody(state.remaining, modifier)
            else -> People(state, padding, actions)
        }
    }

@Composable
private fun Nobody(remaining: Int, modifier: Modifier) = if (remaining > 0) {
    EmptyState(
        R.drawable.ic_people,
        stringResource(R.string.people_none),
        "${stringResource(R.string.people_none_text)} ${stillToLookAt(remaining)}",
        modifier
    )
} else {
    EmptyState(
        R.drawable.ic_people,
        stringResource(R.string.people_no_faces),
        stringResource(R.string.people_no_faces_text),
        modifier
    )
}

@Composable
private fun stillToLookAt(photos: Int) =
    pluralStringResource(R.plurals.people_looking, photos, photos)

@Composable
private fun People(state: PeopleState, padding: PaddingValues, actions: PeopleActions) {
    var isWhole by rememberSaveable { mutableStateOf(false) }
    LazyVerticalGrid(
        personColumns(),
        Modifier.fillMaxSize().padding(padding),
        contentPadding = PaddingValues(start = 8.dp, end = 8.dp, bottom = 24.dp),
        verticalArrangement = Arrangement.spacedBy(8.dp)
    ) {
        if (state.remaining > 0) {
            wide("remaining") {
                Text(
                    stillToLookAt(state.remaining),
                    Modifier.padding(horizontal = 8.dp),
                    style = MaterialTheme.typography.bodyMedium,
                    color = MaterialTheme.colorScheme.onSurfaceVariant
                )
            }
        }
        items(state.people, key = { it.id }) { PersonTile(it) { actions.open(it.id) } }
        if (state.once.isEmpty()) return@LazyVerticalGrid
        if (isWhole) items(state.once, key = { it.id }) { PersonTile(it) { actions.open(it.id) } }
        wide("more") { More(state.once.size, isWhole) { isWhole = !isWhole } }
    }
}

private fun LazyGridScope.wide(key: String, content: @Composable () -> Unit) =
    item(key, { GridItemSpan(maxLineSpan) }) { content() }

/** Shows people of one photo too, or hides them: among them are most who just passed by. */
@Composable
private fun More(count: Int, isWhole: Boolean, onClick: () -> Unit) = TextButton(onClick) {
    Text(
        if (isWhole) {
            stringResource(R.string.people_fewer)
        } else {
            pluralStringResource(R.plurals.people_more, count, count)
        }
    )
}
