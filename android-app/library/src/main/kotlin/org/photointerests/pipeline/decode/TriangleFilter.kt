package org.photointerests.pipeline.decode

import kotlin.math.abs
import kotlin.math.max
import kotlin.math.min

/**
 * Weights that resize one axis by a triangle as wide as the shrinking asks for.
 *
 * The same fixed-point numbers as Pillow's BILINEAR on 8-bit images, so that both sides agree to
 * the byte.
 */
internal class TriangleFilter(sourceSize: Int, targetSize: Int) {
    /** First source index that each target index reads. */
    val starts = IntArray(targetSize)

    /** Weights of each target index, which sum to about 1 shl [PRECISION]. */
    val weights: Array<IntArray>

    init {
        val scale = sourceSize.toDouble() / targetSize
        val stretch = max(1.0, scale)
        weights = Array(targetSize) { target ->
            val center = (target + 0.5) * scale
            val start = max(0, (center - stretch + 0.5).toInt())
            val end = min(sourceSize, (center + stretch + 0.5).toInt())
            starts[target] = start
            fixedPoint(DoubleArray(end - start) { triangle((start + it - center + 0.5) / stretch) })
        }
    }

    private fun triangle(x: Double) = max(0.0, 1 - abs(x))

    private fun fixedPoint(shares: DoubleArray): IntArray {
        val sum = shares.sum()
        return IntArray(shares.size) { (shares[it] / sum * (1 shl PRECISION) + 0.5).toInt() }
    }

    companion object {
        const val PRECISION = 32 - 8 - 2

        /** What sums start from, so that they are rounded. */
        const val HALF = 1 shl (PRECISION - 1)

        fun toByte(sum: Int): Int = (sum shr PRECISION).coerceIn(0, 255)
    }
}
