package org.photointerests.insights.similar

import java.nio.ByteBuffer
import java.nio.ByteOrder
import org.photointerests.core.Bundle

/**
 * Turns features into sketches: a bit says whether a feature is above its threshold.
 *
 * The thresholds are the medians over the bundle's golden set, so that each bit is set on about half
 * of all photos, and sketches of one bundle are the same on every phone.
 */
internal class FeatureSketches(private val thresholds: IntArray) {
    /** Number of longs that a sketch has. */
    val words = (thresholds.size + Long.SIZE_BITS - 1) / Long.SIZE_BITS

    fun sketch(features: ByteArray): LongArray {
        require(features.size == thresholds.size) {
            "features: expected ${thresholds.size} bytes, received ${features.size}"
        }
        val sketch = LongArray(words)
        for (index in features.indices) {
            if (features[index].toInt() and 255 > thresholds[index]) {
                sketch[index / Long.SIZE_BITS] =
                    sketch[index / Long.SIZE_BITS] or (1L shl index % Long.SIZE_BITS)
            }
        }
        return sketch
    }

    companion object {
        fun of(bundle: Bundle): FeatureSketches {
            val dimension = bundle.card.features.dimension
            val golden = bundle.golden(bundle.card.golden.set.features)
            val rows = golden.remaining() / dimension
            return FeatureSketches(
                IntArray(dimension) { column ->
                    (0 until rows).map { golden.get(it * dimension + column).toInt() and 255 }
                        .sorted()[rows / 2]
                }
            )
        }
    }
}

internal fun LongArray.bytes(): ByteArray {
    val buffer = ByteBuffer.allocate(size * Long.SIZE_BYTES).order(ByteOrder.LITTLE_ENDIAN)
    buffer.asLongBuffer().put(this)
    return buffer.array()
}

internal fun ByteArray.longs(): LongArray {
    val buffer = ByteBuffer.wrap(this).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer()
    return LongArray(buffer.remaining()).also { buffer.get(it) }
}
