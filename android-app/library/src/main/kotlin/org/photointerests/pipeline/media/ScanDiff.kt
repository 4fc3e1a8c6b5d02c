package org.photointerests.pipeline.media

import androidx.collection.MutableLongLongMap
import org.photointerests.pipeline.index.KnownItem
import org.photointerests.pipeline.index.MediaDao

/**
 * What is stored of each photo, some 16 bytes, to be compared with what the gallery lists.
 *
 * A volume's generations mean something as long as its index has the version of the last whole
 * scan; otherwise a photo is the same if its file is.
 */
internal class ScanDiff private constructor(private val volumes: Map<String, Volume>) {
    /** Photos are known by [generations], or by [signatures] where these are there. */
    private class Volume(
        val generations: MutableLongLongMap,
        val signatures: MutableLongLongMap? = null
    ) {
        val numbers = signatures ?: generations
    }

    /** How many stored photos were not listed so far. */
    val size: Int get() = volumes.values.sumOf { it.numbers.size }

    /** Whether a listed photo is as it was when every analyzer was done with it. */
    fun matches(photo: GalleryPhoto): Boolean {
        val volume = volumes[photo.key.volume] ?: return false
        val stored = volume.numbers.getOrDefault(photo.key.id, NONE)
        volume.numbers.remove(photo.key.id)
        return stored == if (volume.signatures == null) photo.generation else photo.fileSignature
    }

    /** Whether a photo is known by its file, and stored with a generation of an older index. */
    fun hasOldGeneration(photo: GalleryPhoto): Boolean {
        val volume = volumes[photo.key.volume]?.takeIf { it.signatures != null } ?: return false
        return volume.generations.getOrDefault(photo.key.id, NONE) != photo.generation
    }

    /** MediaStore's ids of the stored photos that were not listed, by volume. */
    fun remaining(): Map<String, List<Long>> = volumes.mapValues { (_, volume) ->
        buildList { volume.numbers.forEachKey { add(it) } }
    }

    companion object {
        // No settled photo has it.
        private const val NONE = -1L

        /** [now] are the mounted volumes, null where Android does not report them; [retry] as in the DAO. */
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
                if (byGeneration) {
                    Volume(stored.numbers { it.settled(versions, it.generation) })
                } else {
                    Volume(
                        stored.numbers { it.generation },
                        stored.numbers { it.settled(versions, it.fileSignature) }
                    )
                }
            }
            return ScanDiff(known)
        }

        private fun KnownItem.settled(versions: List<Long>, number: Long) =
            if (settled == versions.size) number else NONE

        private inline fun List<KnownItem>.numbers(number: (KnownItem) -> Long) =
            MutableLongLongMap(size).also { map -> forEach { map[it.mediaId] = number(it) } }
    }
}
