package org.photointerests.pipeline.decode

import android.graphics.Rect
import java.nio.Buffer
import java.nio.ByteBuffer
import org.photointerests.core.Input
import org.photointerests.core.PixelInput
import org.photointerests.core.directBuffer

/** A photo in a square: RGB [pixels] of all of it, and the size of the photo at its top left. */
class Letterbox(val pixels: ByteBuffer, val width: Int, val height: Int)

/**
 * Fits photos into the square that a detector takes, the same as the Python side does; photos are
 * decoded by the [rule] of the bundle.
 */
class LetterboxPreprocessor(private val input: PixelInput, private val rule: Input) {
    private val pixels = directBuffer(input.side * input.side * RGB)
    private val behind = ByteArray(RGB) { input.background[it].toByte() }

    /** Returns pixels that the next call overwrites. Throws [PhotoException]. */
    fun preprocess(frame: Frame): Letterbox = fit(frame.decoded(rule.reducedDecode))

    /** The same of a [part] of an upright photo, which may be decoded by another rule. */
    internal fun fit(photo: DecodedPhoto, part: Rect = photo.upright): Letterbox {
        val scale = input.side.toDouble() / maxOf(part.width(), part.height())
        val width = scaled(part.width(), scale)
        val height = scaled(part.height(), scale)
        val upright = UprightPixels(photo, width, height, rule.background, part)
        (pixels as Buffer).clear()
        for (y in 0 until input.side) {
            if (y < height) upright.putRow(y, pixels)
            repeat(input.side - if (y < height) width else 0) { pixels.put(behind) }
        }
        (pixels as Buffer).flip()
        return Letterbox(pixels, width, height)
    }

    /** Rounds halves to even, as Python does. */
    private fun scaled(length: Int, scale: Double) =
        Math.rint(length * scale).toInt().coerceIn(1, input.side)
}
