package org.photointerests.ui.month

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.grid.GridItemSpan
import androidx.compose.foundation.lazy.grid.LazyVerticalGrid
import androidx.compose.foundation.lazy.grid.items
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import java.time.YearMonth
import org.photointerests.R
import org.photointerests.ui.designsystem.EmptyState
import org.photointerests.ui.designsystem.Page
import org.photointerests.ui.designsystem.SkeletonGrid
import org.photointerests.ui.designsystem.name
import org.photointerests.ui.designsystem.photoCount
import org.photointerests.ui.designsystem.tileColumns
import org.photointerests.ui.interests.InterestTile
import org.photointerests.ui.timeline.TrendLines

/** The interests of one month, as a grid of photos; [onBack] is null beside the timeline. */
@Composable
fun MonthScreen(
    month: YearMonth,
    state: MonthContent?,
    onBack: (() -> Unit)?,
    onOpenInterest: (categoryId: String) -> Unit
) = Page(month.name(), onBack) { padding ->
    when {
        state == null -> SkeletonGrid(tileColumns(), padding)
        state.profile.interests.isEmpty() -> EmptyState(
            R.drawable.ic_timeline,
            stringResource(R.string.timeline_nothing),
            stringResource(R.string.month_nothing_text),
            Modifier.padding(padding)
        )
        else -> LazyVerticalGrid(
            tileColumns(),
            Modifier.fillMaxSize().padding(padding),
            contentPadding = PaddingValues(start = 16.dp, end = 16.dp, bottom = 24.dp),
            verticalArrangement = Arrangement.spacedBy(8.dp),
            horizontalArrangement = Arrangement.spacedBy(8.dp)
        ) {
            item("photos", { GridItemSpan(maxLineSpan) }) { MonthHeader(state) }
            items(state.profile.interests, key = { it.category.id }) { interest ->
                InterestTile(interest, ofOneMonth = true) { onOpenInterest(interest.category.id) }
            }
        }
    }
}

@Composable
private fun MonthHeader(state: MonthContent) = Column(
    Modifier.padding(top = 4.dp, bottom = 8.dp),
    Arrangement.spacedBy(8.dp)
) {
    val photos = state.profile.photos
    Text(
        photoCount(photos),
        style = MaterialTheme.typography.titleLarge
    )
    TrendLines(state.trends)
}
