package org.photointerests.ui.albums

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.onStart
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.launch
import org.photointerests.PhotoInterests
import org.photointerests.gallery.Album
import org.photointerests.gallery.GalleryException
import org.photointerests.store.ExcludedAlbum

private const val KEEP_MS = 5000L

/** An album, and whether its photos are read. */
data class AlbumChoice(val album: Album, val read: Boolean)

/** All albums; [complete] is false where the gallery did not answer. */
data class AlbumsState(val albums: List<AlbumChoice>, val complete: Boolean = true)

/** Shows the albums of the gallery and leaves out those that the user says. */
class AlbumsViewModel(private val container: PhotoInterests) : ViewModel() {
    /** Null until they are listed. */
    val state: StateFlow<AlbumsState?> =
        combine(albums(), container.database.choices().excluded(), ::choices)
            .flowOn(Dispatchers.Default)
            .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)

    fun setRead(album: Album, read: Boolean) {
        viewModelScope.launch {
            if (read) container.include(album) else container.exclude(album)
        }
    }

    /** Null where the gallery does not answer. */
    private fun albums(): Flow<List<Album>?> = container.source.changes()
        .onStart { emit(Unit) }
        .conflate()
        .map {
            try {
                container.source.albums()
            } catch (_: GalleryException) {
                null
            }
        }

    /** Those of the gallery, and those that are left out but not seen in it just now. */
    private fun choices(albums: List<Album>?, excluded: List<ExcludedAlbum>): AlbumsState {
        val left = excluded.associateBy { it.id }
        val seen = albums.orEmpty().map { AlbumChoice(it, it.id !in left) }
        val unseen = (left.keys - seen.map { it.album.id }.toSet()).map {
            AlbumChoice(Album(it, left.getValue(it).name, photos = 0), read = false)
        }
        return AlbumsState(seen + unseen, complete = albums != null)
    }
}
