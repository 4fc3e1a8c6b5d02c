package org.photointerests.people

// Numbers after which a pair that is too far apart already is given up.
private const val STEP = 32

/**
 * Clusters that are joined, [size] of them.
 *
 * [means] are the mean embeddings, [WIDTH] numbers after each other; [scatters] the mean squared
 * distance of the faces of each from its mean, and [counts] their numbers. [kept] says whether the user
 * decided on it: two such are never joined. With these the mean squared distance of all pairs of faces
 * of two units is exact.
 */
internal class FaceUnits(
    val means: FloatArray,
    val scatters: FloatArray,
    val counts: IntArray,
    val kept: BooleanArray
) {
    val size get() = counts.size

    /** The mean squared distance of two units, or some number above [limit] where it is larger. */
    fun squaredDistance(one: Int, other: Int, limit: Float): Float {
        var sum = scatters[one] + scatters[other]
        var left = one * WIDTH
        var right = other * WIDTH
        repeat(WIDTH / STEP) {
            if (sum > limit) return sum
            for (index in 0 until STEP) {
                val difference = means[left + index] - means[right + index]
                sum += difference * difference
            }
            left += STEP
            right += STEP
        }
        return sum
    }

    /** Puts a unit into another. */
    fun join(one: Int, other: Int) {
        val total = counts[one] + counts[other]
        val share = counts[one].toFloat() / total
        var apart = 0f
        for (index in 0 until WIDTH) {
            val from = means[one * WIDTH + index]
            val to = means[other * WIDTH + index]
            apart += (from - to) * (from - to)
            means[other * WIDTH + index] = share * from + (1 - share) * to
        }
        scatters[other] =
            share * scatters[one] + (1 - share) * scatters[other] + share * (1 - share) * apart
        counts[other] = total
        kept[other] = kept[other] || kept[one]
    }

    /** A copy of some of them. */
    fun take(rows: IntArray): FaceUnits {
        val taken = FloatArray(rows.size * WIDTH)
        rows.forEachIndexed { place, row ->
            means.copyInto(taken, place * WIDTH, row * WIDTH, (row + 1) * WIDTH)
        }
        return FaceUnits(
            taken,
            FloatArray(rows.size) { scatters[rows[it]] },
            IntArray(rows.size) { counts[rows[it]] },
            BooleanArray(rows.size) { kept[rows[it]] }
        )
    }
}
