package org.photointerests.scan

import androidx.collection.MutableLongLongMap
import org.photointerests.gallery.GalleryPhoto
import org.photointerests.gallery.VolumeState
import org.photointerests.store.PhotoDao

/**
 * What is stored of each photo, 16 bytes a photo, from which a scan takes what it meets.
 *
 * A volume's generations mean something as long as its index has the version of the last whole
 * scan; otherwise ids may have been given anew, and a photo is the same if its file is.
 */
internal class KnownPhotos private constructor(private val volumes: Map<String, Volume>) {
    private class Volume(val byGeneration: Boolean, val numbers: MutableLongLongMap)

    /** How many photos are left to be taken. */
    val size: Int get() = volumes.values.sumOf { it.numbers.size }

    /** Takes a photo out and tells whether it is as it was when it was read. */
    fun take(photo: GalleryPhoto): Boolean {
        val volume = volumes[photo.key.volume] ?: return false
        val stored = volume.numbers.getOrDefault(photo.key.id, NONE)
        volume.numbers.remove(photo.key.id)
        return stored == if (volume.byGeneration) photo.generation else photo.stamp
    }

    /** The ids that nobody took, by volume. */
    fun left(): Map<String, List<Long>> = volumes.mapValues { (_, volume) ->
        buildList { volume.numbers.forEachKey { add(it) } }
    }

    companion object {
        // No photo that this extractor read has it: the database gives it to the others.
        private const val NONE = -1L

        suspend fun load(
            photos: PhotoDao,
            extractor: String,
            now: List<VolumeState>?
        ): KnownPhotos {
            val versions = photos.checkpoints().associate { it.volume to it.version }
            val known = photos.volumes().associateWith { name ->
                val version = now?.find { it.volume == name }?.version
                val byGeneration = version != null && version == versions[name]
                val stored = photos.known(name, extractor)
                val numbers = MutableLongLongMap(stored.size)
                stored.forEach { numbers[it.id] = if (byGeneration) it.generation else it.stamp }
                Volume(byGeneration, numbers)
            }
            return KnownPhotos(known)
        }
    }
}
