package org.photointerests.ui.interests

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Card
import androidx.compose.material3.CardDefaults
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.pipeline.scan.ScanState
import org.photointerests.pipeline.scan.describe
import org.photointerests.ui.scan.explanation
import org.photointerests.ui.scan.title

/** Says that the interests still grow; leads to the scan. */
@Composable
fun ScanBanner(scan: ScanState, onClick: () -> Unit) {
    val progress = (scan as? ScanState.Running)?.progress
    Card(
        onClick,
        Modifier.fillMaxWidth(),
        colors = CardDefaults.cardColors(
            containerColor = MaterialTheme.colorScheme.secondaryContainer
        )
    ) {
        Column(Modifier.padding(16.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
            Text(stringResource(scan.title()), style = MaterialTheme.typography.titleSmall)
            if (scan is ScanState.Waiting) {
                scan.explanation(autoScan = true)?.let {
                    Text(stringResource(it), style = MaterialTheme.typography.bodySmall)
                }
            } else if (progress == null) {
                LinearProgressIndicator(Modifier.fillMaxWidth())
            } else {
                LinearProgressIndicator(
                    progress = { progress.done.toFloat() / progress.total.coerceAtLeast(1) },
                    modifier = Modifier.fillMaxWidth(),
                    drawStopIndicator = {}
                )
                Text(
                    LocalContext.current.describe(progress),
                    style = MaterialTheme.typography.bodySmall
                )
            }
        }
    }
}
