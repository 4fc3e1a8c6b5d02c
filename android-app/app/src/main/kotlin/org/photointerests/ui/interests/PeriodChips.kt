package org.photointerests.ui.interests

import androidx.compose.foundation.horizontalScroll
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.rememberScrollState
import androidx.compose.material3.FilterChip
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import java.time.YearMonth
import org.photointerests.R
import org.photointerests.interests.Period
import org.photointerests.ui.name

/** Chooses which photos the interests are read from. */
@Composable
fun PeriodChips(chosen: Period, months: List<YearMonth>, onChoose: (Period) -> Unit) {
    val periods = listOf(Period.All, Period.LastYear) + months.map { Period.Month(it) }
    Row(
        Modifier.horizontalScroll(rememberScrollState()),
        horizontalArrangement = Arrangement.spacedBy(8.dp)
    ) {
        for (period in periods) {
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
