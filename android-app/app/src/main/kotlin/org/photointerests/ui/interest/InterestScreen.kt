package org.photointerests.ui.interest

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.layout.wrapContentWidth
import androidx.compose.foundation.lazy.grid.GridCells
import androidx.compose.foundation.lazy.grid.GridItemSpan
import androidx.compose.foundation.lazy.grid.LazyVerticalGrid
import androidx.compose.foundation.lazy.grid.itemsIndexed
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.insights.interests.Interest
import org.photointerests.ui.designsystem.EmptyState
import org.photointerests.ui.designsystem.Loading
import org.photointerests.ui.designsystem.MaxContentWidth
import org.photointerests.ui.designsystem.Page
import org.photointerests.ui.designsystem.PhotoImage
import org.photointerests.ui.designsystem.name
import org.photointerests.ui.designsystem.strengthText

/** What the user can do on the screen of an interest. */
class InterestActions(
    val back: () -> Unit = {},
    val openPhoto: (PhotoKey) -> Unit = {},
    val showMore: () -> Unit = {},
    val toggleReason: () -> Unit = {},
    val setHidden: (Boolean) -> Unit = {},
    val setPinned: (Boolean) -> Unit = {}
)

/** One interest: how strong, and all photos that show it. */
@Composable
fun InterestScreen(state: InterestState?, actions: InterestActions) {
    Page(state?.interest?.area?.name().orEmpty(), actions.back) { padding ->
        when {
            state == null -> Loading(Modifier.padding(padding))
            state.interest == null -> EmptyState(
                R.drawable.ic_interests,
                stringResource(R.string.interest_unknown),
                stringResource(R.string.interest_unknown_text),
                Modifier.padding(padding)
            )
            else -> Photos(state, state.interest, padding, actions)
        }
    }
}

@Composable
private fun Photos(
    state: InterestState,
    interest: Interest,
    padding: PaddingValues,
    actions: InterestActions
) {
    val count = maxOf(interest.photos.size, interest.strength.photos)
    LazyVerticalGrid(
        GridCells.Adaptive(minSize = 110.dp),
        Modifier.fillMaxSize().padding(padding),
        contentPadding = PaddingValues(16.dp),
        verticalArrangement = Arrangement.spacedBy(4.dp),
        horizontalArrangement = Arrangement.spacedBy(4.dp)
    ) {
        item(span = { GridItemSpan(maxLineSpan) }) { InterestHeader(state, interest, actions) }
        itemsIndexed(interest.photos, key = { _, photo -> "$photo" }) { index, photo ->
            PhotoImage(
                photo,
                stringResource(R.string.photo_number, index + 1, count),
                Modifier.fillMaxWidth().aspectRatio(1f).clip(MaterialTheme.shapes.small)
                    .clickable(onClickLabel = stringResource(R.string.photo_open)) {
                        actions.openPhoto(photo)
                    }
            )
            if (index == interest.photos.lastIndex && index + 1 < count) {
                LaunchedEffect(index) { actions.showMore() }
            }
        }
    }
}

@Composable
private fun InterestHeader(state: InterestState, interest: Interest, actions: InterestActions) {
    Column(
        Modifier.wrapContentWidth(Alignment.Start).widthIn(max = MaxContentWidth)
            .padding(bottom = 16.dp),
        verticalArrangement = Arrangement.spacedBy(12.dp)
    ) {
        Text(
            interest.category.name(),
            style = MaterialTheme.typography.headlineLarge,
            fontWeight = FontWeight.SemiBold
        )
        Text(
            strengthText(interest.strength, state.ofOneMonth),
            style = MaterialTheme.typography.titleMedium
        )
        if (state.hidden) Text(stringResource(R.string.interest_hidden))
        if (state.pinned) Text(stringResource(R.string.interest_pinned))
        Choices(state, actions)
        state.contributions?.let { Reason(interest, it, actions.openPhoto) }
        if (interest.strength.photos == 0 && interest.photos.isNotEmpty()) {
            Text(stringResource(R.string.interest_closest))
        }
    }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Choices(state: InterestState, actions: InterestActions) = FlowRow(
    horizontalArrangement = Arrangement.spacedBy(12.dp),
    verticalArrangement = Arrangement.spacedBy(8.dp)
) {
    OutlinedButton({ actions.setPinned(!state.pinned) }) {
        val text = if (state.pinned) R.string.interest_unpin else R.string.interest_pin
        Text(stringResource(text))
    }
    OutlinedButton({ actions.setHidden(!state.hidden) }) {
        val text = if (state.hidden) R.string.interest_show else R.string.interest_hide
        Text(stringResource(text))
    }
    OutlinedButton(actions.toggleReason) {
        val shown = state.contributions != null
        Text(stringResource(if (shown) R.string.interest_why_hide else R.string.interest_why))
    }
}
