package org.photointerests.insights.interests

import java.nio.Buffer
import java.nio.ByteBuffer
import java.nio.ByteOrder
import kotlin.math.abs
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestBundle
import org.tensorflow.lite.Interpreter

private const val SUBGRAPHS_SLOT = 8 // in the vtable of the schema's Model

/**
 * The aggregator on TFLite's own Java layer of 2.6, which refuses operations newer than itself.
 *
 * It knows one signature a file and runs the first subgraph alone; each comes first in its turn.
 * Tensors cannot be asked anything: they are a class in 2.6, and an interface in the app's TFLite.
 */
@RunWith(AppTestRunner::class)
class OldAggregatorTest {
    private val card = TestBundle.bundle.card
    private val model = TestBundle.bytes(card.aggregator.runFile)
    private val features = TestBundle.goldenFeatures()
    private val weights = TestBundle.goldenWeights()
    private val widest = maxOf(card.interests.size, card.kinds.size)
    private val interpreters = List(subgraphs(model).size) { Interpreter(first(it), options()) }
    private val predict = interpreters.maxBy { it.outputTensorCount }
    private val update = (interpreters - predict).maxBy { it.inputTensorCount }
    private val finish = (interpreters - predict - update).single()

    @Test
    fun predict_goldenSet_givesGoldenAnswer() {
        val inputs = photos(predict, "predict", features, weights.asList())
        val answers = run(predict, inputs, predict.outputTensorCount, features.size * widest)
        val set = card.golden.set
        for (name in listOf(set.probabilities, set.contributions, set.photoProbabilities)) {
            val expected = TestBundle.floats(name)
            // The order of the outputs is the converter's.
            val nearest = answers.minOf { distance(expected, it) }
            assertTrue("$name: $nearest", nearest <= card.tolerances.probabilities)
        }
    }

    @Test
    fun updateAndFinish_setInMonths_giveGoldenProbabilities() {
        val start = FloatArray(card.state.shape.reduce(Int::times)) { card.state.initial }
        val state = features.zip(weights.asList()).chunked(5).fold(start) { state, month ->
            val (rows, parts) = month.unzip()
            val inputs = photos(update, "update", rows, parts) +
                (update.getInputIndex("update_state:0") to floats(state))
            run(update, inputs, outputs = 1, state.size).single()
        }
        val answers = run(finish, mapOf(0 to floats(state)), finish.outputTensorCount, widest)
        val expected = TestBundle.floats(card.golden.set.probabilities)
        val nearest = answers.minOf { distance(expected, it) }
        assertTrue("$nearest", nearest <= card.tolerances.probabilities)
    }

    /** The inputs that photos are, by their place. */
    private fun photos(
        interpreter: Interpreter,
        signature: String,
        rows: List<ByteArray>,
        parts: List<Float>
    ): Map<Int, ByteBuffer> = buildMap {
        val features = interpreter.getInputIndex("${signature}_features:0")
        interpreter.resizeInput(features, intArrayOf(rows.size, card.features.dimension))
        put(features, bytes(rows))
        if (card.events != null) {
            val weights = interpreter.getInputIndex("${signature}_weights:0")
            interpreter.resizeInput(weights, intArrayOf(rows.size))
            put(weights, floats(parts.toFloatArray()))
        }
    }

    private fun distance(expected: FloatArray, received: FloatArray) =
        expected.indices.maxOf { abs(expected[it] - received[it]) }

    /** Every output gets room for the largest: a tensor cannot be asked for its size here. */
    private fun run(
        interpreter: Interpreter,
        inputs: Map<Int, ByteBuffer>,
        outputs: Int,
        mostFloats: Int
    ): List<FloatArray> {
        val buffers = List(outputs) { direct(mostFloats * Float.SIZE_BYTES) }
        val byIndex = buffers.withIndex().associate { (index, buffer) -> index to buffer as Any }
        val ordered = Array<Any>(inputs.size) { inputs.getValue(it) }
        interpreter.runForMultipleInputsOutputs(ordered, byIndex)
        return buffers.map { buffer ->
            (buffer as Buffer).rewind()
            FloatArray(mostFloats).also { buffer.asFloatBuffer().get(it) }
        }
    }

    /** The model with one of its subgraphs in the first place: two offsets change places. */
    private fun first(index: Int): ByteBuffer {
        val places = subgraphs(model)
        val copy = direct(model.size).put(model)
        fun target(place: Int) = place + copy.getInt(place)
        val (old, new) = target(places[0]) to target(places[index])
        copy.putInt(places[0], new - places[0])
        copy.putInt(places[index], old - places[index])
        (copy as Buffer).flip()
        return copy
    }

    /** Where the file's vector of subgraphs holds the offset of each. */
    private fun subgraphs(model: ByteArray): List<Int> {
        val file = ByteBuffer.wrap(model).order(ByteOrder.LITTLE_ENDIAN)
        val root = file.getInt(0)
        val field = root + file.getShort(root - file.getInt(root) + SUBGRAPHS_SLOT)
        val vector = field + file.getInt(field)
        return List(file.getInt(vector)) { vector + Int.SIZE_BYTES * (it + 1) }
    }

    private fun options() = Interpreter.Options().setNumThreads(1)

    private fun bytes(rows: List<ByteArray>) = direct(rows.sumOf { it.size }).apply {
        rows.forEach { put(it) }
        (this as Buffer).flip()
    }

    private fun floats(values: FloatArray) = direct(values.size * Float.SIZE_BYTES).apply {
        values.forEach { putFloat(it) }
        (this as Buffer).flip()
    }

    private fun direct(bytes: Int) = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder())
}
