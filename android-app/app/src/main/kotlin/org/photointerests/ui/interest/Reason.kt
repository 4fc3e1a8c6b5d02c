package org.photointerests.ui.interest

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.LazyRow
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.insights.interests.Interest
import org.photointerests.insights.interests.PhotoShare
import org.photointerests.ui.designsystem.PhotoImage
import org.photointerests.ui.designsystem.Probability
import org.photointerests.ui.designsystem.percent

private val TILE = 104.dp

/** Why an interest is one: how probable it is, and the photos that contributed most to that. */
@Composable
internal fun Reason(
    interest: Interest,
    contributions: List<PhotoShare>,
    onOpenPhoto: (PhotoKey) -> Unit
) = Column(verticalArrangement = Arrangement.spacedBy(12.dp)) {
    Probability(interest.probability, Modifier.fillMaxWidth())
    if (contributions.isEmpty()) return@Column
    Text(
        stringResource(R.string.interest_why_text),
        style = MaterialTheme.typography.bodyMedium,
        color = MaterialTheme.colorScheme.onSurfaceVariant
    )
    LazyRow(horizontalArrangement = Arrangement.spacedBy(4.dp)) {
        items(contributions, key = { "${it.key}" }) { photo ->
            Contribution(photo) { onOpenPhoto(photo.key) }
        }
    }
}

@Composable
private fun Contribution(photo: PhotoShare, onClick: () -> Unit) {
    val share = percent(photo.share)
    Box(
        Modifier.size(TILE).clip(MaterialTheme.shapes.small)
            .clickable(onClickLabel = stringResource(R.string.photo_open), onClick = onClick)
    ) {
        PhotoImage(
            photo.key,
            stringResource(R.string.photo_with_share, share),
            Modifier.fillMaxSize()
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
