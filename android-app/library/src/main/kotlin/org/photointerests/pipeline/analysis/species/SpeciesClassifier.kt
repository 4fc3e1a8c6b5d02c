package org.photointerests.pipeline.analysis.species

import java.io.Closeable
import java.nio.ByteBuffer
import org.photointerests.core.AnalyzerFiles
import org.photointerests.core.CardException
import org.photointerests.core.PixelInput
import org.photointerests.core.directBuffer
import org.photointerests.pipeline.analysis.AnalyzerModel
import org.photointerests.pipeline.decode.Letterbox
import org.photointerests.pipeline.decode.RGB

private const val BACKGROUND = "background"
private const val BYTE = 255

// Of a probability, as TFLite's softmax of 8-bit numbers always has it.
private const val STEP = 1 / 256f

/** The place of a species in its card's labels, and how probable it is. */
internal class Species(val label: Int, val probability: Float)

/** Names the animal that fills a picture, by a network of 8-bit numbers. Not thread-safe. */
internal class SpeciesClassifier(files: AnalyzerFiles) : Closeable {
    private val card = files.card
    private val least = card.thresholds.getValue("score")
    private val outputs = directBuffer(card.labels.size)
    private val model: AnalyzerModel

    /** The square that it looks at. */
    val input = card.input as? PixelInput
        ?: throw CardException("input of ${card.name}: expected pixels, received ${card.input}")

    init {
        model = AnalyzerModel(files)
        model.check { model.run(directBuffer(input.side * input.side * RGB), outputs) }
    }

    /** Null where no species is probable enough, or none is there. */
    fun classify(picture: Letterbox): Species? {
        val probabilities = probabilities(picture.pixels)
        val best = probabilities.indices.maxBy { probabilities[it] }
        return Species(best, probabilities[best])
            .takeIf { it.probability >= least && card.labels[best].id != BACKGROUND }
    }

    /** Probability of each label of the card. */
    fun probabilities(pixels: ByteBuffer): FloatArray {
        model.run(pixels, outputs)
        return FloatArray(card.labels.size) { (outputs[it].toInt() and BYTE) * STEP }
    }

    override fun close() = model.close()
}
