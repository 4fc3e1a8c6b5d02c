package org.photointerests.ui.albums

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.onStart
import org.photointerests.feedback.ExcludedAlbum
import org.photointerests.feedback.FeedbackDao
import org.photointerests.pipeline.media.Album
import org.photointerests.pipeline.media.GalleryException
import org.photointerests.pipeline.media.PhotoSource
import org.photointerests.ui.designsystem.name

/** An album, and whether its photos are read. */
data class AlbumChoice(val album: Album, val read: Boolean)

/** All albums; [complete] is false where the gallery did not answer. */
data class AlbumsState(val albums: List<AlbumChoice>, val complete: Boolean = true)

/** The albums of the gallery and which of them are turned off, at once and after each change. */
internal fun albumChoices(source: PhotoSource, feedback: FeedbackDao): Flow<AlbumsState> =
    combine(albums(source), feedback.excluded(), ::choices)

/** Null where the gallery does not answer. */
private fun albums(source: PhotoSource): Flow<List<Album>?> = source.changes()
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
