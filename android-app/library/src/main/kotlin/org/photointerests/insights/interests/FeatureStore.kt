package org.photointerests.insights.interests

import android.database.sqlite.SQLiteException
import android.util.Log
import androidx.room.withTransaction
import java.nio.ByteBuffer
import java.nio.ByteOrder
import org.photointerests.core.AppError
import org.photointerests.core.ModelCard
import org.photointerests.core.appErrorOf
import org.photointerests.pipeline.analysis.features.PhotoFeatures
import org.photointerests.pipeline.analysis.features.PhotoTime
import org.photointerests.pipeline.index.PhotoDatabase

/** What a month's [photos] photos say together; [revision] changes whenever they do. */
internal class MonthEvidence(
    val month: Int,
    val photos: Int,
    val revision: Long,
    val state: FloatArray
)

/** By item: places in the card of the interests that a photo does not show, as the user says. */
internal typealias Rejections = Map<Long, Set<Int>>

// What shows an interest nearly is kept too: where no photo shows it, these come closest.
private const val CLOSE = 0.5f
private const val PRIME = 31
private const val MILLISECONDS_A_MINUTE = 60_000

/**
 * The stored photos, month by month, and what the aggregator makes of them.
 *
 * A month's state is stored too, and which of its photos show which interests. Photos that came
 * since are added to it, and those whose events have grown by them are taken out and added again;
 * only where a photo was changed or deleted is the month read again. [photosAtOnce] bounds the memory
 * of one step; the answer does not depend on it.
 */
