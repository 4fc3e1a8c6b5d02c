package org.photointerests.pipeline.media

import androidx.room.withTransaction
import org.photointerests.pipeline.index.KnownItem
import org.photointerests.pipeline.index.PhotoDatabase

private const val PAGE = 5000

/**
 * Finds the stored photos again after MediaStore has rebuilt a volume's index.
 *
 * Ids and generations are others then, and the files the same: a photo is known by its file's size
 * and time. Where two files have the same, only one that kept its id is known.
 */
internal class VolumeReindex(private val source: PhotoSource, private val database: PhotoDatabase) {
    private val media = database.media()

    /** Gives the stored photos of these volumes the ids and generations that they have now. */
    suspend fun update(volumes: List<VolumeState>) {
        val stored = volumes.associate { volume ->
            volume.volume to media.known(volume.volume, emptyList(), retry = false)
        }
        if (stored.values.all { it.isEmpty() }) return
        val finder = stored.mapValues { (_, items) -> Finder(items) }
        source.pages(PAGE).collect { page ->
            page.forEach { finder[it.key.volume]?.add(it) }
        }
        finder.forEach { (volume, found) -> move(volume, found.moves()) }
        val checkpoints = media.checkpoints().mapNotNull { old ->
            volumes.find { it.volume == old.volume }?.let {
                // No generation that a volume has: the scan that follows lists it all.
                old.copy(version = it.version, generation = NO_GENERATION)
            }
        }
        media.putCheckpoints(checkpoints)
    }

    /**
     * In two steps, since a photo may get the id that another one had. A photo that is not found
     * has no generation, lest a number of the old index be taken for one of the new.
     */
    private suspend fun move(volume: String, moves: List<Pair<KnownItem, GalleryPhoto>>) =
        database.withTransaction {
            media.clearGenerations(volume)
            moves.forEach { (item, _) -> media.move(item.item, -item.item, NO_GENERATION) }
            moves.forEach { (item, photo) ->
                media.deleteOther(photo.key.volume, photo.key.id)
                media.move(item.item, photo.key.id, photo.generation)
            }
        }

    private class Finder(items: List<KnownItem>) {
        private val byId = items.associateBy { it.mediaId }
        private val bySignature = items.groupBy { it.fileSignature }
        private val listed = mutableListOf<GalleryPhoto>()

        fun add(photo: GalleryPhoto) {
            listed += photo
        }

        fun moves(): List<Pair<KnownItem, GalleryPhoto>> {
            val photos = listed.groupBy { it.fileSignature }
            return listed.mapNotNull { photo ->
                val same = byId[photo.key.id]?.takeIf { it.fileSignature == photo.fileSignature }
                val only = bySignature[photo.fileSignature]?.singleOrNull()
                    ?.takeIf { photos.getValue(photo.fileSignature).size == 1 }
                (same ?: only)?.let { it to photo }
            }
        }
    }

    private companion object {
        const val NO_GENERATION = -1L
    }
}
