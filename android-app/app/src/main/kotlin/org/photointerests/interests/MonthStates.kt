package org.photointerests.interests

import org.photointerests.model.InterestModel
import org.photointerests.store.MonthCount
import org.photointerests.store.PhotoDao
import org.photointerests.store.PhotoFeatures

// Bounds the memory of one step; the answer does not depend on it.
private const val MOST_PHOTOS_AT_ONCE = 512

/** The stored photos month by month, and what the aggregator makes of each month. */
internal class MonthStates(
    private val photos: PhotoDao,
    private val model: InterestModel,
    private val extractor: String
) {
    suspend fun months(): List<MonthCount> = photos.months(extractor)

    /** State of a month's photos. */
    suspend fun state(month: Int): FloatArray {
        var state = model.initialState()
        forEachChunk(month) { state = model.update(it.features(), state) }
        return state
    }

    /** Goes through a month's photos, some at a time. */
    suspend fun forEachChunk(month: Int, action: suspend (List<PhotoFeatures>) -> Unit) {
        val size = minOf(MOST_PHOTOS_AT_ONCE, model.maximumPhotos)
        var offset = 0
        do {
            val chunk = photos.features(extractor, month, size, offset)
            if (chunk.isNotEmpty()) action(chunk)
            offset += size
        } while (chunk.size == size)
    }
}

internal fun List<PhotoFeatures>.features(): Array<ByteArray> = Array(size) { this[it].features }
