package org.photointerests.ui.designsystem

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.LazyRow
import androidx.compose.foundation.lazy.grid.LazyGridScope
import androidx.compose.foundation.lazy.grid.itemsIndexed
import androidx.compose.foundation.lazy.itemsIndexed
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.core.PhotoKey

/** The first [photos] of [count], each of which a tap opens; [showMore] reads the next ones. */
internal fun LazyGridScope.photoTiles(
    photos: List<PhotoKey>,
    count: Int,
    onOpen: (PhotoKey) -> Unit,
    showMore: () -> Unit
) = itemsIndexed(photos, key = { _, photo -> "$photo" }) { index, photo ->
    PhotoImage(
        photo,
        stringResource(R.string.photo_number, index + 1, count),
        Modifier.fillMaxWidth().aspectRatio(1f)
            .sharedPhoto(photo, MaterialTheme.shapes.small).clip(MaterialTheme.shapes.small)
            .clickable(onClickLabel = stringResource(R.string.photo_open)) { onOpen(photo) }
    )
    if (index == photos.lastIndex && index + 1 < count) {
        LaunchedEffect(index) { showMore() }
    }
}

/** Photos beside each other, each of which a tap opens; [describe] names one by its number. */
@Composable
internal fun PhotoStrip(
    photos: List<PhotoKey>,
    tile: Dp,
    describe: @Composable (number: Int) -> String,
    onOpen: (PhotoKey) -> Unit,
    contentPadding: PaddingValues = PaddingValues(0.dp)
) = LazyRow(
    contentPadding = contentPadding,
    horizontalArrangement = Arrangement.spacedBy(4.dp)
) {
    itemsIndexed(photos, key = { _, photo -> "$photo" }) { index, photo ->
        PhotoImage(
            photo,
            describe(index + 1),
            Modifier.size(tile).clip(MaterialTheme.shapes.small)
                .clickable(onClickLabel = stringResource(R.string.photo_open)) {
                    onOpen(photo)
                }
        )
    }
}

/** A number of photos in words. */
@Composable
internal fun photoCount(count: Int) = pluralStringResource(R.plurals.interest_photos, count, count)
