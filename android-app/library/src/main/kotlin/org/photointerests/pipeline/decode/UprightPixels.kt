package org.photointerests.pipeline.decode

import android.graphics.Rect
import java.nio.ByteBuffer

/** Part of an upright photo, resized to [width] x [height], with transparency over a background. */
internal class UprightPixels(
    photo: DecodedPhoto,
    private val width: Int,
    height: Int,
    background: List<Int>,
    part: Rect = photo.upright
) {
    private val orientation = photo.orientation
    private val fileWidth = if (orientation.transposed) height else width
    private val fileHeight = if (orientation.transposed) width else height
    private val image = BitmapRows(photo.bitmap, background, photo.inFile(part))
        .resize(fileWidth, fileHeight, orientation.transposed)

    /** Writes the RGB bytes of row [y]. */
    fun putRow(y: Int, target: ByteBuffer) {
        for (x in 0 until width) {
            val fileY = orientation.fileY(x, y, fileHeight)
            val from = (fileY * fileWidth + orientation.fileX(x, y, fileWidth)) * RGB
            for (channel in 0 until RGB) target.put(image[from + channel].toByte())
        }
    }
}
