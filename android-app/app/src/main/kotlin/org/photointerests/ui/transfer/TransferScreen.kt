package org.photointerests.ui.transfer

import androidx.annotation.StringRes
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Button
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.insights.interests.ImportProblem
import org.photointerests.ui.designsystem.SectionTitle
import org.photointerests.ui.designsystem.StatePage

/** What the user can do with files of profiles. */
class TransferActions(
    val back: () -> Unit = {},
    val save: () -> Unit = {},
    val share: () -> Unit = {},
    val import: () -> Unit = {}
)

/** Ways to take profile and choices to a file and back. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
fun TransferScreen(state: TransferState, actions: TransferActions) =
    StatePage(stringResource(R.string.transfer_title), state, actions.back) {
        if (it != TransferState.Idle) Outcome(it)
        Part(R.string.transfer_export_title, R.string.settings_export_text)
        FlowRow(horizontalArrangement = Arrangement.spacedBy(12.dp)) {
            Button(actions.save) { Text(stringResource(R.string.transfer_save)) }
            OutlinedButton(actions.share) { Text(stringResource(R.string.settings_export_share)) }
        }
        Part(R.string.transfer_import_title, R.string.transfer_import_text)
        OutlinedButton(actions.import) { Text(stringResource(R.string.transfer_import)) }
    }

@Composable
private fun ColumnScope.Part(@StringRes title: Int, @StringRes text: Int) {
    SectionTitle(stringResource(title))
    Text(
        stringResource(text),
        style = MaterialTheme.typography.bodyLarge,
        color = MaterialTheme.colorScheme.onSurfaceVariant
    )
}

/** What came of it, which TalkBack reads at once. */
@Composable
private fun Outcome(state: TransferState) {
    val failed = state is TransferState.Refused || state == TransferState.NotSaved
    val colors = MaterialTheme.colorScheme
    Surface(
        Modifier.fillMaxWidth().semantics { liveRegion = LiveRegionMode.Polite },
        MaterialTheme.shapes.medium,
        if (failed) colors.errorContainer else colors.secondaryContainer
    ) {
        Text(text(state), Modifier.padding(16.dp), style = MaterialTheme.typography.bodyLarge)
    }
}

@Composable
private fun text(state: TransferState): String = when (state) {
    TransferState.Idle -> ""
    TransferState.Saved -> stringResource(R.string.transfer_saved)
    TransferState.NotSaved -> stringResource(R.string.transfer_not_saved)
    is TransferState.Refused -> stringResource(state.problem.text())
    is TransferState.Imported -> {
        val taken = state.choices.pinned + state.choices.hidden
        pluralStringResource(R.plurals.transfer_imported, taken, taken)
    }
}

@StringRes
private fun ImportProblem.text(): Int = when (this) {
    ImportProblem.UNREADABLE -> R.string.transfer_unreadable
    ImportProblem.NOT_A_PROFILE -> R.string.transfer_not_a_profile
    ImportProblem.OTHER_FORMAT -> R.string.transfer_other_format
    ImportProblem.OTHER_BUNDLE -> R.string.transfer_other_bundle
}
