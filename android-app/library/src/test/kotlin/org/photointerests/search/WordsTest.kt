package org.photointerests.search

import kotlin.random.Random
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test

private const val PAIRS = 20_000

class WordsTest {
    @Test
    fun folded_marksAndCapitals_areGone() {
        assertEquals("strasse", "Straße".folded())
        assertEquals("cafe creme", "Café Crème".folded())
        assertEquals("flusse", "FLÜSSE".folded())
        assertEquals("lodz", "Łódź".folded())
        assertEquals("isik istanbul", "IŞIK İstanbul".folded())
        assertEquals("kiyi", "kıyı".folded())
    }

    @Test
    fun words_separators_areNone() {
        assertEquals(listOf("lakes", "rivers", "and", "2024"), " Lakes, rivers & and…2024 ".words())
        assertEquals(emptyList<String>(), " *\"(-) ".words())
    }

    /** Against the textbook's table of distances. */
    @Test
    fun isWithinOneEdit_randomWords_isTheDistanceOfAtMostOne() {
        val random = Random(7)
        var near = 0
        repeat(PAIRS) {
            val (a, b) = List(2) { random.word() }
            val expected = distance(a, b) <= 1
            assertEquals("$a $b", expected, isWithinOneEdit(a, b))
            if (expected) near++
        }
        assertTrue("$near", near in PAIRS / 20..PAIRS / 2)
    }

    @Test
    fun beginsWithinOneEdit_wordThatIsBeingTyped_isFound() {
        assertTrue(beginsWithinOneEdit("moutn", "mountains"))
        assertTrue(beginsWithinOneEdit("monta", "mountains"))
        assertFalse(beginsWithinOneEdit("mntai", "mountains"))
    }

    private fun Random.word() = List(nextInt(1, 6)) { "ab"[nextInt(2)] }.joinToString("")

    /** Damerau-Levenshtein distance in which no part is edited twice. */
    private fun distance(a: String, b: String): Int {
        val table = Array(a.length + 1) { row ->
            IntArray(b.length + 1) { column ->
                if (row ==
                    0
                ) {
                    column
                } else if (column == 0) {
                    row
                } else {
                    0
                }
            }
        }
        for (row in 1..a.length) {
            for (column in 1..b.length) {
                val same = a[row - 1] == b[column - 1]
                table[row][column] = minOf(
                    table[row - 1][column] + 1,
                    table[row][column - 1] + 1,
                    table[row - 1][column - 1] + if (same) 0 else 1
                )
                if (row > 1 && column > 1 && a[row - 1] == b[column - 2] &&
                    a[row - 2] == b[column - 1]
                ) {
                    table[row][column] = minOf(table[row][column], table[row - 2][column - 2] + 1)
                }
            }
        }
        return table[a.length][b.length]
    }
}
