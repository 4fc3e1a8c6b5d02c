package org.photointerests.ui.scan

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.layout.wrapContentWidth
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.Button
import androidx.compose.material3.Card
import androidx.compose.material3.CardDefaults
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.pipeline.index.FailedPhoto
import org.photointerests.pipeline.index.StoreCounts
import org.photointerests.pipeline.scan.ScanState
import org.photointerests.ui.designsystem.MaxContentWidth
import org.photointerests.ui.designsystem.Page
import org.photointerests.ui.designsystem.PhotoImage
import org.photointerests.ui.designsystem.SkeletonList
import org.photointerests.ui.designsystem.SwitchRow
import org.photointerests.ui.designsystem.currentLocale

/** What the user can do to the scan. */
class ScanActions(
    val start: () -> Unit = {},
    val pause: () -> Unit = {},
    val stop: () -> Unit = {},
    val showMore: () -> Unit = {},
    val setAutoScan: (Boolean) -> Unit = {},
    val back: () -> Unit = {}
)

/** How far the scan of the gallery is. */
@Composable
fun ScanScreen(status: ScanStatus?, actions: ScanActions) {
    Page(stringResource(R.string.scan_title), actions.back) { padding ->
        if (status == null) {
            SkeletonList(Modifier.padding(padding))
        } else {
            LazyColumn(
                Modifier.fillMaxSize().wrapContentWidth().widthIn(max = MaxContentWidth)
                    .padding(padding),
                contentPadding = PaddingValues(16.dp),
                verticalArrangement = Arrangement.spacedBy(16.dp)
            ) {
                item { Progress(status.scan, status.autoScan) }
                item { Buttons(status.scan, actions) }
                item {
                    val text = stringResource(R.string.scan_automatically)
                    SwitchRow(text, status.autoScan, actions.setAutoScan)
                }
                item { Counts(status.counts) }
                if (status.failures.isNotEmpty()) item { FailuresTitle() }
                items(status.failures, key = { "${it.key}" }) { Failure(it) }
                if (status.failures.size < status.counts.failed) {
                    item(key = status.failures.size) {
                        LaunchedEffect(Unit) { actions.showMore() }
                        LinearProgressIndicator(Modifier.fillMaxWidth())
                    }
                }
            }
        }
    }
}

@Composable
private fun Progress(scan: ScanState, autoScan: Boolean) {
    val progress = scan.photoProgress
    Column(verticalArrangement = Arrangement.spacedBy(12.dp)) {
        Text(
            stringResource(scan.title()),
            Modifier.semantics { heading() },
            style = MaterialTheme.typography.headlineMedium,
            fontWeight = FontWeight.SemiBold
        )
        when {
            progress != null -> Progress(progress)
            scan is ScanState.Running -> LinearProgressIndicator(Modifier.fillMaxWidth())
        }
        scan.explanation(autoScan)?.let {
            Text(
                stringResource(it),
                style = MaterialTheme.typography.bodyLarge,
                color = MaterialTheme.colorScheme.onSurfaceVariant
            )
        }
    }
}

@Composable
private fun Buttons(scan: ScanState, actions: ScanActions) {
    Row(horizontalArrangement = Arrangement.spacedBy(12.dp)) {
        when (scan) {
            is ScanState.Running, is ScanState.Waiting -> {
                Button(actions.pause) { Text(stringResource(R.string.scan_pause)) }
                OutlinedButton(actions.stop) { Text(stringResource(R.string.scan_stop)) }
            }
            ScanState.Paused -> {
                Button(actions.start) { Text(stringResource(R.string.scan_resume)) }
                OutlinedButton(actions.stop) { Text(stringResource(R.string.scan_stop)) }
            }
            ScanState.Idle, is ScanState.Failed -> Button(actions.start) {
                Text(stringResource(R.string.scan_start))
            }
        }
    }
}

@Composable
private fun Counts(counts: StoreCounts) {
    Row(horizontalArrangement = Arrangement.spacedBy(12.dp)) {
        Count(counts.read, stringResource(R.string.scan_read), Modifier.weight(1f))
        Count(counts.failed, stringResource(R.string.scan_skipped), Modifier.weight(1f))
    }
}

@Composable
private fun Count(number: Int, name: String, modifier: Modifier) {
    Card(
        modifier,
        colors = CardDefaults.cardColors(
            containerColor = MaterialTheme.colorScheme.surfaceContainerLow
        )
    ) {
        Column(Modifier.padding(16.dp).semantics(mergeDescendants = true) {}) {
            Text(
                "%,d".format(currentLocale(), number),
                style = MaterialTheme.typography.headlineMedium
            )
            Text(name, color = MaterialTheme.colorScheme.onSurfaceVariant)
        }
    }
}

@Composable
private fun FailuresTitle() {
    Text(
        stringResource(R.string.scan_skipped_title),
        Modifier.semantics { heading() },
        style = MaterialTheme.typography.titleMedium,
        color = MaterialTheme.colorScheme.primary
    )
}

@Composable
private fun Failure(photo: FailedPhoto) {
    Row(
        horizontalArrangement = Arrangement.spacedBy(12.dp),
        verticalAlignment = Alignment.CenterVertically
    ) {
        PhotoImage(photo.key, null, Modifier.size(48.dp).clip(MaterialTheme.shapes.small))
        Text(
            stringResource(photo.problem.text()),
            Modifier.weight(1f),
            style = MaterialTheme.typography.bodyMedium
        )
    }
}
