package org.photointerests.insights.interests

import java.io.Closeable
import kotlin.math.exp
import kotlin.math.ln1p
import org.photointerests.core.Bundle
import org.photointerests.core.CardException
import org.photointerests.core.check
import org.tensorflow.lite.Interpreter

/**
 * What photos say; the order of interests is that of the card.
 *
 * [contributions] is each photo's share in each interest (every interest's shares sum to 1),
 * [photoProbabilities] what is on each photo by itself; both by photo, then by interest.
 */
class Prediction(
    val probabilities: FloatArray,
    val contributions: Array<FloatArray>,
    val photoProbabilities: Array<FloatArray>
)

/** The aggregator: features of any number of photos to interests. */
class InterestModel(bundle: Bundle) : Closeable {
    private val card = bundle.card
    private val interests = card.categories.size
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
    fun predict(features: Array<ByteArray>): Prediction {
        check(features)
        val answer = Prediction(
            FloatArray(interests),
            Array(features.size) { FloatArray(interests) },
            Array(features.size) { FloatArray(interests) }
        )
        val outputs = mapOf(
            "probabilities" to answer.probabilities,
            "contributions" to answer.contributions,
            "photo_probabilities" to answer.photoProbabilities
        )
        interpreter.runSignature(mapOf("features" to features), outputs, "predict")
        return answer
    }

    /** A state that has seen no photo. */
    fun initialState() = FloatArray(card.state.shape.single()) { card.state.initial }

    /** The [state] after some more photos. */
    @Synchronized
    fun accumulate(features: Array<ByteArray>, state: FloatArray): FloatArray {
        check(features)
        val next = FloatArray(state.size)
        val inputs = mapOf("features" to features, "state" to state)
        interpreter.runSignature(inputs, mapOf("state" to next), "update")
        return next
    }

    /** The state of all photos that two states have seen: log(exp(a) + exp(b)), as the card says. */
    fun combine(one: FloatArray, other: FloatArray) = FloatArray(one.size) {
        val most = maxOf(one[it], other[it])
        most + ln1p(exp(minOf(one[it], other[it]) - most))
    }

    /** Probability of each interest, of all photos that a [state] has seen. */
    @Synchronized
    fun readout(state: FloatArray): FloatArray {
        val probabilities = FloatArray(interests)
        interpreter.runSignature(
            mapOf("state" to state),
            mapOf("probabilities" to probabilities),
            "finish"
        )
        return probabilities
    }

    override fun close() = interpreter.close()

    private fun check(features: Array<ByteArray>) {
        require(features.isNotEmpty()) { "no photos: expected at least one, received 0" }
        require(features.size <= maximumPhotos) {
            "photos: expected at most $maximumPhotos, received ${features.size}"
        }
        require(features.all { it.size == card.features.dimension }) {
            "features: expected ${card.features.dimension} bytes a photo"
        }
    }
}
