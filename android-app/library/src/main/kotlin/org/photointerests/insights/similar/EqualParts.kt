package org.photointerests.insights.similar

// Fibonacci hashing: 2^32 divided by the golden ratio.
private const val HASH_MULTIPLIER = -1_640_531_527
private const val NONE = -1

/**
 * Finds rows whose [parts], 32 bits each, are equal: a hash table in primitive arrays, whose slots
 * are lists of rows. To be filled again for each part of a sketch.
 */
internal class EqualParts(private val size: Int) {
    val parts = IntArray(size)

    // Of the rows of a slot: the last one, and from each row the one before it.
    private val last = IntArray(Integer.highestOneBit(maxOf(size, 1)) * 2)
    private val before = IntArray(size)

    /** Calls [action] for each row with at most [most] of those before it that equal it. */
    inline fun forEachPair(most: Int, action: (row: Int, other: Int) -> Unit) {
        last.fill(NONE)
        val slotShift = Integer.numberOfLeadingZeros(last.size) + 1
        for (row in 0 until size) {
            val slot = (parts[row] * HASH_MULTIPLIER) ushr slotShift
            var compared = 0
            var other = last[slot]
            while (other != NONE && compared < most) {
                if (parts[other] == parts[row]) {
                    compared++
                    action(row, other)
                }
                other = before[other]
            }
            before[row] = last[slot]
            last[slot] = row
        }
    }
}
