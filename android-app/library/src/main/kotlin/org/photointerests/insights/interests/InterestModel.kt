package org.photointerests.insights.interests

import java.io.Closeable
import kotlin.math.exp
import kotlin.math.ln1p
import org.photointerests.core.Bundle
import org.photointerests.core.CardException
import org.photointerests.core.PHOTO_PROBABILITIES
import org.tensorflow.lite.Interpreter

/**
 * What photos say; the order of interests is that of the card.
 *
 * [contributions] is each photo's share in each interest (every interest's shares sum to 1),
 * [photoProbabilities] what is on each photo by itself; both by photo, then by interest.
 * [photoKinds] is the probability of each kind on each photo; null unless it was asked for.
 */
class Prediction(
    val readout: Readout,
    val contributions: Array<FloatArray>,
    val photoProbabilities: Array<FloatArray>,
    val photoKinds: Array<FloatArray>? = null
)

/** A [state] after some more photos, and what is on each of these by itself, by photo and interest. */
class AddedPhotos(val state: FloatArray, val photoProbabilities: Array<FloatArray>)

/**
 * The readout of each interest from a state: its probability, and the expected number of [events] that
 * show it, which is null for bundles of format 1; and the probability of each kind.
 */
class Readout(
    val probabilities: FloatArray,
    val events: FloatArray?,
    val kindProbabilities: FloatArray
) {
    /** Interests are listed by this, the largest first. */
    val order: FloatArray get() = events ?: probabilities
}

/**
 * The aggregator: features of any number of photos to interests.
 *
 * Each photo has a weight, 1 / the number of photos of its event ([eventWeights]); bundles of format
 * 1 know no events and ignore it.
 */
class InterestModel(bundle: Bundle) : Closeable {
    private val card = bundle.card
    private val interests = card.interests.size
    private val rows = card.state.shape.dropLast(1).singleOrNull()
    private val hasEvents = card.events != null
    private val interpreter =
        Interpreter(bundle.aggregator(), Interpreter.Options().setNumThreads(1))

    /** Most photos that one call takes. */
    val maximumPhotos: Int get() = card.aggregator.maximumPhotos

    init {
        // TFLite compares every name and size with its own signatures.
        val probe = arrayOf(ByteArray(card.features.dimension))
        try {
            predict(probe)
            readout(accumulate(probe, initialState()))
        } catch (error: IllegalArgumentException) {
            interpreter.close()
            throw CardException("${card.aggregator.runFile} is not as its card says", error)
        }
    }

    /** Reads photos by their stored features, at least one and at most [maximumPhotos]. */
    @Synchronized
    fun predict(
        features: Array<ByteArray>,
        weights: FloatArray = FloatArray(features.size) { 1f },
        withKinds: Boolean = false
    ): Prediction {
        val answer = Prediction(
            emptyReadout(),
            Array(features.size) { FloatArray(interests) },
            Array(features.size) { FloatArray(interests) },
            if (withKinds && hasEvents) {
                Array(features.size) { FloatArray(card.kinds.size) }
            } else {
                null
            }
        )
        val outputs = answer.readout.outputs().toMutableMap()
        outputs["contributions"] = answer.contributions
        outputs[PHOTO_PROBABILITIES] = answer.photoProbabilities
        answer.photoKinds?.let { outputs["photo_kind_probabilities"] = it }
        interpreter.runSignature(inputs(features, weights), outputs, "predict")
        return answer
    }

    /** A state that has seen no photo. */
    fun initialState() = FloatArray(card.state.shape.reduce(Int::times)) { card.state.initial }

    /** The [state] after some more photos. */
    @Synchronized
    fun accumulate(
        features: Array<ByteArray>,
        state: FloatArray,
        weights: FloatArray = FloatArray(features.size) { 1f }
    ): FloatArray {
        val inputs = inputs(features, weights) + ("state" to shaped(state))
        val next = shaped(FloatArray(state.size))
        interpreter.runSignature(inputs, mapOf("state" to next), "update")
        return flat(next)
    }

