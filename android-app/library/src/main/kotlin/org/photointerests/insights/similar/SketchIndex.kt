package org.photointerests.insights.similar

// Photos with the same bits are compared with so many of them.
private const val NEIGHBOURS = 8

/**
 * The sketches of photos in memory: [words] longs for each of [items], which are in ascending order.
 *
 * 100,000 photos of 1,024 features take 13 MB.
 */
internal class SketchIndex(
    private val items: LongArray,
    private val sketches: LongArray,
    private val words: Int
) {
    val size get() = items.size

    /** The [most] photos whose sketches differ in the fewest bits, and all that differ in as few. */
    fun nearest(sketch: LongArray, most: Int): LongArray {
        val distances = IntArray(size)
        val histogram = IntArray(words * Long.SIZE_BITS + 1)
        for (row in items.indices) {
            var distance = 0
            val start = row * words
            for (word in 0 until words) {
                distance += java.lang.Long.bitCount(sketches[start + word] xor sketch[word])
            }
            distances[row] = distance
            histogram[distance]++
        }
        var within = 0
        val widest = histogram.indices.firstOrNull { distance ->
            within += histogram[distance]
            within >= most
        } ?: histogram.lastIndex
        return items.indices.filter { distances[it] <= widest }.map { items[it] }.toLongArray()
    }

    /**
     * Groups of at least two photos that are connected by sketches which differ in at most
     * [bits] bits.
     *
     * Only photos that have 32 neighbouring bits alike are compared: of two that differ in a
     * twentieth of their bits, fewer than one pair in a thousand is missed.
     */
    fun groups(bits: Int): List<LongArray> {
        val parents = IntArray(size) { it }
        for (half in 0 until words * 2) joinEqual(half, bits, parents)
        return items.indices.groupBy { root(parents, it) }.values.filter { it.size > 1 }
            .map { rows -> LongArray(rows.size) { items[rows[it]] } }
    }

    private fun joinEqual(half: Int, bits: Int, parents: IntArray) {
        val keys = LongArray(size) { row ->
            val part = sketches[row * words + half / 2] ushr (half % 2 * Int.SIZE_BITS)
            (part shl Int.SIZE_BITS) or row.toLong()
        }
        keys.sort()
        for (place in keys.indices) {
            val row = keys[place].toInt()
            for (next in place + 1..minOf(place + NEIGHBOURS, keys.lastIndex)) {
                if (keys[next] shr Int.SIZE_BITS != keys[place] shr Int.SIZE_BITS) break
                val other = keys[next].toInt()
                if (distance(row, other) <= bits) {
                    parents[root(parents, other)] = root(parents, row)
                }
            }
        }
    }

    private fun distance(row: Int, other: Int): Int {
        var distance = 0
        for (word in 0 until words) {
            val differing = sketches[row * words + word] xor sketches[other * words + word]
            distance += java.lang.Long.bitCount(differing)
        }
        return distance
    }

    private fun root(parents: IntArray, row: Int): Int {
        var root = row
        while (parents[root] != root) {
            parents[root] = parents[parents[root]]
            root = parents[root]
        }
        return root
    }
}
