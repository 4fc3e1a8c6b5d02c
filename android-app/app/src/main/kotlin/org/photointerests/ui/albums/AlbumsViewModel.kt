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
import org.photointerests.core.ErrorState
import org.photointerests.core.retryAfterError
import org.photointerests.feedback.ExcludedAlbum
import org.photointerests.feedback.FeedbackDao
import org.photointerests.pipeline.media.Album
import org.photointerests.pipeline.media.GalleryException
import org.photointerests.pipeline.media.PhotoSource

private const val KEEP_MS = 5000L

/** An album, and whether its photos are read. */
data class AlbumChoice(val album: Album, val read: Boolean)

/** All albums; [complete] is false where the gallery did not answer. */
data class AlbumsState(val albums: List<AlbumChoice>, val complete: Boolean = true)

/** Shows the albums of the gallery and leaves out those that the user says. */
class AlbumsViewModel(
    private val source: PhotoSource,
    feedback: FeedbackDao,
    private val errors: ErrorState,
    private val setScanned: suspend (album: Album, scanned: Boolean) -> Unit
) : ViewModel() {
    /** Null until they are listed. */
    val state: StateFlow<AlbumsState?> = combine(albums(), feedback.excluded(), ::choices)
        .retryAfterError(errors)
        .flowOn(Dispatchers.Default)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), null)

    fun setRead(album: Album, read: Boolean) {
        viewModelScope.launch { errors.runReporting { setScanned(album, read) } }
    }

    /** Null where the gallery does not answer. */
    private fun albums(): Flow<List<Album>?> = source.changes()
        .onStart { emit(Unit) }
        .conflate()
        .map {
            try {
                source.albums()
            } catch (_: GalleryException) {
                null
            }
        }

    /** Those of the gallery, and those that are turned off but not seen in it just now. */
    private fun choices(albums: List<Album>?, excluded: List<ExcludedAlbum>): AlbumsState {
        val left = excluded.associateBy { it.id }
        val seen = albums.orEmpty().map { AlbumChoice(it, it.id !in left) }
        val unseen = (left.keys - seen.map { it.album.id }.toSet()).map {
            AlbumChoice(Album(it, left.getValue(it).name, photos = 0), read = false)
        }
        return AlbumsState(seen + unseen, complete = albums != null)
    }
}
