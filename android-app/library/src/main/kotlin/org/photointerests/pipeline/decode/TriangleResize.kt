package org.photointerests.pipeline.decode

/** Channels of a pixel. */
internal const val RGB = 3

/** An image that is read once, row by row from the top, as `RGB` values of 0..255. */
internal interface PixelRows {
    val width: Int
    val height: Int

    /** Fills [row] with the next [width] pixels. */
    fun read(row: IntArray)
}

/**
 * Resizes an image while it is read, so that no second copy of it is needed.
 *
 * Each axis is rounded to bytes by itself, as Pillow does. [transposed] says that rows will become
 * columns: then the columns are done first, since Pillow sees the image upright.
 *
 * Returns RGB values, [targetHeight] x [targetWidth].
 */
internal fun PixelRows.resize(targetWidth: Int, targetHeight: Int, transposed: Boolean): IntArray {
    val across = TriangleFilter(width, targetWidth)
    val down = RowSums(
        TriangleFilter(height, targetHeight),
        if (transposed) width * RGB else targetWidth * RGB
    )
    val row = IntArray(width * RGB)
    val narrow = IntArray(targetWidth * RGB)
    for (y in 0 until height) {
        read(row)
        if (!transposed) across.apply(row, narrow, 0)
        down.add(y, if (transposed) row else narrow)
    }
    val target = IntArray(targetHeight * targetWidth * RGB)
    down.finish().forEachIndexed { index, sums ->
        val offset = index * targetWidth * RGB
        if (transposed) across.apply(sums, target, offset) else sums.copyInto(target, offset)
    }
    return target
}

private fun TriangleFilter.apply(row: IntArray, target: IntArray, offset: Int) {
    var to = offset
    for (index in starts.indices) {
        var red = TriangleFilter.HALF
        var green = TriangleFilter.HALF
        var blue = TriangleFilter.HALF
        var from = starts[index] * RGB
        for (weight in weights[index]) {
            red += weight * row[from++]
            green += weight * row[from++]
            blue += weight * row[from++]
        }
        target[to++] = TriangleFilter.toByte(red)
        target[to++] = TriangleFilter.toByte(green)
        target[to++] = TriangleFilter.toByte(blue)
    }
}

/** Adds up source rows into target rows as they come. */
private class RowSums(private val filter: TriangleFilter, rowSize: Int) {
    private val sums = Array(filter.starts.size) { IntArray(rowSize) { TriangleFilter.HALF } }
    private var first = 0

    fun add(y: Int, row: IntArray) {
        while (first < sums.size && y >= filter.starts[first] + filter.weights[first].size) first++
        var index = first
        while (index < sums.size && filter.starts[index] <= y) {
            val weight = filter.weights[index].getOrElse(y - filter.starts[index]) { 0 }
            val sum = sums[index]
            for (position in row.indices) sum[position] += weight * row[position]
            index++
        }
    }

    fun finish(): Array<IntArray> {
        for (sum in sums) for (i in sum.indices) sum[i] = TriangleFilter.toByte(sum[i])
        return sums
    }
}
