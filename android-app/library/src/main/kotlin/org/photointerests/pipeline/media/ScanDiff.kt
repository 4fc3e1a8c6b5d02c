package org.photointerests.pipeline.media

import androidx.collection.MutableLongLongMap
import org.photointerests.pipeline.index.MediaDao

/**
 * What is stored of each photo, 16 bytes a photo, to be compared with what the gallery lists.
 *
 * A volume's generations mean something as long as its index has the version of the last whole
 * scan; otherwise a photo is the same if its file is.
 */
internal class ScanDiff private constructor(private val volumes: Map<String, Volume>) {
    private class Volume(val byGeneration: Boolean, val numbers: MutableLongLongMap)

    /** How many stored photos were not listed so far. */
    val size: Int get() = volumes.values.sumOf { it.numbers.size }

    /** Whether a listed photo is as it was when every analyzer was done with it. */
    fun matches(photo: GalleryPhoto): Boolean {
        val volume = volumes[photo.key.volume] ?: return false
        val stored = volume.numbers.getOrDefault(photo.key.id, NONE)
        volume.numbers.remove(photo.key.id)
        return stored == if (volume.byGeneration) photo.generation else photo.fileSignature
    }

    /** Whether a volume's photos are known by their files, and their generations may be old. */
    fun isByFile(volume: String): Boolean = volumes[volume]?.byGeneration == false

    /** MediaStore's ids of the stored photos that were not listed, by volume. */
    fun remaining(): Map<String, List<Long>> = volumes.mapValues { (_, volume) ->
        buildList { volume.numbers.forEachKey { add(it) } }
    }

    companion object {
        // No settled photo has it.
        private const val NONE = -1L

        /** [now] are the mounted volumes, null where Android does not tell; [retry] as in the DAO. */
        suspend fun load(
            media: MediaDao,
            versions: List<Long>,
            now: List<VolumeState>?,
            retry: Boolean
        ): ScanDiff {
            val before = media.checkpoints().associate { it.volume to it.version }
            val known = media.volumes().filter { name ->
                now == null || now.any { it.volume == name }
            }.associateWith { name ->
                val state = now?.find { it.volume == name }
                val byGeneration = state?.generation != null && state.version == before[name]
                val stored = media.known(name, versions, retry)
                val numbers = MutableLongLongMap(stored.size)
                stored.forEach {
                    val number = if (byGeneration) it.generation else it.fileSignature
                    numbers[it.mediaId] = if (it.settled == versions.size) number else NONE
                }
                Volume(byGeneration, numbers)
            }
            return ScanDiff(known)
        }
    }
}
