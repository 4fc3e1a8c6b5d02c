package org.photointerests.ui.interest

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.analysis.text.TextMentions
import org.photointerests.ui.designsystem.PhotoStrip

private val TILE = 72.dp

// More words say no more.
private const val MOST_WORDS = 5

/** The words in texts that name the interest, and the photos on which they stand. */
@Composable
internal fun Mentions(mentions: TextMentions, onOpenPhoto: (PhotoKey) -> Unit) = Column(
    verticalArrangement = Arrangement.spacedBy(8.dp)
) {
    val words = mentions.words.take(MOST_WORDS).joinToString()
    val count = mentions.photos.size
    Text(
        pluralStringResource(R.plurals.interest_mentions, count, count, words),
        style = MaterialTheme.typography.bodyMedium,
        color = MaterialTheme.colorScheme.onSurfaceVariant
    )
    PhotoStrip(
        mentions.photos,
        TILE,
        { stringResource(R.string.photo_number, it, count) },
        onOpenPhoto
    )
}
