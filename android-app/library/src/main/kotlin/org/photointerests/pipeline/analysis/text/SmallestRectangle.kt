package org.photointerests.pipeline.analysis.text

import kotlin.math.abs
import kotlin.math.hypot

// How much larger than the found middle of a line the line is: DBNet's unclip ratio.
private const val ENLARGEMENT = 1.6

// Pixels of the map below which a middle is noise.
private const val MINIMUM_SIDE = 3.0

// A rectangle taller than this many widths is a line that runs upwards.
private const val VERTICAL = 1.5

/** A corner or a direction in the precision in which rectangles are compared. */
internal data class Place(val x: Double, val y: Double) {
    operator fun times(factor: Double) = Place(x * factor, y * factor)

    operator fun plus(other: Place) = Place(x + other.x, y + other.y)

    operator fun unaryMinus() = Place(-x, -y)

    fun dot(other: Place) = x * other.x + y * other.y

    fun toVector() = Vector(x.toFloat(), y.toFloat())
}

/** Convex hull of all corners of runs (Andrew's monotone chain). */
internal fun hull(runs: List<Run>): List<Place> {
    val points = runs.flatMap { run ->
        listOf(run.start, run.end).flatMap { x -> listOf(x to run.row, x to run.row + 1) }
    }.distinct().sortedWith(compareBy({ it.first }, { it.second }))
    return (half(points) + half(points.asReversed()))
        .map { (x, y) -> Place(x.toDouble(), y.toDouble()) }
}

private fun half(points: List<Pair<Int, Int>>): List<Pair<Int, Int>> {
    val kept = ArrayList<Pair<Int, Int>>()
    for ((x, y) in points) {
        while (kept.size > 1) {
            val (x1, y1) = kept[kept.size - 2]
            val (x2, y2) = kept.last()
            if ((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) > 0) break
            kept.removeAt(kept.lastIndex)
        }
        kept += x to y
    }
    return kept.dropLast(1)
}

/** The rectangle of a hull along one of its edges. */
private class Rectangle(hull: List<Place>, val direction: Place) {
    val normal = Place(-direction.y, direction.x)
    private val along = hull.map { it.dot(direction) }
    private val across = hull.map { it.dot(normal) }
    val length = along.max() - along.min()
    val height = across.max() - across.min()
    val middle = direction * ((along.min() + along.max()) / 2) +
        normal * ((across.min() + across.max()) / 2)
}

/** The smallest rectangle of a hull, enlarged to the whole line; null for noise. */
internal fun smallestRectangle(hull: List<Place>): FoundLine? {
    val best = hull.indices.map { index ->
        val (from, to) = hull[index] to hull[(index + 1) % hull.size]
        val edge = to + -from
        Rectangle(hull, edge * (1 / hypot(edge.x, edge.y)))
    }.minBy { it.length * it.height }
    if (minOf(best.length, best.height) < MINIMUM_SIDE) return null
    // So that it runs to the right.
    val turned = abs(best.direction.x) < abs(best.direction.y)
    var direction = if (turned) best.normal else best.direction
    val normal = if (turned) best.direction else best.normal
    var length = if (turned) best.height else best.length
    var height = if (turned) best.length else best.height
    if (height > VERTICAL * length) {
        length = height.also { height = length }
        direction = if (normal.y < 0) normal else -normal
    } else if (direction.x < 0) {
        direction = -direction
    }
    val down = Place(-direction.y, direction.x)
    val more = length * height * ENLARGEMENT / (2 * (length + height))
    return FoundLine(
        best.middle.toVector(),
        (direction * (length / 2 + more)).toVector(),
        (down * (height / 2 + more)).toVector()
    )
}
