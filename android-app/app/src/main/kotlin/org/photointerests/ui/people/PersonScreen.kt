package org.photointerests.ui.people

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.grid.GridItemSpan
import androidx.compose.foundation.lazy.grid.LazyVerticalGrid
import androidx.compose.foundation.lazy.grid.rememberLazyGridState
import androidx.compose.material3.FilledTonalButton
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.people.PersonGroup
import org.photointerests.ui.designsystem.BarButton
import org.photointerests.ui.designsystem.EmptyState
import org.photointerests.ui.designsystem.FaceImage
import org.photointerests.ui.designsystem.SkeletonGrid
import org.photointerests.ui.designsystem.photoCount
import org.photointerests.ui.interest.PHOTO_COLUMNS
import org.photointerests.ui.interest.SelectionPage
import org.photointerests.ui.interest.selectablePhotos

private val FACE = 96.dp

/** What the user can do on the page of a person. */
class PersonActions(
    val back: () -> Unit = {},
    val openPhoto: (PhotoKey) -> Unit = {},
    val showMore: () -> Unit = {},
    val rename: () -> Unit = {},
    val name: (String) -> Unit = {},
    val cancelName: () -> Unit = {},
    val openOthers: () -> Unit = {},
    val forget: () -> Unit = {},
    val select: (PhotoKey) -> Unit = {},
    val clearSelection: () -> Unit = {},
    val splitSelected: () -> Unit = {}
)

/**
 * The photos of a person, the newest first, below a field for the name while [naming]; a null [state]
 * is being read.
 */
@Composable
fun PersonScreen(state: PersonState?, actions: PersonActions, naming: Boolean = false) {
    val selected = state?.selected.orEmpty()
    val selecting = selected.isNotEmpty()
    SelectionPage(
        state?.person?.title().orEmpty(),
        selected.size,
        actions.clearSelection,
        actions.back,
        actions = {
            when {
                state?.person == null -> Unit
                !selecting -> Choices(state, actions)
                state.canSplit ->
                    BarButton(R.drawable.ic_reject, R.string.person_not, actions.splitSelected)
            }
        }
    ) { padding, markAlpha -> Content(state, padding, actions, naming, markAlpha) }
}

@Composable
private fun Choices(state: PersonState, actions: PersonActions) {
    // One without a name has a larger button for it.
    if (state.person?.name != null) {
        BarButton(R.drawable.ic_edit, R.string.person_rename, actions.rename)
    }
    BarButton(R.drawable.ic_join, R.string.person_same, actions.openOthers)
    BarButton(R.drawable.ic_delete, R.string.person_forget, actions.forget)
}

@Composable
private fun Content(
    state: PersonState?,
    padding: PaddingValues,
    actions: PersonActions,
    naming: Boolean,
    markAlpha: () -> Float
) = when {
    state == null -> SkeletonGrid(PHOTO_COLUMNS, padding, 4.dp, shape = MaterialTheme.shapes.small)
    state.person == null -> EmptyState(
        R.drawable.ic_people,
        stringResource(R.string.person_gone),
        stringResource(R.string.person_gone_text),
        Modifier.padding(padding)
    )
    else -> Photos(state, state.person, padding, actions, naming, markAlpha)
}

@Composable
private fun Photos(
    state: PersonState,
    person: PersonGroup,
    padding: PaddingValues,
    actions: PersonActions,
    naming: Boolean,
    markAlpha: () -> Float
) {
    val grid = rememberLazyGridState()
    // The field is above the photos, wherever these are scrolled to.
    LaunchedEffect(naming) { if (naming) grid.scrollToItem(0) }
    LazyVerticalGrid(
        PHOTO_COLUMNS,
        Modifier.fillMaxSize().padding(padding).imePadding(),
        grid,
        contentPadding = PaddingValues(start = 16.dp, end = 16.dp, bottom = 24.dp),
        verticalArrangement = Arrangement.spacedBy(4.dp),
        horizontalArrangement = Arrangement.spacedBy(4.dp)
    ) {
        item("header", { GridItemSpan(maxLineSpan) }) {
            Column {
                Header(person, naming, actions.rename)
                if (naming) NameField(person.name, actions.cancelName, actions.name)
            }
        }
        selectablePhotos(
            state.photos,
            person.photos,
            state.selected,
            actions.openPhoto,
            actions.select,
            actions.showMore,
            markAlpha
        )
    }
}

/** The face, on how many photos it is, and a question where it has no name. */
@Composable
private fun Header(person: PersonGroup, naming: Boolean, onName: () -> Unit) = Row(
    Modifier.padding(top = 4.dp, bottom = 12.dp),
    Arrangement.spacedBy(16.dp),
    Alignment.CenterVertically
) {
    FaceImage(person.cover.cut(), Modifier.size(FACE))
    Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
        Text(photoCount(person.photos), style = MaterialTheme.typography.titleLarge)
        if (person.name == null && !naming) {
            FilledTonalButton(onName) { Text(stringResource(R.string.person_add_name)) }
        }
    }
}
