package org.photointerests.ui.interests

import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.material3.Button
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import org.photointerests.R
import org.photointerests.ui.access.WelcomeScreen
import org.photointerests.ui.designsystem.EmptyState
import org.photointerests.ui.designsystem.Loading
import org.photointerests.ui.designsystem.TopLevelPage

/** What the user can do on the screen of interests; [search] is null where there is no search. */
data class InterestsActions(
    val choosePhotos: () -> Unit = {},
    val openSystemSettings: () -> Unit = {},
    val startScan: () -> Unit = {},
    val openScan: () -> Unit = {},
    val openSettings: () -> Unit = {},
    val search: (() -> Unit)? = null,
    val openInterest: (categoryId: String, ofThisMonth: Boolean) -> Unit = { _, _ -> }
)

/**
 * The interests found in the photos, as a grid of photos.
 *
 * [scanLine] says in one line how the scan stands, given how many photos are known where they are
 * all of the gallery, else null. It reads the scan by itself: the grid is not composed with it.
 */
@Composable
fun InterestsScreen(
    state: InterestsState,
    actions: InterestsActions,
    accessAsked: Boolean = false,
    scanLine: @Composable (photos: Int?) -> Unit = {}
) {
    if (state == InterestsState.NoAccess) {
        WelcomeScreen(
            accessAsked,
            actions.choosePhotos,
            actions.openSystemSettings,
            Modifier.safeDrawingPadding()
        )
        return
    }
    TopLevelPage(stringResource(R.string.nav_interests), actions.openSettings) { padding ->
        when (state) {
            is InterestsState.Shown -> InterestsGrid(state, actions, padding, scanLine)
            InterestsState.Unread -> Unread(actions, Modifier.padding(padding), scanLine)
            else -> Loading(Modifier.padding(padding))
        }
    }
}

@Composable
private fun Unread(
    actions: InterestsActions,
    modifier: Modifier,
    scanLine: @Composable (photos: Int?) -> Unit
) = EmptyState(
    R.drawable.ic_interests,
    stringResource(R.string.interests_not_scanned_title),
    stringResource(R.string.interests_not_scanned_text),
    modifier
) {
    Button(actions.startScan) { Text(stringResource(R.string.scan_start)) }
    scanLine(null)
}
