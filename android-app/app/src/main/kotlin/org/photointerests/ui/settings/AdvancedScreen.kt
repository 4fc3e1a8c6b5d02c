package org.photointerests.ui.settings

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.material3.FilterChip
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
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

/** What the user can change and measure of how photos are scanned. */
class AdvancedActions(
    val back: () -> Unit = {},
    val choose: (Accelerator?) -> Unit = {},
    val chooseThreads: (Int) -> Unit = {},
    val measure: MeasurementActions = MeasurementActions()
)

/** What the scan runs on, and how fast that is on this phone. */
@Composable
fun AdvancedScreen(state: AdvancedState?, actions: AdvancedActions) {
    StatePage(stringResource(R.string.settings_advanced), state, actions.back, spacing = 24.dp) {
        Accelerators(it, actions.choose, actions.measure.checkAccelerators)
        Threads(it, actions.chooseThreads)
        Steps(it.measured, actions.measure)
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
private fun Threads(state: AdvancedState, onChoose: (Int) -> Unit) {
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

/** What a setting is good for. */
@Composable
internal fun Explanation(text: String) {
    Text(
        text,
        style = MaterialTheme.typography.bodyMedium,
        color = MaterialTheme.colorScheme.onSurfaceVariant
    )
}
