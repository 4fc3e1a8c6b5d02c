package org.photointerests.ui.interest

import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.platform.LocalResources
import androidx.compose.ui.semantics.selected
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.ui.designsystem.Snackbars
import org.photointerests.ui.designsystem.name
import org.photointerests.ui.designsystem.sharePhotos

/**
 * The screen of an interest, with what can be undone said at the bottom of the window.
 *
 * [back] is null beside a list; [leave] is called once the interest is hidden.
 */
@Composable
internal fun InterestRoute(
    state: InterestState?,
    model: InterestViewModel,
    snackbars: Snackbars,
    back: (() -> Unit)?,
    leave: () -> Unit,
    openPhoto: (PhotoKey) -> Unit
) {
    val context = LocalContext.current
    val resources = LocalResources.current
    val name = state?.interest?.category?.name().orEmpty()
    val actions = InterestActions(
        back = back,
        openPhoto = openPhoto,
        showMore = model::showMore,
        toggleReason = model::toggleReason,
        sortBy = model::sortBy,
        hide = {
            snackbars.offer(
                model.hide(resources.getString(R.string.interest_hidden_now, name)),
                leave
            )
        },
        show = { snackbars.offer(model.show(resources.getString(R.string.library_shown, name))) },
        setPinned = model::setPinned,
        select = model::toggle,
        clearSelection = model::clearSelection,
        shareSelected = {
            context.sharePhotos(state?.selected.orEmpty())
            model.clearSelection()
        },
        rejectSelected = {
            val count = state?.selected.orEmpty().size
            val text =
                resources.getQuantityString(R.plurals.interest_rejected, count, count, name)
            snackbars.offer(model.rejectSelected(text))
        }
    )
    InterestScreen(state, actions)
}
