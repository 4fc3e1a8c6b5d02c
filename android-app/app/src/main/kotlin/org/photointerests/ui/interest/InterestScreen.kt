package org.photointerests.ui.interest

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.lazy.grid.GridItemSpan
import androidx.compose.foundation.lazy.grid.LazyVerticalGrid
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.insights.interests.Interest
import org.photointerests.insights.interests.PhotoOrder
import org.photointerests.ui.designsystem.BarButton
import org.photointerests.ui.designsystem.EmptyState
import org.photointerests.ui.designsystem.MaxContentWidth
import org.photointerests.ui.designsystem.SkeletonBox
import org.photointerests.ui.designsystem.SkeletonGrid
import org.photointerests.ui.designsystem.name

/** What the user can do on the screen of an interest; there is no way back beside its list. */
class InterestActions(
    val back: (() -> Unit)? = {},
    val openPhoto: (PhotoKey) -> Unit = {},
    val showMore: () -> Unit = {},
    val toggleReason: () -> Unit = {},
    val sortBy: (PhotoOrder) -> Unit = {},
    val hide: () -> Unit = {},
    val show: () -> Unit = {},
    val setPinned: (Boolean) -> Unit = {},
    val select: (PhotoKey) -> Unit = {},
    val clearSelection: () -> Unit = {},
    val shareSelected: () -> Unit = {},
    val rejectSelected: () -> Unit = {}
)

/** One interest: how strong, when, and all photos that show it. */
@Composable
fun InterestScreen(state: InterestState?, actions: InterestActions) {
    val selected = state?.selected.orEmpty()
    val selecting = selected.isNotEmpty()
    SelectionPage(
        state?.interest?.category?.name().orEmpty(),
        selected.size,
        actions.clearSelection,
        actions.back,
        actions = {
            when {
                selecting -> SelectionChoices(actions)
                state?.interest != null -> Choices(state, actions)
            }
        }
    ) { padding, markAlpha -> Content(state, padding, actions, markAlpha) }
}

@Composable
private fun SelectionChoices(actions: InterestActions) {
    BarButton(R.drawable.ic_share, R.string.share, actions.shareSelected)
    BarButton(R.drawable.ic_reject, R.string.interest_reject, actions.rejectSelected)
}

@Composable
private fun Choices(state: InterestState, actions: InterestActions) {
    if (state.pinned) {
        BarButton(R.drawable.ic_pin, R.string.interest_unpin) { actions.setPinned(false) }
    } else {
        BarButton(R.drawable.ic_pin_outline, R.string.interest_pin) { actions.setPinned(true) }
    }
    if (state.hidden) {
        BarButton(R.drawable.ic_show, R.string.interest_show, actions.show)
    } else {
        BarButton(R.drawable.ic_hide, R.string.interest_hide, actions.hide)
    }
}

@Composable
private fun Content(
    state: InterestState?,
    padding: PaddingValues,
    actions: InterestActions,
    markAlpha: () -> Float
) {
    val shapes = MaterialTheme.shapes
    when {
        state == null -> SkeletonGrid(PHOTO_COLUMNS, padding, 4.dp, shape = shapes.small) {
            HeaderSkeleton()
        }
        state.interest == null -> EmptyState(
            R.drawable.ic_interests,
            stringResource(R.string.interest_unknown),
            stringResource(R.string.interest_unknown_text),
            Modifier.padding(padding)
        )
        else -> Photos(state, state.interest, padding, actions, markAlpha)
    }
}

/** About as high as how strong an interest is, its months and the order of its photos. */
@Composable
private fun HeaderSkeleton() = Column(
    Modifier.widthIn(max = MaxContentWidth).padding(top = 8.dp, bottom = 12.dp),
    Arrangement.spacedBy(12.dp)
) {
    SkeletonBox(Modifier.width(220.dp).height(28.dp))
    SkeletonBox(Modifier.fillMaxWidth().height(72.dp))
    SkeletonBox(Modifier.width(280.dp).height(32.dp))
}

@Composable
private fun Photos(
    state: InterestState,
    interest: Interest,
    padding: PaddingValues,
    actions: InterestActions,
    markAlpha: () -> Float
) {
    val count = maxOf(interest.photos.size, interest.strength.photos)
    LazyVerticalGrid(
        PHOTO_COLUMNS,
        Modifier.fillMaxSize().padding(padding),
        contentPadding = PaddingValues(start = 16.dp, end = 16.dp, bottom = 24.dp),
        verticalArrangement = Arrangement.spacedBy(4.dp),
        horizontalArrangement = Arrangement.spacedBy(4.dp)
    ) {
        item("header", { GridItemSpan(maxLineSpan) }) { InterestHeader(state, interest, actions) }
        selectablePhotos(
            interest.photos,
            count,
            state.selected,
            actions.openPhoto,
            actions.select,
            actions.showMore,
            markAlpha
        )
    }
}
