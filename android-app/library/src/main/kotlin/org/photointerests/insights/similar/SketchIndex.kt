package org.photointerests.insights.similar

import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope

private const val THREADS = 4

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
     * [bits] bits, see [NearSketches]. Four threads of the caller's dispatcher share the work.
     */
    suspend fun groups(bits: Int): List<LongArray> = coroutineScope {
        val near = NearSketches(sketches, words, bits)
        val sets = DisjointSets(size)
        (0 until words).chunked((words + THREADS - 1) / THREADS)
            .map { part -> async { near.sets(part) } }.awaitAll().forEach(sets::join)
        sets.groups().map { rows -> LongArray(rows.size) { items[rows[it]] } }
    }
}
