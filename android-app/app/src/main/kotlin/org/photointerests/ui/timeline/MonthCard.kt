package org.photointerests.ui.timeline

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Card
import androidx.compose.material3.CardDefaults
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.insights.interests.MonthInterest
import org.photointerests.insights.interests.MonthProfile
import org.photointerests.insights.trips.Trip
import org.photointerests.ui.designsystem.PhotoImage
import org.photointerests.ui.designsystem.chosen
import org.photointerests.ui.designsystem.currentLocale
import org.photointerests.ui.designsystem.inLanguage
import org.photointerests.ui.designsystem.joined
import org.photointerests.ui.designsystem.name
import org.photointerests.ui.designsystem.photoCount

private const val INTERESTS = 3
private const val IN_COLUMN = 2
private const val FIRST_WEIGHT = 2f
private val HEIGHT = 168.dp

/** A month: some of its photos, its strongest interests, its [trips], and what rises and falls in it. */
@Composable
internal fun MonthCard(
    month: MonthProfile,
    trips: List<Trip>,
    isChosen: Boolean,
    onClick: () -> Unit
) = Card(
    onClick,
    Modifier.fillMaxWidth().chosen(isChosen, MaterialTheme.shapes.large),
    shape = MaterialTheme.shapes.large,
    colors = CardDefaults.cardColors(
        containerColor = MaterialTheme.colorScheme.surfaceContainerLow
    )
) {
    if (month.covers.isNotEmpty()) Covers(month.covers)
    Column(Modifier.padding(16.dp), Arrangement.spacedBy(6.dp)) {
        Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(12.dp)) {
            Text(
                month.month.name(),
                Modifier.weight(1f).alignByBaseline().semantics { heading() },
                style = MaterialTheme.typography.titleMedium
            )
            Text(
                photoCount(month.photos),
                Modifier.alignByBaseline(),
                style = MaterialTheme.typography.bodyMedium,
                color = MaterialTheme.colorScheme.onSurfaceVariant
            )
        }
        Text(names(month.interests), color = MaterialTheme.colorScheme.onSurfaceVariant)
        for (trip in trips) TripLine(trip)
        TrendLines(month.trends)
    }
}

/** The strongest interests of a month by name. */
@Composable
private fun names(interests: List<MonthInterest>): String {
    if (interests.isEmpty()) return stringResource(R.string.timeline_nothing)
    val locale = currentLocale()
    val names = interests.take(INTERESTS).map { it.category.names.inLanguage(locale) }
    val more = interests.size - INTERESTS
    if (more <= 0) return joined(names, locale)
    return joined(names + pluralStringResource(R.plurals.timeline_more, more, more), locale)
}

/** The first photo large, the others in columns of two beside it. */
@Composable
private fun Covers(photos: List<PhotoKey>) = Row(
    Modifier.fillMaxWidth().height(HEIGHT),
    Arrangement.spacedBy(2.dp)
) {
    PhotoImage(photos.first(), null, Modifier.weight(FIRST_WEIGHT).fillMaxHeight())
    for (column in photos.drop(1).chunked(IN_COLUMN)) {
        Column(Modifier.weight(1f), Arrangement.spacedBy(2.dp)) {
            for (photo in column) PhotoImage(photo, null, Modifier.weight(1f).fillMaxWidth())
        }
    }
}
