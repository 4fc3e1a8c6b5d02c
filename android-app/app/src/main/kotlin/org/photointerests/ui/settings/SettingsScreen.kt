package org.photointerests.ui.settings

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.material3.Button
import androidx.compose.material3.ButtonDefaults
import androidx.compose.material3.FilterChip
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.pipeline.runtime.Accelerator
import org.photointerests.ui.designsystem.StatePage

/** What the user can change. */
class SettingsActions(
    val back: () -> Unit = {},
    val choose: (Accelerator?) -> Unit = {},
    val chooseThreads: (Int) -> Unit = {},
    val deleteEverything: () -> Unit = {},
    val openPrivacy: () -> Unit = {},
    val chooseOnlyCharging: (Boolean) -> Unit = {},
    val measure: MeasurementActions = MeasurementActions(),
    val openAlbums: () -> Unit = {},
    val openLicences: () -> Unit = {},
    val export: () -> Unit = {},
    val showSensitive: (Boolean) -> Unit = {}
)

/** What photos are read on, interests that are none, and the way to delete everything. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
fun SettingsScreen(state: SettingsState?, actions: SettingsActions) {
    StatePage(stringResource(R.string.nav_settings), state, actions.back, spacing = 24.dp) {
        Charging(it.choices.onlyCharging, actions.chooseOnlyCharging)
        Accelerators(it, actions.choose, actions.measure.checkAccelerators)
        Threads(it, actions.chooseThreads)
        Steps(it.measured, actions.measure)
        if (it.sensitive.isNotEmpty()) {
            SensitiveInterests(it.choices.sensitive, it.sensitive, actions.showSensitive)
        }
        Section(stringResource(R.string.settings_privacy)) {
            FlowRow(
                horizontalArrangement = Arrangement.spacedBy(12.dp),
                verticalArrangement = Arrangement.spacedBy(8.dp)
            ) {
                OutlinedButton(actions.openPrivacy) {
                    Text(stringResource(R.string.privacy_stored))
                }
                OutlinedButton(actions.openAlbums) { Text(stringResource(R.string.albums_title)) }
                OutlinedButton(actions.openLicences) {
                    Text(stringResource(R.string.licences_title))
                }
            }
        }
        Section(stringResource(R.string.settings_export)) {
            Explanation(stringResource(R.string.settings_export_text))
            OutlinedButton(actions.export) { Text(stringResource(R.string.settings_export_share)) }
        }
        Delete(actions.deleteEverything)
    }
}

/** A part of the settings, with its heading. */
@Composable
internal fun Section(title: String, content: @Composable ColumnScope.() -> Unit) {
    Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
        Text(
            title,
            Modifier.semantics { heading() },
            style = MaterialTheme.typography.titleMedium,
            color = MaterialTheme.colorScheme.primary
        )
        content()
    }
}

@Composable
private fun Threads(state: SettingsState, onChoose: (Int) -> Unit) {
    Section(stringResource(R.string.settings_threads)) {
        Row(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
            for (threads in state.threads) {
                val spoken = pluralStringResource(R.plurals.settings_thread_count, threads, threads)
                FilterChip(
                    selected = threads == state.choices.threads,
                    onClick = { onChoose(threads) },
                    label = { Text("$threads", Modifier.semantics { contentDescription = spoken }) }
                )
            }
        }
    }
}

@Composable
private fun Delete(onDelete: () -> Unit) {
    var asking by rememberSaveable { mutableStateOf(false) }
    Section(stringResource(R.string.settings_delete)) {
        Explanation(stringResource(R.string.settings_delete_text))
        Button(
            { asking = true },
            colors = ButtonDefaults.buttonColors(
                containerColor = MaterialTheme.colorScheme.error,
                contentColor = MaterialTheme.colorScheme.onError
            )
        ) { Text(stringResource(R.string.settings_delete)) }
    }
    if (asking) {
        DeleteDialog(
            onCancel = { asking = false },
            onDelete = {
                asking = false
                onDelete()
            }
        )
    }
}

/** What a setting is good for. */
@Composable
internal fun Explanation(text: String) {
    Text(
        text,
        style = MaterialTheme.typography.bodyMedium,
        color = MaterialTheme.colorScheme.onSurfaceVariant
    )
}
