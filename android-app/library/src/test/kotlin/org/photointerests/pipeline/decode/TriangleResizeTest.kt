package org.photointerests.pipeline.decode

import kotlin.random.Random
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Test

class TriangleResizeTest {
    @Test
    fun resize_halvedRow_weighsNeighboursByTriangle() {
        // Pillow 13: Image.new('L', (8, 1)) with these values, resize((4, 1), BILINEAR).
        val grey = intArrayOf(0, 10, 20, 30, 40, 50, 60, 255)
        assertArrayEquals(intArrayOf(7, 25, 45, 142), resizedGrey(grey, 4))
    }

    @Test
    fun resize_anyRow_roundsAsPillowDoes() {
        // Pillow 13: the row made smaller, and its beginning made larger, by BILINEAR.
        val first = intArrayOf(207, 21, 45, 60, 46)
        val rest = intArrayOf(205, 222, 149, 10, 24, 85, 110, 159, 122, 67, 40, 177, 188, 8)
        assertArrayEquals(
            intArrayOf(77, 116, 107, 94, 100, 119),
            resizedGrey(first + rest, 6)
        )
        assertArrayEquals(
            intArrayOf(207, 145, 42, 32, 45, 53, 58, 51, 46),
            resizedGrey(first, 9)
        )
    }

    private fun resizedGrey(grey: IntArray, width: Int): IntArray =
        rows(grey.size, 1, grey.flatMap { listOf(it, it, it) }).resize(width, 1, false)
            .filterIndexed { i, _ -> i % RGB == 0 }.toIntArray()

    @Test
    fun resize_sameSize_keepsEveryPixel() {
        val image = noise(7, 5)
        assertArrayEquals(image.toIntArray(), rows(7, 5, image).resize(7, 5, false))
    }

    @Test
    fun resize_transposedImage_isTransposedResult() {
        val image = noise(61, 47)
        val upright = rows(61, 47, image).resize(24, 20, false)
        val lying = rows(47, 61, transpose(image, 61, 47)).resize(20, 24, true)
        assertEquals(upright.toList(), transpose(lying.toList(), 20, 24))
    }

    @Test
    fun weights_anySizes_sumToOne() {
        for ((source, target) in listOf(1000 to 224, 5 to 224, 224 to 224, 12000 to 7)) {
            TriangleFilter(source, target).weights.forEach {
                val sum = it.sum().toDouble() / (1 shl TriangleFilter.PRECISION)
                assertEquals(1.0, sum, 1e-3)
            }
        }
    }

    private fun noise(width: Int, height: Int) =
        Random(1).let { random -> List(width * height * RGB) { random.nextInt(256) } }

    private fun transpose(image: List<Int>, width: Int, height: Int): List<Int> =
        (0 until width).flatMap { x ->
            (0 until height).flatMap { y ->
                image.subList(
                    (y * width + x) * RGB,
                    (y * width + x + 1) * RGB
                )
            }
        }

    private fun rows(width: Int, height: Int, image: List<Int>) = object : PixelRows {
        override val width = width
        override val height = height
        private var next = 0

        override fun read(row: IntArray) {
            for (i in row.indices) row[i] = image[next++]
        }
    }
}
