package org.photointerests.interests

import org.photointerests.model.InterestModel
import org.photointerests.store.MonthCount
import org.photointerests.store.PhotoDao
import org.photointerests.store.PhotoFeatures

/**
 * The stored photos of some months, and what the aggregator makes of them.
 *
 * [photosAtOnce] bounds the memory of one step; the answer does not depend on it.
 */
internal class StoredFeatures(
    private val photos: PhotoDao,
    private val model: InterestModel,
    private val extractor: String,
    private val photosAtOnce: Int
) {
    /** Months with photos, and how many each has. */
    suspend fun months(): List<MonthCount> = photos.months(extractor)

    /** State of the photos of some months. */
    suspend fun state(months: IntRange): FloatArray {
        var state = model.initialState()
        forEachChunk(months) { state = model.update(it.features(), state) }
        return state
    }

    /** Goes through the photos of some months, some photos at a time. */
    suspend fun forEachChunk(months: IntRange, action: suspend (List<PhotoFeatures>) -> Unit) {
        val size = minOf(photosAtOnce, model.maximumPhotos)
        var offset = 0
        do {
            val chunk = photos.features(extractor, months.first, months.last, size, offset)
            if (chunk.isNotEmpty()) action(chunk)
            offset += size
        } while (chunk.size == size)
    }
}

internal fun List<PhotoFeatures>.features(): Array<ByteArray> = Array(size) { this[it].features }
