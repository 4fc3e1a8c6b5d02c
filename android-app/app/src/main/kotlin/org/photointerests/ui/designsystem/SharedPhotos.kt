package org.photointerests.ui.designsystem

import androidx.compose.animation.AnimatedVisibilityScope
import androidx.compose.animation.SharedTransitionLayout
import androidx.compose.animation.SharedTransitionScope
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.compositionLocalOf
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.Modifier
import androidx.compose.ui.MotionDurationScale
import androidx.compose.ui.graphics.Shape
import org.photointerests.core.PhotoKey

private val LocalPassage = staticCompositionLocalOf<SharedTransitionScope?> { null }
private val LocalScreen = compositionLocalOf<AnimatedVisibilityScope?> { null }

/** Screens between which photos pass: a tile grows into the photo that fills the window. */
@Composable
internal fun SharedPhotos(modifier: Modifier, content: @Composable () -> Unit) =
    SharedTransitionLayout(modifier) {
        CompositionLocalProvider(LocalPassage provides this, content = content)
    }

/** One of the screens of [SharedPhotos], which comes and goes as [visibility] says. */
@Composable
internal fun SharingScreen(visibility: AnimatedVisibilityScope, content: @Composable () -> Unit) =
    CompositionLocalProvider(LocalScreen provides visibility, content = content)

/**
 * The photo of a screen, which grows out of its place on the screen before or shrinks into it, cut
 * to [shape] meanwhile. It is there at once with "Remove animations", and outside [SharedPhotos].
 */
@Composable
internal fun Modifier.sharedPhoto(photo: PhotoKey, shape: Shape): Modifier {
    val passage = LocalPassage.current ?: return this
    val screen = LocalScreen.current ?: return this
    val motion = rememberCoroutineScope().coroutineContext[MotionDurationScale]
    if (motion?.scaleFactor == 0f) return this
    return with(passage) {
        this@sharedPhoto.sharedBounds(
            rememberSharedContentState(photo),
            screen,
            clipInOverlayDuringTransition = OverlayClip(shape)
        )
    }
}
