package org.photointerests.ui.library

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.lazy.LazyRow
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.ButtonDefaults
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.ui.albums.AlbumChoice
import org.photointerests.ui.albums.AlbumsState
import org.photointerests.ui.designsystem.SectionTitle
import org.photointerests.ui.designsystem.Tile
import org.photointerests.ui.designsystem.chosen
import org.photointerests.ui.designsystem.name
import org.photointerests.ui.designsystem.photoCount

private val TILE = 144.dp
private const val MAX_SCALE = 2f
private const val OFF = 0.38f

/**
 * The albums side by side by their newest photos; those that are turned off are pale. All of them
 * lead to one page, which [isChosen] says is beside them.
 */
@Composable
internal fun Albums(state: AlbumsState, isChosen: Boolean, onOpen: () -> Unit) = Column {
    Row(
        Modifier.fillMaxWidth().padding(start = 16.dp, end = 4.dp),
        Arrangement.SpaceBetween,
        Alignment.CenterVertically
    ) {
        SectionTitle(stringResource(R.string.albums_title), Modifier.weight(1f))
        TextButton(onOpen, Modifier.chosen(isChosen, ButtonDefaults.textShape)) {
            Text(stringResource(R.string.library_albums_choose))
        }
    }
    if (state.albums.isEmpty()) {
        val text = if (state.complete) R.string.albums_none else R.string.albums_unknown
        Text(
            stringResource(text),
            Modifier.padding(horizontal = 16.dp, vertical = 8.dp),
            style = MaterialTheme.typography.bodyMedium,
            color = MaterialTheme.colorScheme.onSurfaceVariant
        )
    }
    LazyRow(
        contentPadding = PaddingValues(horizontal = 16.dp),
        horizontalArrangement = Arrangement.spacedBy(8.dp)
    ) {
        items(state.albums, key = { it.album.id }) { choice ->
            AlbumTile(choice, onOpen)
        }
    }
}

@Composable
private fun AlbumTile(choice: AlbumChoice, onOpen: () -> Unit) {
    val album = choice.album
    Tile(
        album.cover,
        album.name.ifEmpty { stringResource(R.string.albums_unnamed) },
        if (choice.read) {
            photoCount(album.photos)
        } else {
            stringResource(R.string.albums_off_unseen)
        },
        onOpen,
        Modifier.width(TILE * LocalDensity.current.fontScale.coerceIn(1f, MAX_SCALE)),
        imageAlpha = if (choice.read) 1f else OFF
    )
}
