package org.photointerests.ui.people

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.grid.GridItemSpan
import androidx.compose.foundation.lazy.grid.LazyVerticalGrid
import androidx.compose.foundation.lazy.grid.items
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.ui.designsystem.Page
import org.photointerests.ui.designsystem.SkeletonGrid

/** The people that a person can be the same as; a tap asks, and [onJoin] has the answer. */
@Composable
fun SamePersonScreen(state: PersonState?, onJoin: (Long) -> Unit, onBack: () -> Unit) =
    Page(stringResource(R.string.person_same), onBack) { padding ->
        if (state == null) {
            SkeletonGrid(personColumns(), padding, shape = CircleShape)
        } else {
            Others(state, padding, onJoin)
        }
    }

@Composable
private fun Others(state: PersonState, padding: PaddingValues, onJoin: (Long) -> Unit) {
    var chosen by rememberSaveable { mutableStateOf<Long?>(null) }
    LazyVerticalGrid(
        personColumns(),
        Modifier.fillMaxSize().padding(padding),
        contentPadding = PaddingValues(start = 8.dp, end = 8.dp, bottom = 24.dp),
        verticalArrangement = Arrangement.spacedBy(8.dp)
    ) {
        item("text", { GridItemSpan(maxLineSpan) }) {
            val isAlone = state.others.isEmpty()
            val text = if (isAlone) R.string.person_same_none else R.string.person_same_text
            Text(
                stringResource(text),
                Modifier.padding(horizontal = 8.dp),
                style = MaterialTheme.typography.bodyLarge,
                color = MaterialTheme.colorScheme.onSurfaceVariant
            )
        }
        items(state.others, key = { it.id }) { PersonTile(it) { chosen = it.id } }
    }
    val person = state.person ?: return
    val other = state.others.find { it.id == chosen } ?: return
    JoinDialog(person, other, onCancel = { chosen = null }) {
        chosen = null
        onJoin(other.id)
    }
}
