package org.photointerests.ui.timeline

import android.icu.text.DateIntervalFormat
import android.icu.util.DateInterval
import android.icu.util.TimeZone
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import java.util.Locale
import org.photointerests.R
import org.photointerests.insights.trips.Trip
import org.photointerests.ui.designsystem.currentLocale

private const val DAY_MS = 86_400_000L

/** Where a trip went, and on which days. */
@Composable
internal fun TripLine(trip: Trip) = Row(
    horizontalArrangement = Arrangement.spacedBy(8.dp),
    verticalAlignment = Alignment.CenterVertically
) {
    val locale = currentLocale()
    val color = MaterialTheme.colorScheme.onSurfaceVariant
    Icon(painterResource(R.drawable.ic_place), null, Modifier.size(18.dp), color)
    Text(
        stringResource(
            R.string.timeline_trip,
            trip.place.title(locale.language),
            trip.days(locale)
        ),
        color = color
    )
}

/** "9 – 12 Aug", in the order and with the signs of a language. */
private fun Trip.days(locale: Locale): String = DateIntervalFormat.getInstance("MMMd", locale).run {
    timeZone = TimeZone.GMT_ZONE
    format(DateInterval(first.toEpochDay() * DAY_MS, last.toEpochDay() * DAY_MS))
}
