package org.photointerests.interests

import android.database.sqlite.SQLiteFullException
import android.util.Log
import java.nio.ByteBuffer
import java.nio.ByteOrder
import kotlin.random.Random
import org.photointerests.model.InterestModel
import org.photointerests.store.MonthState
import org.photointerests.store.PhotoDatabase
import org.photointerests.store.PhotoFeatures

/** What a month's [photos] photos say together; [token] changes whenever they do. */
internal class MonthEvidence(
    val month: Int,
    val photos: Int,
    val token: Long,
    val state: FloatArray
)

/** Names the models that states come from: those of other models are never mixed in. */
internal class Models(val extractor: String, aggregator: String) {
    val key = "$extractor $aggregator"
}

/**
 * The stored photos, month by month, and what the aggregator makes of them.
 *
 * A month's state is stored too, and made anew only after a photo of it has changed. [photosAtOnce]
 * bounds the memory of one step; the answer does not depend on it.
 */
internal class StoredFeatures(
    database: PhotoDatabase,
    private val model: InterestModel,
    private val models: Models,
    private val photosAtOnce: Int
) {
    private val photos = database.photos()
    private val profiles = database.profiles()

    /** All months with photos, oldest first. */
    suspend fun months(): List<MonthEvidence> {
        val stored = profiles.monthStates(models.key).associateBy { it.month }
        return photos.months(models.extractor).map { (month, count) ->
            val known = stored[month]
            val state = known?.state
            if (state != null) {
                MonthEvidence(month, count, known.token, state.floats())
            } else {
                read(month)
            }
        }
    }

    private suspend fun read(month: Int): MonthEvidence {
        val token = Random.nextLong()
        ifThereIsRoom { profiles.begin(MonthState(month, models.key, token, null)) }
        var state = model.initialState()
        // Counted here: a photo that comes after an earlier count, but before this begins,
        // is in the state, and nothing would ever make the month anew for it.
        var count = 0
        forEachChunk(month) {
            state = model.update(it.features(), state)
            count += it.size
        }
        ifThereIsRoom { profiles.end(month, token, state.bytes()) }
        return MonthEvidence(month, count, token, state)
    }

    /** Goes through the photos of a month, some photos at a time. */
    suspend fun forEachChunk(month: Int, action: suspend (List<PhotoFeatures>) -> Unit) {
        val size = minOf(photosAtOnce, model.maximumPhotos)
        var last = Long.MIN_VALUE
        do {
            val chunk = photos.features(models.extractor, month, last, size)
            if (chunk.isNotEmpty()) {
                last = chunk.last().row
                action(chunk)
            }
        } while (chunk.size == size)
    }
}

/** Keeps what can be made anew: on a full disk the app goes on without it. */
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

private fun ByteArray.floats(): FloatArray {
    val buffer = ByteBuffer.wrap(this).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer()
    return FloatArray(buffer.remaining()).also { buffer.get(it) }
}
