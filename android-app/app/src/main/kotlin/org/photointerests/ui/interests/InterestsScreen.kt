package org.photointerests.ui.interests

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.foundation.lazy.grid.GridItemSpan
import androidx.compose.foundation.lazy.grid.LazyGridItemSpanScope
import androidx.compose.foundation.lazy.grid.LazyVerticalGrid
import androidx.compose.material3.Button
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.ui.access.WelcomeScreen
import org.photointerests.ui.designsystem.BarButton
import org.photointerests.ui.designsystem.EmptyState
import org.photointerests.ui.designsystem.SkeletonBox
import org.photointerests.ui.designsystem.TopLevelPage
import org.photointerests.ui.designsystem.tileColumns

private const val SKELETONS = 8

/** What the user can do on the screen of interests. */
data class InterestsActions(
    val choosePhotos: () -> Unit = {},
    val openSystemSettings: () -> Unit = {},
    val startScan: () -> Unit = {},
    val openScan: () -> Unit = {},
    val openSettings: () -> Unit = {},
    val openShareCard: () -> Unit = {},
    val search: () -> Unit = {},
    val openInterest: (categoryId: String, ofThisMonth: Boolean) -> Unit = { _, _ -> }
)

/**
 * What reads its own state, so that the grid is not composed again with it: [setUp] asks what to
 * scan, and when; [suggestions] are products, null where there are none; [scanLine] says in one line how the
 * scan stands, given how many photos are known where they are all of the gallery, else null.
 */
class InterestsSlots(
    val setUp: @Composable () -> Unit = {},
    val suggestions: (@Composable () -> Unit)? = null,
    val scanLine: @Composable (photos: Int?) -> Unit = {}
)

/** The interests found in the photos, as a grid of photos; the page of [chosen] is beside it. */
@Composable
fun InterestsScreen(
    state: InterestsState,
    actions: InterestsActions,
    accessAsked: Boolean = false,
    isScanning: Boolean = false,
    chosen: String? = null,
    slots: InterestsSlots = InterestsSlots()
) {
    if (state == InterestsState.SetUp) {
        slots.setUp()
        return
    }
    if (state == InterestsState.NoAccess) {
        WelcomeScreen(
            accessAsked,
            actions.choosePhotos,
            actions.openSystemSettings,
            Modifier.safeDrawingPadding()
        )
        return
    }
    TopLevelPage(
        stringResource(R.string.nav_interests),
        actions.openSettings,
        { if (state.canBeShared) CardButton(actions.openShareCard) }
    ) { padding ->
        when (state) {
            is InterestsState.Shown -> InterestsGrid(state, actions, padding, slots, chosen)
            InterestsState.Unread if !isScanning -> Unread(actions, Modifier.padding(padding))
            InterestsState.Unread -> Skeleton(padding) { slots.scanLine(null) }
            else -> Skeleton(padding)
        }
    }
}

private val InterestsState.canBeShared
    get() = this is InterestsState.Shown && interests.isNotEmpty()

@Composable
private fun CardButton(onOpen: () -> Unit) =
    BarButton(R.drawable.ic_share, R.string.card_title, onOpen)

@Composable
private fun Unread(actions: InterestsActions, modifier: Modifier) = EmptyState(
    R.drawable.ic_interests,
    stringResource(R.string.interests_not_scanned_title),
    stringResource(R.string.interests_not_scanned_text),
    modifier
) {
    Button(actions.startScan) { Text(stringResource(R.string.scan_start)) }
}

/** Where tiles will be, below how the scan stands where it is known. */
@Composable
private fun Skeleton(padding: PaddingValues, scanLine: (@Composable () -> Unit)? = null) {
    val whole: LazyGridItemSpanScope.() -> GridItemSpan = { GridItemSpan(maxLineSpan) }
    LazyVerticalGrid(
        tileColumns(),
        Modifier.fillMaxSize().padding(padding),
        contentPadding = PaddingValues(start = 16.dp, end = 16.dp),
        verticalArrangement = Arrangement.spacedBy(8.dp),
        horizontalArrangement = Arrangement.spacedBy(8.dp),
        userScrollEnabled = false
    ) {
        if (scanLine != null) {
            item(span = whole) { scanLine() }
            item(span = whole) {
                Text(
                    stringResource(R.string.interests_scanning_text),
                    Modifier.padding(bottom = 8.dp),
                    color = MaterialTheme.colorScheme.onSurfaceVariant
                )
            }
        }
        items(SKELETONS) {
            SkeletonBox(Modifier.aspectRatio(1f))
        }
    }
}
