package org.photointerests.support

import java.io.ByteArrayInputStream
import java.io.FileNotFoundException
import java.io.InputStream
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableSharedFlow
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.onStart
import org.photointerests.gallery.Album
import org.photointerests.gallery.GalleryPhoto
import org.photointerests.gallery.PhotoAccess
import org.photointerests.gallery.PhotoKey
import org.photointerests.gallery.PhotoSource
import org.photointerests.gallery.VolumeState

/** A gallery in memory. */
class FakePhotoSource(var allowed: PhotoAccess = PhotoAccess.FULL) : PhotoSource {
    private val photos = linkedMapOf<PhotoKey, Pair<GalleryPhoto, ByteArray>>()
    private val changed = MutableSharedFlow<Unit>(extraBufferCapacity = 1)

    /** How often a photo's file was opened. */
    val opened = mutableMapOf<PhotoKey, Int>()

    /** Called before a file is opened. */
    var onOpen: (PhotoKey) -> Unit = {}

    /** What the volume's index is at: set it to be asked anew, null for an old Android. */
    var volumes: List<VolumeState>? = listOf(VolumeState("external_primary", "1", 0))

    /** Called before photos are counted or listed. */
    var onList: () -> Unit = {}

    /** How often the photos were listed. */
    var listed = 0

    fun put(
        id: Long,
        content: ByteArray,
        takenAtMs: Long = id,
        generation: Long = 1,
        stamp: Long = generation,
        album: String = "camera"
    ): PhotoKey {
        val key = PhotoKey("external_primary", id)
        photos[key] = GalleryPhoto(key, generation, takenAtMs, stamp, album) to content
        touch()
        changed.tryEmit(Unit)
        return key
    }

    fun remove(key: PhotoKey) {
        photos.remove(key)
        touch()
    }

    private fun touch() {
        volumes = volumes?.map { it.copy(generation = it.generation + 1) }
    }

    override suspend fun volumes() = volumes

    override fun access() = allowed

    override suspend fun count(excludedAlbums: List<String>): Int {
        onList()
        return visible(excludedAlbums).size
    }

    override suspend fun albums(): List<Album> = visible(emptyList()).groupBy { it.album.orEmpty() }
        .map { (album, photos) ->
            Album(album, album.replaceFirstChar { it.uppercase() }, photos.size)
        }

    override fun pages(pageSize: Int, excludedAlbums: List<String>) = visible(excludedAlbums)
        .sortedByDescending { it.takenAtMs }
        .chunked(pageSize)
        .asFlow()
        .onStart {
            onList()
            listed++
        }

    override fun changes(): Flow<Unit> = changed

    override fun open(key: PhotoKey): InputStream {
        onOpen(key)
        opened[key] = (opened[key] ?: 0) + 1
        val content = photos[key]?.second ?: throw FileNotFoundException("$key is gone")
        return ByteArrayInputStream(content)
    }

    private fun visible(excludedAlbums: List<String>) = if (allowed == PhotoAccess.DENIED) {
        emptyList()
    } else {
        photos.values.map { it.first }.filter { it.album !in excludedAlbums }
    }
}
