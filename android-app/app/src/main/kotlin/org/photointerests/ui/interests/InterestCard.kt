package org.photointerests.ui.interests

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Card
import androidx.compose.material3.CardDefaults
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.insights.interests.Interest
import org.photointerests.ui.designsystem.PhotoImage
import org.photointerests.ui.designsystem.name
import org.photointerests.ui.designsystem.strengthText

private const val PHOTOS = 4
private const val STRIP_RATIO = 3f

/**
 * An interest with the photos that show it best; [namesArea] where no title above does, [ofOneMonth]
 * where it is of the photos of one month.
 */
@Composable
fun InterestCard(interest: Interest, namesArea: Boolean, ofOneMonth: Boolean, onClick: () -> Unit) {
    Card(
        onClick,
        Modifier.fillMaxWidth(),
        shape = MaterialTheme.shapes.large,
        colors = CardDefaults.cardColors(
            containerColor = MaterialTheme.colorScheme.surfaceContainerLow
        )
    ) {
        PhotoStrip(interest)
        Column(
            Modifier.padding(horizontal = 16.dp, vertical = 12.dp),
            verticalArrangement = Arrangement.spacedBy(6.dp)
        ) {
            if (namesArea) {
                Text(
                    interest.area.name(),
                    style = MaterialTheme.typography.labelLarge,
                    color = MaterialTheme.colorScheme.primary
                )
            }
            Text(
                interest.category.name(),
                style = MaterialTheme.typography.titleMedium,
                fontWeight = FontWeight.SemiBold
            )
            if (interest.pinned) {
                Text(
                    stringResource(R.string.interests_pinned),
                    style = MaterialTheme.typography.labelLarge,
                    color = MaterialTheme.colorScheme.primary
                )
            }
            Text(
                strengthText(interest.strength, ofOneMonth),
                style = MaterialTheme.typography.bodyMedium,
                color = MaterialTheme.colorScheme.onSurfaceVariant
            )
        }
    }
}

/** As many photos as there are, side by side; one alone is shown wide. */
@Composable
private fun PhotoStrip(interest: Interest) {
    val photos = interest.photos.take(PHOTOS)
    if (photos.isEmpty()) return
    Row(
        Modifier.fillMaxWidth().aspectRatio(STRIP_RATIO),
        horizontalArrangement = Arrangement.spacedBy(2.dp)
    ) {
        for (photo in photos) PhotoImage(photo, null, Modifier.weight(1f).fillMaxHeight())
    }
}
