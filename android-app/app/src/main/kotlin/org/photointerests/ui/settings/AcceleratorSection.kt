package org.photointerests.ui.settings

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.RadioButton
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.pipeline.runtime.Accelerator
import org.photointerests.pipeline.runtime.AcceleratorReport
import org.photointerests.pipeline.runtime.Verdict
import org.photointerests.ui.scan.title

/** What photos are read on, what came out of each accelerator's trial, and the way to repeat it. */
@Composable
internal fun Accelerators(
    state: AdvancedState,
    onChoose: (Accelerator?) -> Unit,
    onCheck: () -> Unit
) {
    val report = state.measured.accelerators
    val chosen = state.choices.accelerator
    Section(stringResource(R.string.settings_runs_on)) {
        Column(Modifier.selectableGroup()) {
            val automatic = stringResource(R.string.accelerator_automatic)
            Choice(automatic, report.automaticText(), chosen == null) { onChoose(null) }
            for (accelerator in Accelerator.entries) {
                val usable = accelerator in state.accelerators
                val name = stringResource(accelerator.title())
                Choice(name, report.text(accelerator), chosen == accelerator, usable) {
                    onChoose(accelerator)
                }
            }
        }
        Explanation(stringResource(R.string.settings_accelerator_text))
        val checking = state.measured.running == Measurement.ACCELERATORS
        OutlinedButton(onCheck, enabled = state.measured.running == null) {
            Text(
                stringResource(if (checking) R.string.measure_running else R.string.measure_again)
            )
        }
    }
}

@Composable
private fun Choice(
    name: String,
    finding: String?,
    selected: Boolean,
    enabled: Boolean = true,
    onClick: () -> Unit
) {
    Row(
        Modifier.fillMaxWidth()
            .selectable(selected, enabled, Role.RadioButton, onClick = onClick)
            .heightIn(min = 56.dp),
        Arrangement.spacedBy(12.dp),
        Alignment.CenterVertically
    ) {
        RadioButton(selected, onClick = null, enabled = enabled)
        Column {
            Text(name)
            finding?.let {
                Text(
                    it,
                    style = MaterialTheme.typography.bodyMedium,
                    color = MaterialTheme.colorScheme.onSurfaceVariant
                )
            }
        }
    }
}

@Composable
private fun AcceleratorReport?.automaticText(): String {
    val fastest = this?.fastest ?: return stringResource(R.string.accelerator_automatic_text)
    return stringResource(R.string.accelerator_automatic_now, stringResource(fastest.title()))
}

/** What the trial found; null before there was one. */
@Composable
private fun AcceleratorReport?.text(accelerator: Accelerator): String? {
    val trial = this?.trials?.find { it.accelerator == accelerator } ?: return null
    return when (trial.verdict) {
        Verdict.PASSED -> stringResource(R.string.accelerator_passed, trial.milliseconds ?: 0f)
        Verdict.FAILED -> stringResource(R.string.accelerator_failed)
        Verdict.CRASHED -> stringResource(R.string.accelerator_crashed)
        Verdict.UNAVAILABLE -> stringResource(R.string.accelerator_unavailable)
    }
}

private fun Accelerator.title(): Int = when (this) {
    Accelerator.CPU -> R.string.accelerator_cpu
    Accelerator.NNAPI -> R.string.accelerator_nnapi
    Accelerator.GPU -> R.string.accelerator_gpu
}
