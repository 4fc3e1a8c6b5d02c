package org.photointerests.pipeline.analysis

import java.io.Closeable
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

    override fun close() = interpreter.close()
}
