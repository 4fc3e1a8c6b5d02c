package org.photointerests.ui.interest

import androidx.compose.foundation.layout.size
import java.time.YearMonth
import org.junit.Assert.assertEquals
import org.junit.Test
import org.photointerests.insights.interests.MonthlyPhotos

private val MAY = YearMonth.of(2026, 5)

/** The bars of the months of an interest. */
class SparklineTest {
    @Test
    fun bars_monthsWithoutPhotos_areEmptyOnes() {
        val bars = bars(listOf(MonthlyPhotos(MAY.minusMonths(3), 2), MonthlyPhotos(MAY, 7)))
        assertEquals(listOf(2, 0, 0, 7), bars.map { it.photos })
        assertEquals(MAY.minusMonths(3), bars.first().month)
    }

    @Test
    fun bars_manyYears_areTheLastThree() {
        val bars = bars(listOf(MonthlyPhotos(MAY.minusYears(9), 50), MonthlyPhotos(MAY, 1)))
        assertEquals(36, bars.size)
        assertEquals(MAY, bars.last().month)
        assertEquals(1, bars.sumOf { it.photos })
    }
}
