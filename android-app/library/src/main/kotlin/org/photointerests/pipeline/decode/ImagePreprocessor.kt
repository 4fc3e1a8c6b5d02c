package org.photointerests.pipeline.decode

import java.nio.Buffer
import java.nio.ByteBuffer
import java.nio.ByteOrder
import org.photointerests.core.Input

/** Turns photos into the extractor's input bytes, the same as the Python side does. */
class ImagePreprocessor(private val input: Input) {
    private val pixels = ByteBuffer.allocateDirect(input.bytes).order(ByteOrder.nativeOrder())

    /** The same as of a [Frame] that nothing else looks at. */
    fun preprocess(file: PhotoFile): ByteBuffer = Frame(file).use { preprocess(it) }

    /**
     * Turns a photo into RGB bytes, `height` x `width`.
     *
     * Returns a buffer that the next call overwrites. Throws [PhotoException].
     */
    fun preprocess(frame: Frame): ByteBuffer {
        val photo = frame.decoded(input.reducedDecode)
        write(resized(photo), photo.orientation)
        return pixels
    }

    private fun resized(photo: DecodedPhoto): IntArray {
        val rows = BitmapRows(photo.bitmap, input.background)
        return if (photo.orientation.transposed) {
            rows.resize(input.height, input.width, transposed = true)
        } else {
            rows.resize(input.width, input.height, transposed = false)
        }
    }

    private fun write(image: IntArray, orientation: Orientation) {
        val fileWidth = if (orientation.transposed) input.height else input.width
        val fileHeight = if (orientation.transposed) input.width else input.height
        (pixels as Buffer).clear() // ByteBuffer.clear() itself is missing before Android 9
        for (y in 0 until input.height) {
            for (x in 0 until input.width) {
                val fileY = orientation.fileY(x, y, fileHeight)
                val from = (fileY * fileWidth + orientation.fileX(x, y, fileWidth)) * RGB
                for (channel in 0 until RGB) pixels.put(image[from + channel].toByte())
            }
        }
        (pixels as Buffer).flip()
    }
}
