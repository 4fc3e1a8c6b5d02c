package org.photointerests.pipeline.analysis.identity

import java.nio.Buffer
import java.nio.ByteBuffer
import kotlin.math.ceil
import kotlin.math.floor
import kotlin.math.hypot
import org.photointerests.pipeline.decode.DecodedPhoto
import org.photointerests.pipeline.decode.RGB
import org.photointerests.pipeline.decode.UprightPart
import org.photointerests.pipeline.decode.uprightHeight
import org.photointerests.pipeline.decode.uprightWidth

/** Side of an aligned face, in pixels. */
internal const val FACE_SIDE = 150

/** Points by which a face is aligned: eyes, nose and corners of the mouth. */
internal const val POINTS = 5

// Pixels a side that one pixel is averaged from at most.
private const val MAXIMUM_SAMPLES = 8
private const val HALF = 0.5

// Pillow cuts the rest off; what is whole but for rounding stays whole.
private const val ROUNDING = 1e-9

// As Pillow divides by the number of samples.
private const val ONE_SHIFT = 24

// Across and down of the points on an aligned face: the mean face of dlib (King, 2009) with a quarter
// of its side around it, as in training; eyes are the means of their six landmarks.
private val TARGETS = doubleArrayOf(
    47.55, 46.6, 100.5, 46.6, 74.02, 76.56, 50.41, 103.02, 97.61, 103.02
)

/** Pixels between the eyes of an aligned face. */
internal val EYE_DISTANCE = TARGETS[2] - TARGETS[0]

/** Distance of the eyes, by [points] as in [alignFace]. */
internal fun eyeDistance(points: DoubleArray): Double =
    hypot(points[0] - points[2], points[1] - points[3])

/**
 * Cuts a face out of a photo, upright and of one size, as Python does by Pillow.
 *
 * [points] are across and down of each in pixels of the upright photo; [face] is filled with RGB bytes,
 * [FACE_SIDE] x [FACE_SIDE], black beyond the photo's edges.
 */
internal fun alignFace(
    photo: DecodedPhoto,
    points: DoubleArray,
    background: List<Int>,
    face: ByteBuffer
) {
    val similarity = Similarity.fit(points, TARGETS)
    val samples = ceil(1 / similarity.scale).coerceIn(1.0, MAXIMUM_SAMPLES.toDouble()).toInt()
    val source = FaceSource(photo, similarity, background)
    val sums = IntArray(FACE_SIDE * RGB)
    val all = samples * samples
    val share = (1 shl ONE_SHIFT) / all
    (face as Buffer).clear() // ByteBuffer.clear() itself is missing before Android 9
    for (row in 0 until FACE_SIDE) {
        sums.fill(0)
        for (y in row * samples until (row + 1) * samples) {
            for (x in 0 until FACE_SIDE * samples) {
                source.add((x + HALF) / samples, (y + HALF) / samples, sums, x / samples * RGB)
            }
        }
        for (sum in sums) face.put((((sum + all / 2).toLong() * share) shr ONE_SHIFT).toByte())
    }
    (face as Buffer).flip()
}

/** Where a face lies on a photo, of which that part alone is read. */
private class FaceSource(
    photo: DecodedPhoto,
    private val similarity: Similarity,
    background: List<Int>
) {
    private val width = photo.uprightWidth
    private val height = photo.uprightHeight
    private val part: UprightPart

    init {
        val side = FACE_SIDE.toDouble()
        val corners = listOf(0.0 to 0.0, side to 0.0, 0.0 to side, side to side)
            .map { (x, y) -> similarity.sourceX(x, y) to similarity.sourceY(x, y) }
        part = UprightPart(
            photo,
            corners.map { it.first }.around(width),
            corners.map { it.second }.around(height),
            background
        )
    }

    /** Adds the pixel of a place on the aligned face, between four of the photo. */
    fun add(faceX: Double, faceY: Double, sums: IntArray, to: Int) {
        val x = similarity.sourceX(faceX, faceY)
        val y = similarity.sourceY(faceX, faceY)
        if (x < 0 || x >= width || y < 0 || y >= height) return
        val left = floor(x - HALF)
        val top = floor(y - HALF)
        val across = x - HALF - left
        val down = y - HALF - top
        val column = left.toInt()
        val row = top.toInt()
        val leftAbove = part.place(column, row)
        val rightAbove = part.place(column + 1, row)
        val leftBelow = part.place(column, row + 1)
        val rightBelow = part.place(column + 1, row + 1)
        for (channel in 0 until RGB) {
            val above = between(leftAbove + channel, rightAbove + channel, across)
            val below = between(leftBelow + channel, rightBelow + channel, across)
            sums[to + channel] += (above + (below - above) * down + ROUNDING).toInt()
        }
    }

    private fun between(left: Int, right: Int, way: Double): Double {
        val first = part.value(left)
        return first + (part.value(right) - first) * way
    }

    /** What the face reads of a side of the photo, with what interpolation needs around it. */
    private fun List<Double>.around(size: Int): IntRange {
        val first = (floor(min()).toInt() - 1).coerceIn(0, size - 1)
        return first..(ceil(max()).toInt() + 1).coerceIn(first, size - 1)
    }
}

/**
 * A turn, a [scale] and a shift: the place x, y of a photo comes to
 * `across * x - down * y + shiftX`, `down * x + across * y + shiftY` of a face.
 */
internal class Similarity private constructor(
    private val across: Double,
    private val down: Double,
    private val shiftX: Double,
    private val shiftY: Double
) {
    val scale = hypot(across, down)

    /** The column of a photo from which a place of the face comes. */
    fun sourceX(x: Double, y: Double) =
        (across * (x - shiftX) + down * (y - shiftY)) / (scale * scale)

    /** The row of a photo from which a place of the face comes. */
    fun sourceY(x: Double, y: Double) =
        (across * (y - shiftY) - down * (x - shiftX)) / (scale * scale)

    companion object {
        /**
         * The one that brings points to their targets by least squares, which is never a mirror image
         * (Umeyama, 1991); throws IllegalArgumentException where all points are the same.
         */
        fun fit(points: DoubleArray, targets: DoubleArray): Similarity {
            val (x, y) = middle(points)
            val (targetX, targetY) = middle(targets)
            var along = 0.0
            var around = 0.0
            var spread = 0.0
            for (index in points.indices step 2) {
                val (pointX, pointY) = points[index] - x to points[index + 1] - y
                val (toX, toY) = targets[index] - targetX to targets[index + 1] - targetY
                along += pointX * toX + pointY * toY
                around += pointX * toY - pointY * toX
                spread += pointX * pointX + pointY * pointY
            }
            require(spread > 0) {
                "points: expected different ones, received ${points.toList()}"
            }
            val (across, down) = along / spread to around / spread
            return Similarity(
                across,
                down,
                targetX - across * x + down * y,
                targetY - down * x - across * y
            )
        }

        private fun middle(points: DoubleArray): Pair<Double, Double> {
            val (across, down) = points.indices.partition { it % 2 == 0 }
            return across.sumOf { points[it] } / across.size to
                down.sumOf { points[it] } / down.size
        }
    }
}
