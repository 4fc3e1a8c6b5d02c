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
import org.photointerests.model.PhotoProblem
import org.photointerests.scan.Heat
import org.photointerests.scan.ScanFailure
import org.photointerests.scan.ScanState
import org.photointerests.store.FailedPhoto
import org.photointerests.store.StoreCounts
import org.photointerests.ui.Loading
import org.photointerests.ui.Page
import org.photointerests.ui.PhotoImage
import org.photointerests.ui.READABLE

/** What the user can do to the scan. */
class ScanActions(
    val start: () -> Unit = {},
    val pause: () -> Unit = {},
    val stop: () -> Unit = {},
    val showMore: () -> Unit = {}
)

/** How far reading the gallery is. */
@Composable
fun ScanScreen(status: ScanStatus?, actions: ScanActions) {
    Page(stringResource(R.string.nav_scan)) { padding ->
        if (status == null) {
            Loading(Modifier.padding(padding))
        } else {
            LazyColumn(
                Modifier.fillMaxSize().wrapContentWidth().widthIn(max = READABLE).padding(padding),
                contentPadding = PaddingValues(16.dp),
                verticalArrangement = Arrangement.spacedBy(16.dp)
            ) {
                item { Progress(status.scan) }
                item { Buttons(status.scan, actions) }
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
private fun Progress(scan: ScanState) {
    val progress = (scan as? ScanState.Running)?.progress
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
        scan.explanation()?.let {
            Text(
                stringResource(it),
                style = MaterialTheme.typography.bodyLarge,
                color = MaterialTheme.colorScheme.onSurfaceVariant
            )
        }
    }
}

private fun ScanState.title(): Int = when (this) {
    ScanState.Idle -> R.string.scan_idle
    ScanState.Waiting -> R.string.scan_waiting
    ScanState.WaitingForCharger -> R.string.scan_waiting_for_charger
    ScanState.HandedOver -> R.string.scan_handed_over
    is ScanState.Running -> when (progress?.heat) {
        Heat.WARM -> R.string.scan_warm
        Heat.HOT -> R.string.scan_hot
        else -> R.string.scan_running
    }
    ScanState.Paused -> R.string.scan_paused
    is ScanState.Failed -> R.string.scan_failed
}

private fun ScanState.explanation(): Int? = when (this) {
    ScanState.Idle -> R.string.scan_idle_text
    ScanState.Waiting -> R.string.scan_waiting_text
    ScanState.WaitingForCharger -> R.string.scan_waiting_for_charger_text
    ScanState.HandedOver -> R.string.scan_handed_over_text
    is ScanState.Running -> when (progress?.heat) {
        Heat.WARM -> R.string.scan_warm_text
        Heat.HOT -> R.string.scan_hot_text
        else -> null
    }
    ScanState.Paused -> R.string.scan_paused_text
    is ScanState.Failed -> when (reason) {
        ScanFailure.NO_ACCESS -> R.string.scan_no_access_text
        ScanFailure.GALLERY -> R.string.scan_gallery_text
        ScanFailure.STORAGE_FULL -> R.string.fault_storage_full_text
        ScanFailure.STORAGE_DAMAGED -> R.string.fault_storage_damaged_text
        ScanFailure.STORAGE_UNREADABLE -> R.string.fault_storage_unreadable_text
        ScanFailure.MODEL_DAMAGED -> R.string.fault_model_damaged_text
        ScanFailure.ERROR -> R.string.scan_failed_text
    }
}

@Composable
private fun Buttons(scan: ScanState, actions: ScanActions) {
    Row(horizontalArrangement = Arrangement.spacedBy(12.dp)) {
        when (scan) {
            is ScanState.Running,
            ScanState.Waiting,
            ScanState.WaitingForCharger,
            ScanState.HandedOver -> {
                Button(actions.pause) { Text(stringResource(R.string.scan_pause)) }
                OutlinedButton(actions.stop) { Text(stringResource(R.string.scan_stop)) }
            }
            ScanState.Paused -> {
                Button(actions.start) { Text(stringResource(R.string.scan_resume)) }
                OutlinedButton(actions.stop) { Text(stringResource(R.string.scan_stop)) }
            }
            ScanState.Idle -> Button(actions.start) { Text(stringResource(R.string.scan_again)) }
            is ScanState.Failed -> Button(actions.start) {
                Text(stringResource(R.string.scan_start))
            }
        }
    }
}

@Composable
private fun Counts(counts: StoreCounts) {
    Row(horizontalArrangement = Arrangement.spacedBy(12.dp)) {
        Count(counts.read, stringResource(R.string.scan_read), Modifier.weight(1f))
        Count(counts.failed, stringResource(R.string.scan_unreadable), Modifier.weight(1f))
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
            Text("%,d".format(number), style = MaterialTheme.typography.headlineMedium)
            Text(name, color = MaterialTheme.colorScheme.onSurfaceVariant)
        }
    }
}

@Composable
private fun FailuresTitle() {
    Text(
        stringResource(R.string.scan_unreadable_title),
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
            stringResource(photo.failure.text()),
            Modifier.weight(1f),
            style = MaterialTheme.typography.bodyMedium
        )
    }
}

private fun PhotoProblem.text(): Int = when (this) {
    PhotoProblem.GONE -> R.string.problem_gone
    PhotoProblem.NO_ACCESS -> R.string.problem_no_access
    PhotoProblem.NOT_A_PHOTO -> R.string.problem_not_a_photo
    PhotoProblem.BROKEN -> R.string.problem_broken
    PhotoProblem.TOO_LARGE -> R.string.problem_too_large
}
