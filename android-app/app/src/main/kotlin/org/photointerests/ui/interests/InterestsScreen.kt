package org.photointerests.ui.interests

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.grid.GridCells
import androidx.compose.foundation.lazy.grid.GridItemSpan
import androidx.compose.foundation.lazy.grid.LazyGridScope
import androidx.compose.foundation.lazy.grid.LazyVerticalGrid
import androidx.compose.foundation.lazy.grid.items
import androidx.compose.material3.Button
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.insights.interests.Period
import org.photointerests.pipeline.media.PhotoAccess
import org.photointerests.pipeline.scan.ScanState
import org.photointerests.ui.access.WelcomeScreen
import org.photointerests.ui.designsystem.EmptyState
import org.photointerests.ui.designsystem.Loading
import org.photointerests.ui.designsystem.name
import org.photointerests.ui.scan.isUnderWay

private const val HEADLINE_INTERESTS = 3
private val CARD = 300.dp
private val SPACING = 12.dp

/** What the user can do on the screen of interests. */
class InterestsActions(
    val choosePhotos: () -> Unit = {},
    val openSystemSettings: () -> Unit = {},
    val startScan: () -> Unit = {},
    val openScan: () -> Unit = {},
    val choosePeriod: (Period) -> Unit = {},
    val openInterest: (categoryId: String) -> Unit = {}
)

/** The interests found in the photos, grouped by area. */
@Composable
fun InterestsScreen(
    state: InterestsState,
    actions: InterestsActions,
    accessAsked: Boolean = false,
    padding: PaddingValues = PaddingValues()
) {
    val modifier = Modifier.padding(padding)
    when (state) {
        InterestsState.Loading -> Loading(modifier)
        InterestsState.NoAccess ->
            WelcomeScreen(accessAsked, actions.choosePhotos, actions.openSystemSettings, modifier)
        is InterestsState.Unread -> Unread(state.scan, actions, modifier)
        is InterestsState.Shown -> Interests(state, actions, padding)
    }
}

@Composable
private fun Unread(scan: ScanState, actions: InterestsActions, modifier: Modifier) {
    EmptyState(
        R.drawable.ic_scan,
        stringResource(R.string.interests_not_scanned_title),
        stringResource(R.string.interests_not_scanned_text),
        modifier
    ) {
        if (scan.isUnderWay) {
            ScanBanner(scan, actions.openScan)
        } else {
            Button(actions.startScan) { Text(stringResource(R.string.scan_start)) }
        }
    }
}

@Composable
private fun Interests(
    state: InterestsState.Shown,
    actions: InterestsActions,
    padding: PaddingValues
) = BoxWithConstraints(Modifier.padding(padding)) {
    // Side by side, titles between cards would leave most rows half empty: cards name their areas.
    val oneColumn = maxWidth < CARD * 2 + SPACING * 3
    LazyVerticalGrid(
        GridCells.Adaptive(minSize = CARD),
        Modifier.fillMaxSize(),
        contentPadding = PaddingValues(horizontal = 16.dp, vertical = SPACING),
        verticalArrangement = Arrangement.spacedBy(SPACING),
        horizontalArrangement = Arrangement.spacedBy(SPACING)
    ) {
        wide { Headline(state.top(HEADLINE_INTERESTS)) }
        wide { PhotosSeen(state, actions) }
        wide { PeriodChips(state.period, state.months, actions.choosePeriod) }
        if (state.scan.isUnderWay) {
            wide { ScanBanner(state.scan, actions.openScan) }
        }
        if (state.areas.isEmpty()) wide { NothingFound(state.kindsKnown, state.areasKnown) }
        for (group in state.areas) {
            if (oneColumn) wide { AreaTitle(group.area.name()) }
            items(group.interests, key = { it.category.id }) { interest ->
                InterestCard(interest, namesArea = !oneColumn, state.period is Period.Month) {
                    actions.openInterest(interest.category.id)
                }
            }
        }
    }
}

private fun LazyGridScope.wide(content: @Composable () -> Unit) {
    item(span = { GridItemSpan(maxLineSpan) }) { content() }
}

@Composable
private fun PhotosSeen(state: InterestsState.Shown, actions: InterestsActions) {
    val partial = state.access == PhotoAccess.PARTIAL
    val text = when (state.access) {
        PhotoAccess.FULL -> R.plurals.access_full
        PhotoAccess.PARTIAL -> R.plurals.access_partial
        PhotoAccess.DENIED -> R.plurals.access_taken
    }
    Row(verticalAlignment = Alignment.CenterVertically) {
        Text(
            pluralStringResource(text, state.photos, state.photos),
            Modifier.weight(1f),
            style = MaterialTheme.typography.bodyLarge,
            color = MaterialTheme.colorScheme.onSurfaceVariant
        )
        if (partial) {
            TextButton(actions.choosePhotos) { Text(stringResource(R.string.access_select)) }
        } else if (state.access == PhotoAccess.DENIED) {
            TextButton(actions.choosePhotos) { Text(stringResource(R.string.welcome_allow)) }
        }
    }
}

@Composable
private fun AreaTitle(name: String) {
    Text(
        name,
        Modifier.padding(top = 12.dp).semantics { heading() },
        style = MaterialTheme.typography.titleMedium,
        color = MaterialTheme.colorScheme.primary
    )
}
