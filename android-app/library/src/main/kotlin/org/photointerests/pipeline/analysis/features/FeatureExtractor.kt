package org.photointerests.pipeline.analysis.features

import java.io.Closeable
import java.nio.Buffer
import java.nio.ByteBuffer
import org.photointerests.core.Bundle
import org.photointerests.core.CardException
import org.photointerests.core.directBuffer
import org.photointerests.pipeline.runtime.Accelerator
import org.tensorflow.lite.Interpreter

/** The network that turns each photo into one row of bytes. Not for several threads at once. */
class FeatureExtractor(
    bundle: Bundle,
    val accelerator: Accelerator = Accelerator.CPU,
    threads: Int = 1
) : Closeable {
    private val input = bundle.card.input
    private val dimension = bundle.card.features.dimension
    private val features = directBuffer(dimension)
    private val interpreter = Interpreter(bundle.extractor(), accelerator.options(threads))

    init {
        // TFLite compares the sizes of both buffers with its own tensors.
        try {
            extract(directBuffer(input.bytes))
        } catch (error: IllegalArgumentException) {
            interpreter.close()
            throw CardException("${bundle.card.extractor.file} is not as its card says", error)
        }
    }

    /** Features of a photo's packed [pixels]: as many bytes as the card's `dimension`. */
    fun extract(pixels: ByteBuffer): ByteArray {
        require(pixels.remaining() == input.bytes) {
            "pixels: expected ${input.bytes} bytes, received ${pixels.remaining()}"
        }
        (features as Buffer).clear()
        interpreter.run(pixels, features)
        (features as Buffer).rewind()
        return ByteArray(dimension).also { features.get(it) }
    }

    override fun close() = interpreter.close()
}
