package org.photointerests.ui.analyzers

import android.text.format.Formatter
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.FilledTonalButton
import androidx.compose.material3.ListItem
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.packs.PackProblem
import org.photointerests.ui.designsystem.ListGroup

/** What the user can do with models that do not come with the app. */
class PackActions(val add: () -> Unit = {}, val remove: (String) -> Unit = {})

/** The files of models that can be added, and how; nothing where the app knows none. */
@Composable
internal fun Packs(state: PacksState, actions: PackActions) {
    if (state.packs.isEmpty()) return
    ListGroup(stringResource(R.string.packs_title)) {
        Text(
            stringResource(R.string.packs_text),
            Modifier.padding(horizontal = 16.dp, vertical = 4.dp),
            style = MaterialTheme.typography.bodyMedium,
            color = MaterialTheme.colorScheme.onSurfaceVariant
        )
        for (choice in state.packs) PackRow(choice, actions.remove)
        Column(Modifier.padding(horizontal = 16.dp, vertical = 8.dp)) {
            state.problem?.let {
                Text(
                    stringResource(it.text()),
                    Modifier.padding(bottom = 8.dp).semantics {
                        liveRegion = LiveRegionMode.Polite
                    },
                    style = MaterialTheme.typography.bodyMedium,
                    color = MaterialTheme.colorScheme.error
                )
            }
            FilledTonalButton(actions.add, enabled = !state.isAdding) {
                val text = if (state.isAdding) R.string.packs_adding else R.string.packs_add
                Text(stringResource(text))
            }
        }
    }
}

@Composable
private fun PackRow(choice: PackChoice, onRemove: (String) -> Unit) {
    val name = stringResource(titleOf(choice.pack.name))
    val size = Formatter.formatShortFileSize(LocalContext.current, choice.pack.bytes)
    val text = if (choice.added) R.string.packs_added else R.string.packs_missing
    val spoken = stringResource(R.string.packs_remove_spoken, name)
    ListItem(
        { Text(name) },
        supportingContent = { Text(stringResource(text, choice.pack.file, size)) },
        trailingContent = if (choice.added) {
            {
                TextButton(
                    { onRemove(choice.pack.name) },
                    Modifier.semantics { contentDescription = spoken }
                ) { Text(stringResource(R.string.packs_remove)) }
            }
        } else {
            null
        }
    )
}

private fun PackProblem.text() = when (this) {
    PackProblem.UNKNOWN -> R.string.packs_unknown
    PackProblem.UNREADABLE -> R.string.packs_unreadable
}
