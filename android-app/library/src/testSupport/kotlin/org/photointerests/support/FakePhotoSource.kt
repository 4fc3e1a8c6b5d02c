package org.photointerests.support

import java.io.ByteArrayInputStream
import java.io.FileNotFoundException
import java.io.InputStream
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableSharedFlow
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.onStart
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.media.Album
import org.photointerests.pipeline.media.GalleryPhoto
import org.photointerests.pipeline.media.PhotoAccess
import org.photointerests.pipeline.media.PhotoSource
import org.photointerests.pipeline.media.VolumeState

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
        fileSignature: Long = generation,
        album: String = "camera",
        volume: String = "external_primary"
    ): PhotoKey {
        val key = PhotoKey(volume, id)
        if (volumes?.none { it.volume == volume } == true) mount(volume)
        photos[key] = GalleryPhoto(key, generation, takenAtMs, fileSignature, album) to content
        touch()
        changed.tryEmit(Unit)
        return key
    }

    fun remove(key: PhotoKey) {
        photos.remove(key)
        touch()
    }

    /** Takes a volume out; its photos are kept for when it comes back. */
    fun unmount(volume: String) {
        volumes = volumes?.filter { it.volume != volume }
        touch()
    }

    fun mount(volume: String) {
        volumes = volumes.orEmpty() + VolumeState(volume, "1", 0)
    }

    private fun touch() {
        volumes = volumes?.map { it.copy(generation = it.generation?.plus(1)) }
    }

    override suspend fun volumes() = volumes

    override fun access() = allowed

    override suspend fun count(excludedAlbums: List<String>): Int {
        onList()
        return visible(excludedAlbums).size
    }

    override suspend fun albums(): List<Album> = visible(emptyList()).groupBy { it.album.orEmpty() }
        .map { (album, photos) ->
            val cover = photos.maxBy { it.takenAtMs }.key
            Album(album, album.replaceFirstChar { it.uppercase() }, photos.size, cover)
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
        photos.values.map { it.first }.filter { photo ->
            photo.album !in excludedAlbums &&
                volumes?.any { it.volume == photo.key.volume } != false
        }
    }
}
