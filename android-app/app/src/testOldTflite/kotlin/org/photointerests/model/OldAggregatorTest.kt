package org.photointerests.model

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
 */
@RunWith(AppTestRunner::class)
class OldAggregatorTest {
    private val card = TestBundle.bundle.card
    private val model = TestBundle.bytes(card.aggregator.file)
    private val features = TestBundle.goldenFeatures()
    private val kinds = card.categories.size
    private val interpreters = List(subgraphs(model).size) { Interpreter(first(it), options()) }
    private val predict = interpreters.single { it.outputTensorCount == 3 }
    private val update = interpreters.single { it.inputTensorCount == 2 }
    private val finish = (interpreters - predict - update).single()

    @Test
    fun predict_goldenSet_givesGoldenAnswer() {
        predict.resizeInput(0, intArrayOf(features.size, card.features.dimension))
        val answers = run(predict, listOf(bytes(features)), listOf(1, features.size, features.size))
        val set = card.golden.set
        for (name in listOf(set.probabilities, set.contributions, set.photoProbabilities)) {
            val expected = TestBundle.floats(name)
            val nearest = answers.filter { it.size == expected.size }.minOf { it.from(expected) }
            assertTrue("$name: $nearest", nearest <= card.tolerances.probabilities)
        }
    }

    @Test
    fun updateAndFinish_setInMonths_giveGoldenProbabilities() {
        val start = FloatArray(card.state.shape.single()) { card.state.initial }
        val state = features.chunked(5).fold(start) { state, month ->
            val inputs = List(2) { update.getInputTensor(it).name() }
                .map { if ("state" in it) floats(state) else bytes(month) }
            val row = inputs.indexOfFirst { it.remaining() == month.size * month[0].size }
            update.resizeInput(row, intArrayOf(month.size, card.features.dimension))
            run(update, inputs, listOf(1), card.state.shape.single()).single()
        }
        val answer = run(finish, listOf(floats(state)), listOf(1)).single()
        val worst = answer.from(TestBundle.floats(card.golden.set.probabilities))
        assertTrue("$worst", worst <= card.tolerances.probabilities)
    }

    private fun FloatArray.from(other: FloatArray) = indices.maxOf { abs(this[it] - other[it]) }

    private fun run(
        interpreter: Interpreter,
        inputs: List<ByteBuffer>,
        rows: List<Int>,
        width: Int = kinds
    ): List<FloatArray> {
        // The order of the outputs is the converter's, so all get room for the largest.
        interpreter.allocateTensors()
        val outputs = rows.indices.map {
            direct(interpreter.getOutputTensor(it).numBytes())
        }
        check(outputs.sumOf { it.capacity() } == rows.sum() * width * Float.SIZE_BYTES)
        val byIndex = outputs.withIndex().associate { (index, buffer) -> index to buffer as Any }
        interpreter.runForMultipleInputsOutputs(inputs.toTypedArray(), byIndex)
        return outputs.map { buffer ->
            (buffer as Buffer).rewind()
            FloatArray(buffer.remaining() / Float.SIZE_BYTES).also {
                buffer.asFloatBuffer().get(it)
            }
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
