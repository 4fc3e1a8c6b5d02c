package org.photointerests.pipeline.analysis.species

import android.graphics.Rect
import java.io.Closeable
import kotlin.math.max
import kotlin.math.min
import org.photointerests.core.AnalyzerFiles
import org.photointerests.core.Input
import org.photointerests.pipeline.analysis.detections.Box
import org.photointerests.pipeline.analysis.detections.Detection
import org.photointerests.pipeline.decode.DecodedPhoto
import org.photointerests.pipeline.decode.Letterbox
import org.photointerests.pipeline.decode.LetterboxPreprocessor
import org.photointerests.pipeline.decode.PhotoDecoder
import org.photointerests.pipeline.decode.PhotoFile
import org.photointerests.pipeline.decode.enlarged
import org.photointerests.pipeline.decode.shortSide
import org.photointerests.pipeline.decode.uprightHeight
import org.photointerests.pipeline.decode.uprightWidth
import org.photointerests.pipeline.decode.use

// Of the larger side of a box, on each side of it.
private const val MARGIN = 0.1

// Of all that is decoded.
private const val MAXIMUM_PIXELS = 16_000_000L

/**
 * Names animals on photos, as Python does; photos are decoded by the [rule] of the bundle, and
 * larger where a box has too few pixels. Not thread-safe.
 */
internal class SpeciesReader(files: AnalyzerFiles, private val rule: Input) : Closeable {
    private val classifier = SpeciesClassifier(files)
    private val fit = LetterboxPreprocessor(classifier.input, rule)
    private val decoder = PhotoDecoder(rule.reducedDecode, MAXIMUM_PIXELS)

    /**
     * The animals in some [boxes], without those that are not sure; throws
     * [org.photointerests.pipeline.decode.PhotoException].
     */
    fun inBoxes(file: PhotoFile, boxes: List<Box>): List<Detection> =
        cut(file, boxes, ::named).filterNotNull()

    /** What [use] makes of the square around each box, whose pixels the next one overwrites. */
    internal fun <T> cut(file: PhotoFile, boxes: List<Box>, use: (Letterbox, Box) -> T): List<T> =
        decoder.use(file) { photo ->
            boxes.map { box ->
                val pixels = photo.largerSide(box) * (1 + 2 * MARGIN)
                val wanted = classifier.input.side.toDouble()
                file.enlarged(photo, rule.reducedDecode, pixels, wanted, MAXIMUM_PIXELS) {
                    use(fit.fit(it, it.squareAround(box)), box)
                }
            }
        }

    /** The animal that a photo is of, with the square in its middle; throws the same. */
    fun inMiddle(file: PhotoFile): List<Detection> = decoder.use(file) { photo ->
        val middle = photo.middle()
        listOfNotNull(named(fit.fit(photo, middle), photo.box(middle)))
    }

    private fun named(picture: Letterbox, box: Box) =
        classifier.classify(picture)?.let { Detection(it.label, it.probability, box) }

    override fun close() = classifier.close()
}

private fun DecodedPhoto.largerSide(box: Box): Double =
    max(box.width.toDouble() * uprightWidth, box.height.toDouble() * uprightHeight)

/** The square around a box with its margin, cut at the photo's edges; halves become even. */
internal fun DecodedPhoto.squareAround(box: Box): Rect {
    val half = largerSide(box) * (0.5 + MARGIN)
    val across = (box.left + box.width.toDouble() / 2) * uprightWidth
    val down = (box.top + box.height.toDouble() / 2) * uprightHeight
    val left = max(0, Math.rint(across - half).toInt())
    val top = max(0, Math.rint(down - half).toInt())
    val right = min(uprightWidth, Math.rint(across + half).toInt())
    val bottom = min(uprightHeight, Math.rint(down + half).toInt())
    return Rect(left, top, max(right, left + 1), max(bottom, top + 1))
}

/** The largest square in the middle of a photo. */
private fun DecodedPhoto.middle(): Rect {
    val left = (uprightWidth - shortSide) / 2
    val top = (uprightHeight - shortSide) / 2
    return Rect(left, top, left + shortSide, top + shortSide)
}

private fun DecodedPhoto.box(part: Rect) = Box(
    part.left.toFloat() / uprightWidth,
    part.top.toFloat() / uprightHeight,
    part.width().toFloat() / uprightWidth,
    part.height().toFloat() / uprightHeight
)
