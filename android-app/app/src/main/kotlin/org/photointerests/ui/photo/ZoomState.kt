package org.photointerests.ui.photo

import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableFloatStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size

private const val MAX_SCALE = 8f
private const val DOUBLE_TAP_SCALE = 2.5f

/** How far a photo is zoomed in, and which part of it is seen. */
@Stable
class ZoomState {
    /** 1 where the photo fits its place. */
    var scale by mutableFloatStateOf(1f)
        private set

    /** How far the photo's middle is from that of its place, in pixels. */
    var offset by mutableStateOf(Offset.Zero)
        private set

    /** Size of the photo's place, in pixels. */
    var size: Size = Size.Zero

    val isZoomed get() = scale > 1f

    /**
     * Zooms around a point of the place and moves the photo, as far as it covers its place.
     *
     * Returns whether the photo has moved or changed its size: otherwise the gesture is for others.
     */
    fun transform(centroid: Offset, pan: Offset, zoom: Float): Boolean {
        val (oldScale, oldOffset) = scale to offset
        scale = (oldScale * zoom).coerceIn(1f, MAX_SCALE)
        val fromMiddle = centroid - Offset(size.width / 2, size.height / 2)
        // What is under the fingers stays under them.
        offset = within(fromMiddle + pan - (fromMiddle - oldOffset) * (scale / oldScale))
        return scale != oldScale || offset != oldOffset
    }

    /** Zooms in on a point, or out again. */
    fun toggle(point: Offset) {
        if (isZoomed) reset() else transform(point, Offset.Zero, DOUBLE_TAP_SCALE)
    }

    fun reset() {
        scale = 1f
        offset = Offset.Zero
    }

    private fun within(wanted: Offset): Offset {
        val (x, y) = size.width * (scale - 1) / 2 to size.height * (scale - 1) / 2
        // Zero is added, for it may be a negative one.
        return Offset(wanted.x.coerceIn(-x, x) + 0f, wanted.y.coerceIn(-y, y) + 0f)
    }
}
