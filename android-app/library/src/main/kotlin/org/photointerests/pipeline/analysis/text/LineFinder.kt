package org.photointerests.pipeline.analysis.text

/** Probability of each pixel of a map to be in the middle of a line; rows are [stride] apart. */
internal class TextMap(
    private val values: FloatArray,
    private val stride: Int,
    val width: Int,
    val height: Int
) {
    operator fun get(x: Int, y: Int) = values[y * stride + x]
}

/** Pixels of a row from [start] to the one before [end]. */
internal class Run(val row: Int, val start: Int, val end: Int)

/**
 * Finds lines of text, top to bottom (the way of DBNet, Liao and others, 2020), as Python does: from
 * the probability [pixel] on a pixel is of a line, and [line] is the least mean of one.
 */
internal fun findLines(map: TextMap, pixel: Float, line: Float): List<FoundLine> =
    connected(runs(map, pixel))
        .filter { meanOf(map, it) >= line }
        .mapNotNull { smallestRectangle(hull(it)) }
        .sortedWith(compareBy<FoundLine> { it.middle.y }.thenBy { it.middle.x })

private fun meanOf(map: TextMap, runs: List<Run>): Double {
    val sum = runs.sumOf { run -> (run.start until run.end).sumOf { map[it, run.row].toDouble() } }
    return sum / runs.sumOf { it.end - it.start }
}

private fun runs(map: TextMap, pixel: Float): List<Run> = buildList {
    for (row in 0 until map.height) {
        var x = 0
        while (x < map.width) {
            if (map[x, row] <= pixel) {
                x++
                continue
            }
            val start = x
            while (x < map.width && map[x, row] > pixel) x++
            add(Run(row, start, x))
        }
    }
}

/** Groups runs that touch, also at a corner. */
private fun connected(runs: List<Run>): Collection<List<Run>> {
    val parents = IntArray(runs.size) { it }
    fun root(run: Int): Int {
        var one = run
        while (parents[one] != one) {
            parents[one] = parents[parents[one]]
            one = parents[one]
        }
        return one
    }
    var above = 0 // the first run of the row above that may touch
    runs.forEachIndexed { index, run ->
        while (runs[above].row < run.row - 1 ||
            (runs[above].row == run.row - 1 && runs[above].end < run.start)
        ) {
            above++
        }
        var other = above
        while (other < index && runs[other].row == run.row - 1 && runs[other].start <= run.end) {
            parents[root(other)] = root(index)
            other++
        }
    }
    return runs.indices.groupBy(::root).toSortedMap().values.map { own -> own.map(runs::get) }
}
