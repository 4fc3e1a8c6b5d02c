package org.photointerests.ui.photo

import androidx.compose.foundation.gestures.awaitEachGesture
import androidx.compose.foundation.gestures.awaitFirstDown
import androidx.compose.foundation.gestures.calculateCentroid
import androidx.compose.foundation.gestures.calculatePan
import androidx.compose.foundation.gestures.calculateZoom
import androidx.compose.foundation.gestures.detectTapGestures
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clipToBounds
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.geometry.isSpecified
import androidx.compose.ui.graphics.RectangleShape
import androidx.compose.ui.graphics.graphicsLayer
import androidx.compose.ui.input.pointer.PointerInputScope
import androidx.compose.ui.input.pointer.pointerInput
import androidx.compose.ui.input.pointer.positionChanged
import androidx.compose.ui.layout.ContentScale
import androidx.compose.ui.layout.onSizeChanged
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.CustomAccessibilityAction
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.customActions
import androidx.compose.ui.semantics.onClick
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.toSize
import coil.compose.AsyncImage
import coil.request.ImageRequest
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.ui.designsystem.sharedPhoto

// A photo of 12 megapixels as it is; larger ones are shrunk, so that memory holds them.
private const val ZOOMED_PIXELS = 4096

/**
 * A photo as large as its place, which two fingers or a double tap zoom; one that is not [current]
 * is as it was. There are frames around [boxes].
 */
@Composable
internal fun ZoomablePhoto(
    key: PhotoKey,
    description: String,
    current: Boolean,
    onTap: () -> Unit,
    state: ZoomState = remember(key) { ZoomState() },
    boxes: List<FoundBox> = emptyList()
) {
    LaunchedEffect(current) { if (!current) state.reset() }
    var pixels by remember(key) { mutableStateOf(Size.Unspecified) }
    val zoom = stringResource(R.string.photo_zoom)
    val tap = stringResource(R.string.photo_toggle_details)
    Box(
        Modifier.fillMaxSize()
            .then(if (current) Modifier.sharedPhoto(key, RectangleShape) else Modifier)
            .clipToBounds()
            .onSizeChanged { state.size = it.toSize() }
            .semantics(mergeDescendants = true) {
                contentDescription = description
                onClick(tap) {
                    onTap()
                    true
                }
                customActions = listOf(
                    CustomAccessibilityAction(zoom) {
                        state.toggle(state.middle())
                        true
                    }
                )
            }
            .pointerInput(state) {
                detectTapGestures(onDoubleTap = state::toggle, onTap = { onTap() })
            }
            .pointerInput(state) { detectZoom(state) }
    ) {
        val shape = Modifier.fillMaxSize().graphicsLayer {
            scaleX = state.scale
            scaleY = state.scale
            translationX = state.offset.x
            translationY = state.offset.y
        }
        AsyncImage(
            key,
            null,
            shape,
            error = painterResource(R.drawable.ic_broken_photo),
            contentScale = ContentScale.Fit,
            onSuccess = { pixels = it.painter.intrinsicSize }
        )
        if (state.isZoomed) Sharper(key, shape)
        if (boxes.isNotEmpty() && pixels.isSpecified) Boxes(boxes, pixels, shape)
    }
}

/** The same photo with more pixels, over the one that the window was too small for. */
@Composable
private fun Sharper(key: PhotoKey, modifier: Modifier) {
    val context = LocalContext.current
    val request = remember(key) {
        ImageRequest.Builder(context).data(key).size(ZOOMED_PIXELS).build()
    }
    AsyncImage(request, null, modifier, contentScale = ContentScale.Fit)
}

private fun ZoomState.middle() = Offset(size.width / 2, size.height / 2)

/** One finger on a photo that is not zoomed turns the page; all else is for the photo. */
private suspend fun PointerInputScope.detectZoom(state: ZoomState) = awaitEachGesture {
    awaitFirstDown(requireUnconsumed = false)
    do {
        val event = awaitPointerEvent()
        val several = event.changes.count { it.pressed } > 1
        val centroid = event.calculateCentroid()
        // There is none once the last finger is lifted.
        if (centroid.isSpecified && (several || state.isZoomed)) {
            val moved = state.transform(
                centroid,
                event.calculatePan(),
                event.calculateZoom()
            )
            if (several || moved) {
                event.changes.forEach { if (it.positionChanged()) it.consume() }
            }
        }
    } while (event.changes.any { it.pressed })
}
