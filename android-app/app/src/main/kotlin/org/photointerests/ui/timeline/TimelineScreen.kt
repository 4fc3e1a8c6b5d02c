package org.photointerests.ui.timeline

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.grid.GridCells
import androidx.compose.foundation.lazy.grid.LazyVerticalGrid
import androidx.compose.foundation.lazy.grid.items
import androidx.compose.material3.Card
import androidx.compose.material3.CardDefaults
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import java.text.NumberFormat
import java.time.YearMonth
import org.photointerests.R
import org.photointerests.insights.interests.MonthInterest
import org.photointerests.insights.interests.MonthProfile
import org.photointerests.ui.designsystem.EmptyState
import org.photointerests.ui.designsystem.Loading
import org.photointerests.ui.designsystem.TopLevelPage
import org.photointerests.ui.designsystem.currentLocale
import org.photointerests.ui.designsystem.name

private const val INTERESTS = 6

/** The interests of each month. */
@Composable
fun TimelineScreen(
    months: List<MonthProfile>?,
    onOpenSettings: () -> Unit,
    onOpenMonth: (YearMonth) -> Unit
) {
    TopLevelPage(stringResource(R.string.nav_timeline), onOpenSettings) { padding ->
        when {
            months == null -> Loading(Modifier.padding(padding))
            months.isEmpty() -> EmptyState(
                R.drawable.ic_timeline,
                stringResource(R.string.interests_not_scanned_title),
                stringResource(R.string.timeline_empty),
                Modifier.padding(padding)
            )
            else -> LazyVerticalGrid(
                GridCells.Adaptive(minSize = 320.dp),
                Modifier.fillMaxSize().padding(padding),
                contentPadding = PaddingValues(16.dp),
                verticalArrangement = Arrangement.spacedBy(12.dp),
                horizontalArrangement = Arrangement.spacedBy(12.dp)
            ) {
                items(months, key = { "${it.month}" }) { month ->
                    Month(month) { onOpenMonth(month.month) }
                }
            }
        }
    }
}

@Composable
private fun Month(month: MonthProfile, onClick: () -> Unit) {
    Card(
        onClick,
        Modifier.fillMaxWidth(),
        shape = MaterialTheme.shapes.large,
        colors = CardDefaults.cardColors(
            containerColor = MaterialTheme.colorScheme.surfaceContainerLow
        )
    ) {
        Column(Modifier.padding(16.dp), Arrangement.spacedBy(10.dp)) {
            Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(12.dp)) {
                Text(
                    month.month.name(),
                    Modifier.weight(1f).alignByBaseline().semantics { heading() },
                    style = MaterialTheme.typography.titleLarge
                )
                Text(
                    pluralStringResource(R.plurals.timeline_photos, month.photos, month.photos),
                    Modifier.alignByBaseline(),
                    color = MaterialTheme.colorScheme.onSurfaceVariant
                )
            }
            Tags(month.interests)
        }
    }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Tags(interests: List<MonthInterest>) {
    val more = interests.size - INTERESTS
    FlowRow(
        horizontalArrangement = Arrangement.spacedBy(8.dp),
        verticalArrangement = Arrangement.spacedBy(8.dp)
    ) {
        interests.take(INTERESTS).forEach { Tag(it) }
        if (interests.isEmpty()) SecondaryText(stringResource(R.string.timeline_nothing))
        if (more > 0) SecondaryText(pluralStringResource(R.plurals.timeline_more, more, more))
    }
}

@Composable
private fun SecondaryText(text: String) =
    Text(text, color = MaterialTheme.colorScheme.onSurfaceVariant)

@Composable
private fun Tag(interest: MonthInterest) {
    Surface(
        shape = MaterialTheme.shapes.small,
        color = MaterialTheme.colorScheme.tertiaryContainer
    ) {
        Row(
            Modifier.padding(horizontal = 10.dp, vertical = 6.dp),
            Arrangement.spacedBy(8.dp)
        ) {
            Text(
                interest.category.name(),
                Modifier.alignByBaseline(),
                style = MaterialTheme.typography.labelLarge
            )
            if (interest.photos > 0) PhotoCount(interest.photos)
        }
    }
}

/** How many photos show an interest: a number, which TalkBack says with its unit. */
@Composable
private fun RowScope.PhotoCount(photos: Int) {
    val spoken = pluralStringResource(R.plurals.timeline_photos, photos, photos)
    Text(
        NumberFormat.getIntegerInstance(currentLocale()).format(photos),
        Modifier.alignByBaseline().semantics { contentDescription = spoken },
        style = MaterialTheme.typography.labelMedium
    )
}
