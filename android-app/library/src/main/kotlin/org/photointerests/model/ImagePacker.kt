package org.photointerests.model

import java.nio.Buffer
import java.nio.ByteBuffer
import java.nio.ByteOrder

/** Turns photos into the extractor's input bytes, the same as the Python side does. */
class ImagePacker(private val input: Input) {
    private val decoder = PhotoDecoder(input.reducedDecode)
    private val pixels = ByteBuffer.allocateDirect(input.bytes).order(ByteOrder.nativeOrder())

    /**
     * Packs a photo as RGB bytes, `height` x `width`.
     *
     * Returns a buffer that the next call fills anew. Throws [PhotoException].
     */
    fun pack(file: PhotoFile): ByteBuffer = pack(file) {}

    /** The same; [onDecoded] is called between decoding and resizing. */
    internal fun pack(file: PhotoFile, onDecoded: () -> Unit): ByteBuffer {
        val photo = decoder.decode(file)
        onDecoded()
        try {
            val orientation = Orientation.of(file, photo.mimeType)
            write(resized(photo, orientation), orientation)
        } finally {
            photo.bitmap.recycle()
        }
        return pixels
    }

    private fun resized(photo: DecodedPhoto, orientation: Orientation): IntArray {
        val rows = BitmapRows(photo.bitmap, input.background)
        return if (orientation.transposed) {
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