internal class FeatureStore(
    private val database: PhotoDatabase,
    private val model: InterestModel,
    private val card: ModelCard,
    private val photosAtOnce: Int
) {
    private val photos = database.features()
    private val profiles = database.profiles()
    private val feedback = database.feedback()
    private val places = card.interests.withIndex().associate { (place, it) -> it.id to place }
    private val gapMs = card.events?.let { (it.gapMinutes * MILLISECONDS_A_MINUTE).toLong() }

    /** All months with photos, oldest first. */
    suspend fun months(): List<MonthEvidence> {
        val stored = profiles.monthStates(card.insightsVersion).associateBy { it.month }
        return profiles.months(card.extractorVersion, card.insightsVersion).map { month ->
            val known = stored[month.month]?.takeIf {
                it.photos == month.knownPhotos && it.itemSum == month.knownSum
            }
            if (known?.lastItem == month.lastItem) known.evidence() else read(month.month, known)
        }
    }

    /** Adds the photos of a month to a state that holds all of them up to an item. */
    private suspend fun read(month: Int, known: MonthState?): MonthEvidence {
        // Listed here: photos may have come and gone since the months were.
        val all = times(month)
        val rejected = rejected(month)
        val (before, new) = all.partition { known != null && it.item <= known.lastItem }
        if (known != null && !known.isOf(before)) return read(month, null)
        val weights = weights(all)
        val weightsBefore = weights(before)
        val moved = before.map { it.item }.filter { weights[it] != weightsBefore[it] }
        var state = known?.state?.floats() ?: model.initialState()
        val shown = mutableListOf<PhotoInterest>()
        forEachChunk(new.map { it.item }) { chunk ->
            val added = add(chunk, state, weights, rejected)
            state = added.state
            shown += shown(month, chunk, added.photoProbabilities, rejected)
        }
        forEachChunk(moved) { chunk ->
            val part = accumulate(chunk, model.initialState(), weightsBefore, rejected)
            state = accumulate(chunk, model.remove(part, state), weights, rejected)
        }
        val sum = all.sumOf { it.item }
        val last = all.maxOfOrNull { it.item } ?: Long.MIN_VALUE
        val read = MonthState(month, card.insightsVersion, all.size, last, sum, state.bytes())
        ifThereIsRoom { store(read, shown, rejected, isWhole = known == null) }
        return read.evidence()
    }

    /** The same as [accumulate], and what the photos show: most are classified once for both. */
    private fun add(
        chunk: List<PhotoFeatures>,
        state: FloatArray,
        weights: Map<Long, Float>,
        rejected: Rejections
    ): AddedPhotos = if (chunk.any { it.item in rejected }) {
        AddedPhotos(
            accumulate(chunk, state, weights, rejected),
            model.predict(chunk.features()).photoProbabilities
        )
    } else {
        model.add(chunk.features(), state, weights.of(chunk))
    }

    /** Adds photos to a state; those of which the user said something one by one. */
    private fun accumulate(
        chunk: List<PhotoFeatures>,
        state: FloatArray,
        weights: Map<Long, Float>,
        rejected: Rejections
    ): FloatArray {
        val (corrected, others) = chunk.partition { it.item in rejected }
        val sum = if (others.isEmpty()) {
            state
        } else {
            model.accumulate(others.features(), state, weights.of(others))
        }
        return corrected.fold(sum) { total, photo ->
            val alone = listOf(photo)
            val part =
                model.accumulate(alone.features(), model.initialState(), weights.of(alone))
            model.combine(total, model.without(rejected.getValue(photo.item), part))
        }
    }

    /** Which interests each photo of a month does not show, as the user says. */
    suspend fun rejected(month: Int): Rejections = feedback.rejected(month)
        .groupBy({ it.item }) { places[it.category] }
        .mapValues { (_, interests) -> interests.filterNotNull().toSet() }

    private suspend fun store(
        state: MonthState,
        shown: List<PhotoInterest>,
        rejected: Rejections,
        isWhole: Boolean
    ) = database.withTransaction {
        // The user may have said something meanwhile: then the month is read again.
        if (rejected(state.month) != rejected) return@withTransaction
        val there = times(state.month).map { it.item }.toSet()
        if (isWhole) {
            profiles.deletePhotoInterests(state.month)
            profiles.deletePhotoKinds(state.month)
        }
        profiles.put(shown.filter { it.item in there })
        profiles.put(state)
    }

    private fun shown(
        month: Int,
        chunk: List<PhotoFeatures>,
        onPhotos: Array<FloatArray>,
        rejected: Rejections
    ) = chunk.flatMapIndexed { row, photo ->
        onPhotos[row].withIndex().filter { it.value >= card.thresholds.photo * CLOSE }
            .filter { it.index !in rejected[photo.item].orEmpty() }
            .map { PhotoInterest(photo.item, it.index, month, it.value) }
    }

    private suspend fun times(month: Int) = photos.times(card.extractorVersion, month)

    /** Weights of a month's photos, by item. */
    suspend fun weights(month: Int): Map<Long, Float> = weights(times(month))

    private fun weights(photos: List<PhotoTime>): Map<Long, Float> {
        if (gapMs == null) return photos.associate { it.item to 1f }
        val weights = eventWeights(photos.map { it.takenAtMs.takeIf { _ -> it.timed } }, gapMs)
        return photos.withIndex().associate { (row, photo) -> photo.item to weights[row] }
    }

    /** Goes through the photos of a month, some photos at a time. */
    suspend fun forEachChunk(month: Int, action: suspend (List<PhotoFeatures>) -> Unit) =
        forEachChunk(times(month).map { it.item }, action)

    /** Goes through those of these photos that are still there, some photos at a time. */
    suspend fun forEachChunk(items: List<Long>, action: suspend (List<PhotoFeatures>) -> Unit) =
        items.chunked(minOf(photosAtOnce, model.maximumPhotos)).forEach { part ->
            val chunk = photos.features(card.extractorVersion, part)
            if (chunk.isNotEmpty()) action(chunk)
        }
}

private fun MonthState.isOf(items: List<PhotoTime>) =
    photos == items.size && itemSum == items.sumOf { it.item }

private fun MonthState.evidence() =
    MonthEvidence(month, photos, lastItem * PRIME + itemSum, state.floats())

/** Weights of photos in their order. */
internal fun Map<Long, Float>.of(photos: List<PhotoFeatures>) =
    FloatArray(photos.size) { getValue(photos[it].item) }

/** Keeps what can be computed again: on a full disk the app works without it. */
internal suspend fun ifThereIsRoom(write: suspend () -> Unit) = try {
    write()
} catch (error: SQLiteException) {
    if (appErrorOf(error) != AppError.STORAGE_FULL) throw error
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
