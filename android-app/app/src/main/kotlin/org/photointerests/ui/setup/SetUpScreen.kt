package org.photointerests.ui.setup

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.pipeline.media.Album
import org.photointerests.ui.albums.AlbumRow
import org.photointerests.ui.designsystem.backProgress
import org.photointerests.ui.designsystem.leaving
import org.photointerests.ui.scan.ScanSwitches

/** What the user answers before the first scan. */
class SetUpActions(
    val setRead: (Album, Boolean) -> Unit = { _, _ -> },
    val setAutoScan: (Boolean) -> Unit = {},
    val setOnlyCharging: (Boolean) -> Unit = {},
    val finish: () -> Unit = {}
)

/** The second and third step of the start: which albums, and when to scan. */
@Composable
fun SetUpScreen(state: SetUpState, actions: SetUpActions) {
    var step by rememberSaveable { mutableIntStateOf(ALBUMS) }
    val progress = backProgress(step > ALBUMS) { step = ALBUMS }
    val isLast = step == WHEN
    Step(
        step,
        stringResource(if (isLast) R.string.setup_when else R.string.setup_albums),
        stringResource(if (isLast) R.string.setup_when_text else R.string.setup_albums_text),
        stringResource(if (isLast) R.string.scan_start else R.string.setup_next),
        onNext = { if (isLast) actions.finish() else step = WHEN },
        Modifier.leaving(progress)
    ) {
        if (isLast) {
            item { When(state, actions) }
        } else {
            val albums = state.albums
            if (albums == null) item { LinearProgressIndicator(Modifier.fillMaxWidth()) }
            items(albums?.albums.orEmpty(), key = { it.album.id }) {
                AlbumRow(it, actions.setRead)
            }
        }
    }
}

@Composable
private fun When(state: SetUpState, actions: SetUpActions) = Column {
    ScanSwitches(
        state.autoScan,
        state.onlyCharging,
        actions.setAutoScan,
        actions.setOnlyCharging
    )
    Text(
        stringResource(R.string.setup_notification),
        Modifier.padding(16.dp),
        style = MaterialTheme.typography.bodyMedium,
        color = MaterialTheme.colorScheme.onSurfaceVariant
    )
}
