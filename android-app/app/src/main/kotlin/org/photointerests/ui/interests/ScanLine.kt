package org.photointerests.ui.interests

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.CircularProgressIndicator
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.pipeline.scan.ScanState
import org.photointerests.pipeline.scan.parts
import org.photointerests.ui.designsystem.photoCount
import org.photointerests.ui.scan.photoProgress
import org.photointerests.ui.scan.title

/** How the scan stands and how many photos are known, in one quiet line; leads to the scan. */
@Composable
fun ScanLine(scan: ScanState, photos: Int?, onClick: () -> Unit) = Row(
    Modifier.clip(MaterialTheme.shapes.large)
        .clickable(role = Role.Button, onClick = onClick)
        .heightIn(min = 48.dp)
        .padding(horizontal = 4.dp),
    Arrangement.spacedBy(10.dp),
    Alignment.CenterVertically
) {
    val progress = scan.photoProgress
    val color = MaterialTheme.colorScheme.onSurfaceVariant
    if (progress == null) {
        Icon(painterResource(R.drawable.ic_scan), null, Modifier.size(18.dp), color)
    } else {
        CircularProgressIndicator(
            progress = { progress.done.toFloat() / progress.total.coerceAtLeast(1) },
            modifier = Modifier.size(18.dp).clearAndSetSemantics {},
            strokeWidth = 2.dp
        )
    }
    Text(text(scan, photos), style = MaterialTheme.typography.bodyMedium, color = color)
}

@Composable
private fun text(scan: ScanState, photos: Int?): String {
    val title = stringResource(scan.title())
    val progress = scan.photoProgress
    val count = when {
        progress != null -> LocalContext.current.parts(progress).first()
        photos != null && scan == ScanState.Idle ->
            photoCount(photos)
        else -> return title
    }
    return stringResource(R.string.scan_line, title, count)
}
