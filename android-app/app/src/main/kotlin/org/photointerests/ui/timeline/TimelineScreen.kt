package org.photointerests.ui.timeline

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.grid.GridCells
import androidx.compose.foundation.lazy.grid.GridItemSpan
import androidx.compose.foundation.lazy.grid.LazyVerticalGrid
import androidx.compose.foundation.lazy.grid.items
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import java.time.YearMonth
import org.photointerests.R
import org.photointerests.insights.interests.MonthProfile
import org.photointerests.insights.trips.Trip
import org.photointerests.ui.designsystem.EmptyState
import org.photointerests.ui.designsystem.SectionTitle
import org.photointerests.ui.designsystem.SkeletonGrid
import org.photointerests.ui.designsystem.TopLevelPage

private val MIN_WIDTH = 320.dp
private const val CARD_RATIO = 1.4f

/**
 * The months by year, each with some of its photos, the [trips] that began and what changed in it;
 * the page of [chosen] is beside them.
 */
@Composable
fun TimelineScreen(
    months: List<MonthProfile>?,
    trips: List<Trip>,
    onOpenSettings: () -> Unit,
    chosen: YearMonth? = null,
    onOpenMonth: (YearMonth) -> Unit
) {
    TopLevelPage(stringResource(R.string.nav_timeline), onOpenSettings) { padding ->
        when {
            months == null -> SkeletonGrid(
                GridCells.Adaptive(MIN_WIDTH),
                padding,
                16.dp,
                CARD_RATIO
            )
            months.isEmpty() -> EmptyState(
                R.drawable.ic_timeline,
                stringResource(R.string.interests_not_scanned_title),
                stringResource(R.string.timeline_empty),
                Modifier.padding(padding)
            )
            else -> Months(months, trips, chosen, padding, onOpenMonth)
        }
    }
}

@Composable
private fun Months(
    months: List<MonthProfile>,
    trips: List<Trip>,
    chosen: YearMonth?,
    padding: PaddingValues,
    onOpenMonth: (YearMonth) -> Unit
) {
    val years = remember(months) { months.groupBy { it.month.year } }
    val tripsByMonth = remember(trips) { trips.groupBy { YearMonth.from(it.first) } }
    LazyVerticalGrid(
        GridCells.Adaptive(MIN_WIDTH),
        Modifier.fillMaxSize().padding(padding),
        contentPadding = PaddingValues(start = 16.dp, end = 16.dp, bottom = 24.dp),
        verticalArrangement = Arrangement.spacedBy(16.dp),
        horizontalArrangement = Arrangement.spacedBy(16.dp)
    ) {
        for ((year, ofYear) in years) {
            item("year $year", { GridItemSpan(maxLineSpan) }, "year") { SectionTitle("$year") }
            items(ofYear, key = { "${it.month}" }, contentType = { "month" }) { month ->
                MonthCard(
                    month,
                    tripsByMonth[month.month].orEmpty(),
                    month.month == chosen
                ) { onOpenMonth(month.month) }
            }
        }
    }
}