    /** The [state] after some more photos, and what they show: each photo is classified once. */
    @Synchronized
    fun add(features: Array<ByteArray>, state: FloatArray, weights: FloatArray): AddedPhotos {
        if (!card.updateGivesPhotoProbabilities) {
            val next = accumulate(features, state, weights)
            return AddedPhotos(next, predict(features, weights).photoProbabilities)
        }
        val inputs = inputs(features, weights) + ("state" to shaped(state))
        val next = shaped(FloatArray(state.size))
        val shown = Array(features.size) { FloatArray(interests) }
        interpreter.runSignature(
            inputs,
            mapOf("state" to next, PHOTO_PROBABILITIES to shown),
            "update"
        )
        return AddedPhotos(flat(next), shown)
    }

    /** The state of all photos that two states have seen, as the card says: see its `merge`. */
    fun combine(one: FloatArray, other: FloatArray) = FloatArray(one.size) {
        if (hasEvents) one[it] + other[it] else logAddExp(one[it], other[it])
    }

    /** The [state] as if it had not seen the photos of [part]; for bundles that know events. */
    fun remove(part: FloatArray, state: FloatArray): FloatArray {
        check(hasEvents) { "photos cannot be taken out of a state of format 1" }
        return FloatArray(state.size) { state[it] - part[it] }
    }

    /**
     * The [state] of one photo as if it showed none of some [interests], by their places in the card.
     *
     * Of an event all but its weight is taken away: the photo still is a part of the gallery.
     */
    fun without(interests: Collection<Int>, state: FloatArray): FloatArray {
        val length = card.state.shape.last()
        val kept = if (hasEvents) 1 else 0
        return state.copyOf().also { changed ->
            for (row in 0 until state.size / length - kept) {
                for (interest in interests) changed[row * length + interest] = card.state.initial
            }
        }
    }

    /** What all photos that a [state] has seen say. */
    @Synchronized
    fun readout(state: FloatArray): Readout = emptyReadout().also {
        interpreter.runSignature(mapOf("state" to shaped(state)), it.outputs(), "finish")
    }

    /** Share of each photo in each interest of the photos that [total] has seen. */
    fun shares(
        features: Array<ByteArray>,
        weights: FloatArray,
        total: FloatArray
    ): Array<FloatArray> {
        val prediction = predict(features, weights)
        // How much of the whole these photos are together.
        val events = readout(total).events
        val part = if (events == null) {
            val state = accumulate(features, initialState())
            FloatArray(interests) { exp(state[it] - total[it]) }
        } else {
            val own = checkNotNull(prediction.readout.events)
            FloatArray(interests) { if (events[it] > 0) own[it] / events[it] else 0f }
        }
        return Array(features.size) { row ->
            FloatArray(interests) { prediction.contributions[row][it] * part[it] }
        }
    }

    override fun close() = interpreter.close()

    private fun emptyReadout() = Readout(
        FloatArray(interests),
        if (hasEvents) FloatArray(interests) else null,
        FloatArray(card.kinds.size)
    )

    private fun Readout.outputs(): Map<String, Any> = buildMap {
        put("probabilities", probabilities)
        events?.let {
            put("events", it)
            put("kind_probabilities", kindProbabilities)
        }
    }

    private fun inputs(features: Array<ByteArray>, weights: FloatArray): Map<String, Any> {
        require(features.isNotEmpty()) { "no photos: expected at least one, received 0" }
        require(features.size <= maximumPhotos) {
            "photos: expected at most $maximumPhotos, received ${features.size}"
        }
        require(features.all { it.size == card.features.dimension }) {
            "features: expected ${card.features.dimension} bytes a photo"
        }
        require(weights.size == features.size) {
            "weights: expected one for each of ${features.size} photos, received ${weights.size}"
        }
        return if (hasEvents) {
            mapOf("features" to features, "weights" to weights)
        } else {
            mapOf("features" to features)
        }
    }

    /** A state in the shape that the model takes it in: TFLite looks at the shape of arrays. */
    private fun shaped(state: FloatArray): Any {
        val count = rows ?: return state
        val length = state.size / count
        return Array(count) { state.copyOfRange(it * length, (it + 1) * length) }
    }

    private fun flat(shaped: Any): FloatArray {
        if (shaped is FloatArray) return shaped
        val parts = (shaped as Array<*>).map { it as FloatArray }
        return FloatArray(parts.sumOf { it.size }).also { all ->
            parts.forEachIndexed { row, part -> part.copyInto(all, row * part.size) }
        }
    }
}

private fun logAddExp(one: Float, other: Float): Float {
    val most = maxOf(one, other)
    return most + ln1p(exp(minOf(one, other) - most))
}
