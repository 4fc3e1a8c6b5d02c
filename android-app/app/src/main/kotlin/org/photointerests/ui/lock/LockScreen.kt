package org.photointerests.ui.lock

import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.material3.Button
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import org.photointerests.R
import org.photointerests.ui.designsystem.EmptyState

/** What a locked app shows: no interest and no photo, and how to unlock it. */
@Composable
fun LockScreen(onUnlock: () -> Unit) = Surface {
    EmptyState(
        R.drawable.ic_lock,
        stringResource(R.string.lock_title),
        stringResource(R.string.lock_text),
        Modifier.safeDrawingPadding()
    ) {
        Button(onUnlock) { Text(stringResource(R.string.lock_unlock)) }
    }
}
