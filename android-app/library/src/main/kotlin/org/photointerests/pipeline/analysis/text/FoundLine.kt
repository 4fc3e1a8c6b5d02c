package org.photointerests.pipeline.analysis.text

import kotlin.math.hypot
import kotlin.math.max
import kotlin.math.round

/** A point or a way on a picture, in columns and rows. */
internal data class Vector(val x: Float, val y: Float) {
    operator fun plus(other: Vector) = Vector(x + other.x, y + other.y)

    operator fun minus(other: Vector) = Vector(x - other.x, y - other.y)
}

/**
 * A rectangle around a line of text, in pixels of the map or of a photo.
 *
 * [along] is half of the rectangle along the line, [across] half of it across the line, downwards for
 * the reader.
 */
internal data class FoundLine(val middle: Vector, val along: Vector, val across: Vector) {
    /** Whole pixels along the line, and across it. */
    val width get() = sizeOf(along)
    val height get() = sizeOf(across)

    /** Top left, top right, bottom right, bottom left. */
    val corners: List<Vector>
        get() = listOf(
            middle - along - across,
            middle + along - across,
            middle + along + across,
            middle - along + across
        )

    /** The same on a picture that is larger by these factors. */
    fun scaled(x: Float, y: Float): FoundLine {
        val (middle, along, across) = listOf(middle, along, across).map {
            Vector(it.x * x, it.y * y)
        }
        return FoundLine(middle, along, across)
    }

    private fun sizeOf(half: Vector) = max(1, round(2 * hypot(half.x, half.y).toDouble()).toInt())
}
