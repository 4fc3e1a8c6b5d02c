package org.photointerests.insights.similar

import kotlin.random.Random
import kotlinx.coroutines.test.runTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

private const val WORDS = 16
private const val BITS = 61
private const val CHANGED_BITS = 0.03

/** Groups of near sketches, beside those that all pairs give. */
class SketchIndexTest {
    private val random = Random(5)

    @Test
    fun groups_areThoseOfAllPairsCompared() = runTest {
        val sketches = MutableList(400) { LongArray(WORDS) { random.nextLong() } }
        // Chains too: the last of three is near the second, and not always near the first.
        repeat(60) {
            val near = sketches[it].changed()
            sketches += listOf(near, near.changed())
        }
        sketches.shuffle(random)
        val expected = connected(sketches)
        assertEquals(60, expected.size)
        assertEquals(expected, groups(sketches))
    }

    @Test
    fun groups_ofEqualSketches_areOne_andOthersAreApart() = runTest {
        val one = LongArray(WORDS) { random.nextLong() }
        val other = LongArray(WORDS) { one[it].inv() }
        val groups = groups(List(3000) { if (it % 3 == 0) other else one })
        assertEquals(listOf(1000, 2000), groups.map { it.size }.sorted())
    }

    @Test
    fun groups_distanceOfTheLimit_isNear_andOneBitMoreIsNot() = runTest {
        val one = LongArray(WORDS)
        val near = LongArray(WORDS).also { it[15] = (1L shl BITS) - 1 }
        val far = LongArray(WORDS).also { it[15] = (1L shl BITS + 1) - 1 }
        assertEquals(setOf(setOf(1L, 2L)), groups(listOf(one, near)))
        assertTrue(groups(listOf(one, far)).isEmpty())
        assertTrue(groups(emptyList()).isEmpty())
    }

    private suspend fun groups(sketches: List<LongArray>): Set<Set<Long>> {
        val all = LongArray(sketches.size * WORDS) { sketches[it / WORDS][it % WORDS] }
        val items = LongArray(sketches.size) { it + 1L }
        val groups = SketchIndex(items, all, WORDS).groups(BITS)
        assertEquals(groups.map { it.sorted() }, groups.map { it.toList() })
        return groups.map { it.toSet() }.toSet()
    }

    private fun connected(sketches: List<LongArray>): Set<Set<Long>> {
        val sets = DisjointSets(sketches.size)
        for (row in sketches.indices) {
            for (other in 0 until row) {
                if (distance(sketches[row], sketches[other]) <= BITS) sets.join(row, other)
            }
        }
        return sets.groups().map { rows -> rows.map { it + 1L }.toSet() }.toSet()
    }

    private fun distance(one: LongArray, other: LongArray) =
        one.indices.sumOf { (one[it] xor other[it]).countOneBits() }

    private fun LongArray.changed() = LongArray(size) { word ->
        (0 until Long.SIZE_BITS).fold(this[word]) { bits, bit ->
            if (random.nextDouble() < CHANGED_BITS) bits xor (1L shl bit) else bits
        }
    }
}
