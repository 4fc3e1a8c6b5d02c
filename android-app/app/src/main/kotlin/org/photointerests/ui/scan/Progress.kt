package org.photointerests.ui.scan

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.size
import androidx.compose.material3.CircularProgressIndicator
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.unit.dp
import org.photointerests.pipeline.scan.ScanProgress
import org.photointerests.pipeline.scan.describe
import org.photointerests.pipeline.scan.parts
import org.photointerests.ui.designsystem.percent

/** How far the scan is: a ring, and beside it count, rate and time left. */
@Composable
internal fun Progress(progress: ScanProgress) {
    val context = LocalContext.current
    val done = progress.done.toFloat() / progress.total.coerceAtLeast(1)
    Row(
        Modifier.clearAndSetSemantics { contentDescription = context.describe(progress) },
        Arrangement.spacedBy(20.dp),
        Alignment.CenterVertically
    ) {
        Ring(done)
        Column(verticalArrangement = Arrangement.spacedBy(6.dp)) {
            context.parts(progress).forEachIndexed { index, part ->
                Text(
                    part,
                    style = if (index == 0) {
                        MaterialTheme.typography.titleLarge
                    } else {
                        MaterialTheme.typography.bodyLarge
                    },
                    color = if (index == 0) {
                        MaterialTheme.colorScheme.onSurface
                    } else {
                        MaterialTheme.colorScheme.onSurfaceVariant
                    }
                )
            }
        }
    }
}

@Composable
private fun Ring(done: Float) = Box(Modifier.size(132.dp), Alignment.Center) {
    CircularProgressIndicator(
        progress = { done },
        modifier = Modifier.matchParentSize(),
        strokeWidth = 12.dp,
        trackColor = MaterialTheme.colorScheme.surfaceContainerHighest,
        strokeCap = StrokeCap.Round
    )
    Text(percent(done), style = MaterialTheme.typography.headlineMedium)
}
