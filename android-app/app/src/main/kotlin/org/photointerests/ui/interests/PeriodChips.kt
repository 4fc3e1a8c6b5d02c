package org.photointerests.ui.interests

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.lazy.LazyRow
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.material3.FilterChip
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import java.time.YearMonth
import org.photointerests.R
import org.photointerests.insights.interests.Period
import org.photointerests.ui.designsystem.name

/** Chooses which photos the interests are read from. */
@Composable
fun PeriodChips(chosen: Period, months: List<YearMonth>, onChoose: (Period) -> Unit) {
    val periods = listOf(Period.All, Period.LastYear) + months.map { Period.Month(it) }
    val place = rememberLazyListState()
    LaunchedEffect(chosen) {
        // The month may have been chosen elsewhere, and be out of sight.
        place.scrollToItem((periods.indexOf(chosen) - 1).coerceAtLeast(0))
    }
    LazyRow(state = place, horizontalArrangement = Arrangement.spacedBy(8.dp)) {
        items(periods, key = { "$it" }) { period ->
            FilterChip(
                selected = period == chosen,
                onClick = { onChoose(period) },
                label = { Text(period.name()) }
            )
        }
    }
}

@Composable
private fun Period.name(): String = when (this) {
    Period.All -> stringResource(R.string.period_all)
    Period.LastYear -> stringResource(R.string.period_year)
    is Period.Month -> month.name()
}
