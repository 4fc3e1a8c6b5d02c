package org.photointerests.pipeline.decode

import java.nio.Buffer
import java.nio.ByteBuffer
import org.photointerests.core.Input
import org.photointerests.core.directBuffer

/** Turns photos into the extractor's input bytes, the same as the Python side does. */
class ImagePreprocessor(private val input: Input) {
    private val pixels = directBuffer(input.bytes)

    /** The same as of a [Frame] that nothing else looks at. */
    fun preprocess(file: PhotoFile): ByteBuffer = Frame(file).use { preprocess(it) }

    /**
     * Turns a photo into RGB bytes, `height` x `width`.
     *
     * Returns a buffer that the next call overwrites. Throws [PhotoException].
     */
    fun preprocess(frame: Frame): ByteBuffer {
        val photo = frame.decoded(input.reducedDecode)
        val upright = UprightPixels(photo, input.width, input.height, input.background)
        (pixels as Buffer).clear() // ByteBuffer.clear() itself is missing before Android 9
        for (y in 0 until input.height) upright.putRow(y, pixels)
        (pixels as Buffer).flip()
        return pixels
    }
}
