package org.photointerests.insights.similar

// Photos with the same bits are compared with so many of them.
private const val NEIGHBOURS = 8

/**
 * Connects rows of [words] longs that differ in at most [bits] bits.
 *
 * Only rows that have 32 neighbouring bits alike are compared: of two rows that differ in a twentieth
 * of their bits, fewer than one pair in a thousand is missed.
 */
internal class NearSketches(
    private val sketches: LongArray,
    private val words: Int,
    private val bits: Int
) {
    private val size = sketches.size / words

    /** Sets of near rows among those that have a half of one of these words alike. */
    fun sets(wordsAlike: Iterable<Int>): DisjointSets {
        val sets = DisjointSets(size)
        val equal = EqualParts(size)
        val column = LongArray(size)
        for (word in wordsAlike) {
            for (row in 0 until size) column[row] = sketches[row * words + word]
            for (shift in intArrayOf(0, Int.SIZE_BITS)) {
                for (row in 0 until size) equal.parts[row] = (column[row] ushr shift).toInt()
                equal.forEachPair(NEIGHBOURS) { row, other ->
                    if (isNear(row, other)) sets.join(row, other)
                }
            }
        }
        return sets
    }

    private fun isNear(row: Int, other: Int): Boolean {
        val start = row * words
        val otherStart = other * words
        var distance = 0
        for (word in 0 until words) {
            val differing = sketches[start + word] xor sketches[otherStart + word]
            distance += java.lang.Long.bitCount(differing)
            // Most pairs are far apart, and known to be after a few words.
            if (distance > bits) return false
        }
        return true
    }
}
