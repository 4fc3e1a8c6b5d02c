package org.photointerests.insights.interests

import android.database.sqlite.SQLiteFullException
import android.util.Log
import java.nio.ByteBuffer
import java.nio.ByteOrder
import org.photointerests.pipeline.analysis.features.PhotoFeatures
import org.photointerests.pipeline.index.PhotoDatabase

/** What a month's [photos] photos say together; [revision] changes whenever they do. */
internal class MonthEvidence(
    val month: Int,
    val photos: Int,
    val revision: Long,
    val state: FloatArray
)

private const val PRIME = 31

/** Names the models that states come from: those of other models are never mixed in. */
internal class Models(val extractor: String, aggregator: String) {
    val key = "$extractor $aggregator"
}

/**
 * The stored photos, month by month, and what the aggregator makes of them.
 *
 * A month's state is stored too. Photos that came since are added to it; only where one was changed
 * or deleted is the month read again. [photosAtOnce] bounds the memory of one step; the answer does
 * not depend on it.
 */
internal class FeatureStore(
    database: PhotoDatabase,
    private val model: InterestModel,
    private val models: Models,
    private val photosAtOnce: Int
) {
    private val photos = database.features()
    private val profiles = database.profiles()

    /** All months with photos, oldest first. */
    suspend fun months(): List<MonthEvidence> {
        val stored = profiles.monthStates(models.key).associateBy { it.month }
        return profiles.months(models.extractor, models.key).map { month ->
            val known = stored[month.month]?.takeIf {
                it.photos == month.knownPhotos && it.itemSum == month.knownSum
            }
            if (known?.lastItem == month.lastItem) known.evidence() else read(month.month, known)
        }
    }

    /** Adds the photos of a month to a state that holds all of them up to an item. */
    private suspend fun read(month: Int, known: MonthState?): MonthEvidence {
        var state = known?.state?.floats() ?: model.initialState()
        // Counted here: photos may have come since the months were listed.
        var count = known?.photos ?: 0
        var last = known?.lastItem ?: Long.MIN_VALUE
        var sum = known?.itemSum ?: 0
        forEachChunk(month, last) { chunk ->
            state = model.accumulate(chunk.features(), state)
            count += chunk.size
            last = chunk.last().item
            sum += chunk.sumOf { it.item }
        }
        val read = MonthState(month, models.key, count, last, sum, state.bytes())
        ifThereIsRoom { profiles.put(read) }
        return read.evidence()
    }

    private fun MonthState.evidence() =
        MonthEvidence(month, photos, lastItem * PRIME + itemSum, state.floats())

    /** Goes through the photos of a month, some photos at a time. */
    suspend fun forEachChunk(
        month: Int,
        after: Long = Long.MIN_VALUE,
        action: suspend (List<PhotoFeatures>) -> Unit
    ) {
        val size = minOf(photosAtOnce, model.maximumPhotos)
        var last = after
        do {
            val chunk = photos.features(models.extractor, month, last, size)
            if (chunk.isNotEmpty()) {
                last = chunk.last().item
                action(chunk)
            }
        } while (chunk.size == size)
    }
}

/** Keeps what can be computed again: on a full disk the app works without it. */
internal suspend fun ifThereIsRoom(write: suspend () -> Unit) = try {
    write()
} catch (error: SQLiteFullException) {
    Log.w("StoredFeatures", "not kept: the storage is full", error)
    Unit
}

internal fun List<PhotoFeatures>.features(): Array<ByteArray> = Array(size) { this[it].features }

private fun FloatArray.bytes(): ByteArray {
    val buffer = ByteBuffer.allocate(size * Float.SIZE_BYTES).order(ByteOrder.LITTLE_ENDIAN)
    buffer.asFloatBuffer().put(this)
    return buffer.array()
}

internal fun ByteArray.floats(): FloatArray {
    val buffer = ByteBuffer.wrap(this).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer()
    return FloatArray(buffer.remaining()).also { buffer.get(it) }
}
