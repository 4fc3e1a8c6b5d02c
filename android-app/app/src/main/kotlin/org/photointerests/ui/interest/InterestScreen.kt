package org.photointerests.ui.interest

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
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
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.insights.interests.Interest
import org.photointerests.insights.interests.PhotoShare
import org.photointerests.ui.designsystem.EmptyState
import org.photointerests.ui.designsystem.Loading
import org.photointerests.ui.designsystem.MaxContentWidth
import org.photointerests.ui.designsystem.Page
import org.photointerests.ui.designsystem.PhotoImage
import org.photointerests.ui.designsystem.Probability
import org.photointerests.ui.designsystem.name
import org.photointerests.ui.designsystem.percent

/** One interest: how probable, and which photos say so. */
@Composable
fun InterestScreen(
    state: InterestState?,
    onBack: () -> Unit,
    onOpenPhoto: (PhotoKey) -> Unit,
    onSetHidden: (Boolean) -> Unit,
    onSetPinned: (Boolean) -> Unit
) {
    Page(state?.interest?.area?.name().orEmpty(), onBack) { padding ->
        when {
            state == null -> Loading(Modifier.padding(padding))
            state.interest == null -> EmptyState(
                R.drawable.ic_interests,
                stringResource(R.string.interest_unknown),
                stringResource(R.string.interest_unknown_text),
                Modifier.padding(padding)
            )
            else ->
                Photos(state, state.interest, padding, onOpenPhoto, onSetHidden, onSetPinned)
        }
    }
}

@Composable
private fun Photos(
    state: InterestState,
    interest: Interest,
    padding: PaddingValues,
    onOpenPhoto: (PhotoKey) -> Unit,
    onSetHidden: (Boolean) -> Unit,
    onSetPinned: (Boolean) -> Unit
) {
    LazyVerticalGrid(
        GridCells.Adaptive(minSize = 110.dp),
        Modifier.fillMaxSize().padding(padding),
        contentPadding = PaddingValues(16.dp),
        verticalArrangement = Arrangement.spacedBy(4.dp),
        horizontalArrangement = Arrangement.spacedBy(4.dp)
    ) {
        item(span = { GridItemSpan(maxLineSpan) }) {
            InterestHeader(state, interest, onSetHidden, onSetPinned)
        }
        itemsIndexed(
            interest.photos,
            key = { _, photo -> "${photo.key}" },
            // The photo that says most is shown largest.
            span = { index, _ -> GridItemSpan(if (index == 0) minOf(2, maxLineSpan) else 1) }
        ) { index, photo -> SharedPhoto(photo, index == 0) { onOpenPhoto(photo.key) } }
    }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun InterestHeader(
    state: InterestState,
    interest: Interest,
    onSetHidden: (Boolean) -> Unit,
    onSetPinned: (Boolean) -> Unit
) {
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
        Probability(interest.probability, Modifier.fillMaxWidth())
        Text(
            pluralStringResource(
                R.plurals.interest_photos,
                interest.photos.size,
                interest.photos.size
            ),
            style = MaterialTheme.typography.titleMedium
        )
        Text(
            stringResource(R.string.interest_why_text),
            style = MaterialTheme.typography.bodyMedium,
            color = MaterialTheme.colorScheme.onSurfaceVariant
        )
        if (state.hidden) Text(stringResource(R.string.interest_hidden))
        if (state.pinned) Text(stringResource(R.string.interest_pinned))
        FlowRow(
            horizontalArrangement = Arrangement.spacedBy(12.dp),
            verticalArrangement = Arrangement.spacedBy(8.dp)
        ) {
            OutlinedButton({ onSetPinned(!state.pinned) }) {
                val text = if (state.pinned) R.string.interest_unpin else R.string.interest_pin
                Text(stringResource(text))
            }
            OutlinedButton({ onSetHidden(!state.hidden) }) {
                val text = if (state.hidden) R.string.interest_show else R.string.interest_hide
                Text(stringResource(text))
            }
        }
    }
}

@Composable
private fun SharedPhoto(photo: PhotoShare, large: Boolean, onClick: () -> Unit) {
    val share = percent(photo.share)
    Box(
        Modifier.clip(MaterialTheme.shapes.small)
            .clickable(onClickLabel = stringResource(R.string.interest_why), onClick = onClick)
    ) {
        PhotoImage(
            photo.key,
            stringResource(R.string.photo_with_share, share),
            Modifier.fillMaxWidth().aspectRatio(if (large) 2.03f else 1f)
        )
        Text(
            share,
            Modifier.align(Alignment.BottomStart)
                .padding(6.dp)
                .clip(MaterialTheme.shapes.extraSmall)
                .background(MaterialTheme.colorScheme.surface.copy(alpha = 0.85f))
                .padding(horizontal = 6.dp, vertical = 2.dp)
                .clearAndSetSemantics {},
            color = MaterialTheme.colorScheme.onSurface,
            style = MaterialTheme.typography.labelLarge
        )
    }
}
