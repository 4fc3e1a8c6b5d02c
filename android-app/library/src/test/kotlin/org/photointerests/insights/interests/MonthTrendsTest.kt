package org.photointerests.insights.interests

import org.junit.Assert.assertEquals
import org.junit.Test

private const val MONTH = 24_311

/** What changes in a month against the year before it. */
class MonthTrendsTest {
    private val year = (1..12).map { CountedMonth(MONTH - it, 100, mapOf(0 to 20, 1 to 2)) }

    @Test
    fun trends_shareThatDoublesOrHalves_risesOrFalls() {
        val month = CountedMonth(MONTH, 50, mapOf(0 to 4, 1 to 3, 2 to 5))
        // Expected of 50 photos: 10, 1 and 0.
        assertEquals(listOf(2, 1) to listOf(0), trends(month, year))
    }

    @Test
    fun trends_asInTheYearBefore_areNone() {
        val month = CountedMonth(MONTH, 200, mapOf(0 to 41, 1 to 3))
        assertEquals(emptyList<Int>() to emptyList<Int>(), trends(month, year))
    }

    @Test
    fun trends_ofFewPhotosOrMonths_areNone() {
        val few = CountedMonth(MONTH, 10, mapOf(1 to 2))
        assertEquals(emptyList<Int>(), trends(few, year).first)
        val many = CountedMonth(MONTH, 100, mapOf(1 to 90))
        assertEquals(listOf(1), trends(many, year.take(3)).first)
        assertEquals(emptyList<Int>(), trends(many, year.take(2)).first)
    }

    /** Months that come later, or more than a year before, say nothing. */
    @Test
    fun trends_otherMonths_doNotCount() {
        val others = (1..6).flatMap {
            listOf(MONTH + it, MONTH - 12 - it).map { month ->
                CountedMonth(month, 100, mapOf(3 to 90))
            }
        }
        val month = CountedMonth(MONTH, 100, mapOf(0 to 20, 1 to 2))
        assertEquals(trends(month, year), trends(month, year + others))
    }
}
