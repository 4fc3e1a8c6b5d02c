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
    private val kinds = card.categories.size
    private val interpreters = List(subgraphs(model).size) { Interpreter(first(it), options()) }
    private val predict = interpreters.single { it.outputTensorCount == 3 }
    private val update = interpreters.single { it.inputTensorCount == 2 }
    private val finish = (interpreters - predict - update).single()

    @Test
    fun predict_goldenSet_givesGoldenAnswer() {
        predict.resizeInput(0, intArrayOf(features.size, card.features.dimension))
        val answers = run(predict, listOf(bytes(features)), outputs = 3, features.size * kinds)
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
        val rows = update.getInputIndex("update_features:0")
        val start = FloatArray(card.state.shape.single()) { card.state.initial }
        val state = features.chunked(5).fold(start) { state, month ->
            update.resizeInput(rows, intArrayOf(month.size, card.features.dimension))
            val inputs = listOf(bytes(month), floats(state))
            val ordered = if (rows == 0) inputs else inputs.reversed()
            run(update, ordered, outputs = 1, state.size).single()
        }
        val answer = run(finish, listOf(floats(state)), outputs = 1, kinds).single()
        val worst = distance(TestBundle.floats(card.golden.set.probabilities), answer)
        assertTrue("$worst", worst <= card.tolerances.probabilities)
    }

    private fun distance(expected: FloatArray, received: FloatArray) =
        expected.indices.maxOf { abs(expected[it] - received[it]) }

    /** Every output gets room for the largest: a tensor cannot be asked for its size here. */
    private fun run(
        interpreter: Interpreter,
        inputs: List<ByteBuffer>,
        outputs: Int,
        mostFloats: Int
    ): List<FloatArray> {
        val buffers = List(outputs) { direct(mostFloats * Float.SIZE_BYTES) }
        val byIndex = buffers.withIndex().associate { (index, buffer) -> index to buffer as Any }
        interpreter.runForMultipleInputsOutputs(inputs.toTypedArray(), byIndex)
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
