package org.photointerests.ui.designsystem

import androidx.activity.compose.PredictiveBackHandler
import androidx.compose.animation.core.animateFloatAsState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.State
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableFloatStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.graphicsLayer

// As far as Material lets a screen shrink under the finger.
private const val SHRUNK_BY = 0.1f
private const val FADED_BY = 0.5f

/**
 * How far the system's gesture to go back has come, from 0 to 1, while it is for this place: going
 * back then calls [onBack]. A gesture that is cancelled does nothing, and the progress is 0 again.
 */
@Composable
internal fun backProgress(enabled: Boolean, onBack: () -> Unit): State<Float> {
    var progress by remember { mutableFloatStateOf(0f) }
    val goBack by rememberUpdatedState(onBack)
    PredictiveBackHandler(enabled) { events ->
        try {
            events.collect { progress = it.progress }
            goBack()
        } finally {
            progress = 0f
        }
    }
    return animateFloatAsState(progress, label = "back")
}

/** Draws what a gesture takes away: smaller and paler, the further it has come. */
internal fun Modifier.leaving(progress: State<Float>): Modifier = graphicsLayer {
    val scale = 1 - SHRUNK_BY * progress.value
    scaleX = scale
    scaleY = scale
    alpha = 1 - FADED_BY * progress.value
}
