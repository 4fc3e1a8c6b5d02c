package org.photointerests.pipeline.analysis.text

import java.io.Closeable
import java.nio.Buffer
import java.nio.ByteBuffer
import org.photointerests.core.AnalyzerFiles
import org.photointerests.core.CardException
import org.photointerests.core.Input
import org.photointerests.core.PixelInput
import org.photointerests.core.directBuffer
import org.photointerests.pipeline.analysis.AnalyzerModel
import org.photointerests.pipeline.decode.DecodedPhoto
import org.photointerests.pipeline.decode.Letterbox
import org.photointerests.pipeline.decode.LetterboxPreprocessor
import org.photointerests.pipeline.decode.RGB
import org.photointerests.pipeline.decode.uprightHeight
import org.photointerests.pipeline.decode.uprightWidth

// Sides of a picture are rounded up to a multiple: the model halves them five times.
private const val SIDE_STEP = 32

/** Finds lines of text on photos, as Python does. Not thread-safe. */
internal class LineDetector(files: AnalyzerFiles, rule: Input) : Closeable {
    private val thresholds = files.card.thresholds
    private val input = files.card.input as? PixelInput ?: throw CardException(
        "input of ${files.card.name}: expected pixels, received ${files.card.input}"
    )
    private val side = input.side
    private val fit = LetterboxPreprocessor(input, rule)
    private val model = AnalyzerModel(files)

    init {
        model.check { detect(Letterbox(directBuffer(side * side * RGB), side, side)) }
    }

    /** Lines from top to bottom, in pixels of the photo. */
    fun find(photo: DecodedPhoto): List<FoundLine> {
        val fitted = fit.fit(photo)
        val map = detect(fitted)
        val scaleX = photo.uprightWidth.toFloat() / fitted.width
        val scaleY = photo.uprightHeight.toFloat() / fitted.height
        return findLines(map, thresholds.getValue("pixel"), thresholds.getValue("line"))
            .map { it.scaled(scaleX, scaleY) }
    }

    /** The map of a picture; the model takes no more of the square than the picture needs. */
    private fun detect(fitted: Letterbox): TextMap {
        val width = upToStep(fitted.width)
        val height = upToStep(fitted.height)
        val probability = directBuffer(width * height * Float.SIZE_BYTES)
        model.resize(intArrayOf(1, height, width, RGB))
        model.run(
            "pixels" to part(fitted.pixels, width, height),
            mapOf("probability" to probability)
        )
        val values = FloatArray(width * height)
        (probability as Buffer).rewind()
        probability.asFloatBuffer().get(values)
        return TextMap(values, width, fitted.width, fitted.height)
    }

    /** The top left of the square. */
    private fun part(square: ByteBuffer, width: Int, height: Int): ByteBuffer {
        val pixels = directBuffer(width * height * RGB)
        val row = ByteArray(width * RGB)
        for (y in 0 until height) {
            (square as Buffer).position(y * side * RGB)
            square.get(row)
            pixels.put(row)
        }
        (pixels as Buffer).rewind() // ByteBuffer.rewind() itself is missing before Android 9
        return pixels
    }

    private fun upToStep(length: Int) = (length + SIDE_STEP - 1) / SIDE_STEP * SIDE_STEP

    override fun close() = model.close()
}
