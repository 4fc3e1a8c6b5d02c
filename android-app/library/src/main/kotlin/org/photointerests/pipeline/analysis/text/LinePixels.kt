package org.photointerests.pipeline.analysis.text

import kotlin.math.floor
import org.photointerests.pipeline.decode.DecodedPhoto
import org.photointerests.pipeline.decode.PixelRows
import org.photointerests.pipeline.decode.RGB
import org.photointerests.pipeline.decode.UprightPart
import org.photointerests.pipeline.decode.uprightHeight
import org.photointerests.pipeline.decode.uprightWidth

/** Brightness of what no line covers. */
internal const val GREY = 127
private const val TAPS = 4
private const val BRIGHTEST = 255.0

/** A line, cut out of an upright photo and turned level, by cubic interpolation as Pillow's. */
internal class LinePixels(photo: DecodedPhoto, line: FoundLine, background: List<Int>) : PixelRows {
    override val width = line.width
    override val height = line.height
    private val photoWidth = photo.uprightWidth
    private val photoHeight = photo.uprightHeight
    private val right = Vector(2 * line.along.x / width, 2 * line.along.y / width)
    private val down = Vector(2 * line.across.x / height, 2 * line.across.y / height)
    private val corner = line.middle - line.along - line.across
    private val part = UprightPart(
        photo,
        line.corners.map { it.x }.around(photoWidth),
        line.corners.map { it.y }.around(photoHeight),
        background
    )
    private val weightsX = DoubleArray(TAPS)
    private val weightsY = DoubleArray(TAPS)
    private val places = IntArray(TAPS * TAPS)
    private var row = 0

    override fun read(row: IntArray) {
        val y = this.row++ + HALF
        for (column in 0 until width) {
            val x = column + HALF
            put(
                right.x * x + down.x * y + corner.x,
                right.y * x + down.y * y + corner.y,
                row,
                column * RGB
            )
        }
    }

    private fun put(x: Double, y: Double, target: IntArray, to: Int) {
        if (x < 0 || x >= photoWidth || y < 0 || y >= photoHeight) {
            target.fill(GREY, to, to + RGB)
            return
        }
        val left = floor(x - HALF)
        val top = floor(y - HALF)
        cubic(x - HALF - left, weightsX)
        cubic(y - HALF - top, weightsY)
        for (place in places.indices) {
            places[place] = part.place(
                left.toInt() - 1 + place % TAPS,
                top.toInt() - 1 + place / TAPS
            )
        }
        for (channel in 0 until RGB) {
            var sum = 0.0
            for (place in places.indices) {
                sum += weightsX[place % TAPS] * weightsY[place / TAPS] *
                    part.value(places[place] + channel)
            }
            // Pillow cuts the rest off; what is whole but for rounding stays whole.
            target[to + channel] = (sum + ROUNDING).coerceIn(0.0, BRIGHTEST).toInt()
        }
    }

    private companion object {
        const val HALF = 0.5
        const val ROUNDING = 1e-9

        /** What a line reads of a side of the photo, with what interpolation needs around it. */
        fun List<Float>.around(size: Int): IntRange {
            val first = (floor(min()).toInt() - TAPS).coerceIn(0, size - 1)
            return first..(floor(max()).toInt() + TAPS).coerceIn(first, size - 1)
        }

        /** Weights of four neighbours for a place between the second and the third. */
        fun cubic(way: Double, weights: DoubleArray) {
            val square = way * way
            val cube = square * way
            weights[0] = -way + 2 * square - cube
            weights[1] = 1 - 2 * square + cube
            weights[2] = way + square - cube
            weights[3] = cube - square
        }
    }
}
