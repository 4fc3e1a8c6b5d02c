package org.photointerests.ui.albums

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Switch
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.media.Album
import org.photointerests.ui.designsystem.Page
import org.photointerests.ui.designsystem.PhotoImage
import org.photointerests.ui.designsystem.SkeletonList
import org.photointerests.ui.designsystem.name

/**
 * Chooses the albums that are read; a null [state] is one that is still being listed, and [onBack]
 * null beside the library.
 */
@Composable
fun AlbumsScreen(
    state: AlbumsState?,
    onSetRead: (album: Album, read: Boolean) -> Unit,
    onBack: (() -> Unit)?
) {
    Page(stringResource(R.string.albums_title), onBack) { padding ->
        if (state == null) {
            SkeletonList(Modifier.padding(padding))
        } else {
            LazyColumn(
                Modifier.fillMaxSize().padding(padding),
                contentPadding = PaddingValues(bottom = 24.dp)
            ) {
                item { Explanation(state) }
                items(state.albums, key = { it.album.id }) { AlbumRow(it, onSetRead) }
            }
        }
    }
}

@Composable
private fun Explanation(state: AlbumsState) {
    val text = when {
        !state.complete -> R.string.albums_unknown
        state.albums.isEmpty() -> R.string.albums_none
        else -> R.string.albums_text
    }
    Text(
        stringResource(text),
        Modifier.padding(start = 16.dp, end = 16.dp, bottom = 12.dp),
        style = MaterialTheme.typography.bodyLarge,
        color = MaterialTheme.colorScheme.onSurfaceVariant
    )
}

/** An album with its newest photo, to be turned on and off. */
@Composable
internal fun AlbumRow(choice: AlbumChoice, onSetRead: (Album, Boolean) -> Unit) {
    val album = choice.album
    Row(
        Modifier.fillMaxWidth()
            .toggleable(choice.read, role = Role.Switch) { onSetRead(album, it) }
            .padding(horizontal = 16.dp, vertical = 8.dp),
        Arrangement.spacedBy(16.dp),
        Alignment.CenterVertically
    ) {
        Cover(album.cover)
        Column(Modifier.weight(1f)) {
            Text(
                album.name.ifEmpty { stringResource(R.string.albums_unnamed) },
                style = MaterialTheme.typography.titleMedium
            )
            val count =
                pluralStringResource(R.plurals.timeline_photos, album.photos, album.photos)
            Text(
                when {
                    choice.read -> count
                    album.photos == 0 -> stringResource(R.string.albums_off_unseen)
                    else -> stringResource(R.string.albums_off, count)
                },
                style = MaterialTheme.typography.bodyMedium,
                color = MaterialTheme.colorScheme.onSurfaceVariant
            )
        }
        Switch(choice.read, onCheckedChange = null)
    }
}

@Composable
private fun Cover(photo: PhotoKey?) = Box(
    Modifier.size(56.dp).clip(MaterialTheme.shapes.medium)
        .background(MaterialTheme.colorScheme.surfaceContainerHighest)
) { if (photo != null) PhotoImage(photo, null, Modifier.fillMaxSize()) }
