package org.photointerests.pipeline.analysis

import java.io.Closeable
import java.nio.Buffer
import java.nio.ByteBuffer
import org.photointerests.core.AnalyzerFiles
import org.photointerests.core.CardException
import org.tensorflow.lite.Interpreter

private const val SIGNATURE = "serving_default"

/** Runs the model of an analyzer that is in a [file] of it, in one thread. Not thread-safe. */
internal class AnalyzerModel(files: AnalyzerFiles, private val file: String = files.card.model) :
    Closeable {
    private val card = files.card
    private val interpreter = Interpreter(files.file(file), Interpreter.Options().setNumThreads(1))

    /** Closes the model and throws [CardException] where it does not take what its card says. */
    fun check(run: () -> Unit) = try {
        // TFLite compares names and sizes with its own signature.
        run()
    } catch (error: IllegalArgumentException) {
        close()
        throw CardException("$file of ${card.name} is not as its card says", error)
    }

    /** Has its only input be of another shape from now on. */
    fun resize(shape: IntArray) = interpreter.resizeInput(0, shape)

    /** Fills the [outputs] by their names. */
    fun run(input: Pair<String, Any>, outputs: Map<String, Any>) =
        interpreter.runSignature(mapOf(input), outputs, SIGNATURE)

    /** Runs a model that is older than signatures, of one input and one output of bytes. */
    fun run(input: ByteBuffer, output: ByteBuffer) {
        (output as Buffer).clear() // ByteBuffer.clear() itself is missing before Android 9
        interpreter.run(input, output)
    }

    override fun close() = interpreter.close()
}
