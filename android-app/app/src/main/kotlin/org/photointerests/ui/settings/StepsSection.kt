package org.photointerests.ui.settings

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.pipeline.scan.describe

/** How long each step of reading a photo takes on this phone, and the way to pass it on. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
internal fun Steps(state: MeasurementState, actions: MeasurementActions) {
    Section(stringResource(R.string.settings_steps)) {
        Explanation(stringResource(R.string.settings_steps_text))
        state.steps?.let {
            SelectionContainer { Text(LocalContext.current.describe(it)) }
        }
        FlowRow(
            horizontalArrangement = Arrangement.spacedBy(12.dp),
            verticalArrangement = Arrangement.spacedBy(8.dp)
        ) {
            val timing = state.running == Measurement.STEPS
            OutlinedButton(actions.timeSteps, enabled = state.running == null) {
                Text(stringResource(if (timing) R.string.measure_running else R.string.measure))
            }
            state.steps?.let {
                OutlinedButton({ actions.share(it) }) {
                    Text(stringResource(R.string.settings_steps_share))
                }
            }
        }
    }
}
