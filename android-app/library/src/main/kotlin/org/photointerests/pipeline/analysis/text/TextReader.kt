package org.photointerests.pipeline.analysis.text

import java.io.Closeable
import kotlin.math.abs
import org.photointerests.core.AnalyzerFiles
import org.photointerests.core.CardException
import org.photointerests.core.Input
import org.photointerests.pipeline.analysis.detections.Box
import org.photointerests.pipeline.decode.DecodedPhoto
import org.photointerests.pipeline.decode.PhotoDecoder
import org.photointerests.pipeline.decode.PhotoFile
import org.photointerests.pipeline.decode.uprightHeight
import org.photointerests.pipeline.decode.uprightWidth

// Pixels of the shorter side at which text is read, where the file has them.
private const val MINIMUM_SIDE = 1280

// Decoded pixels: a page is read well with a quarter of them, and each takes eight bytes.
private const val MAXIMUM_PIXELS = 16_000_000L

// Lines that are read of a photo, the largest first: a page of a book has 40.
private const val MAXIMUM_LINES = 100

// Of half its height: lines whose middles are nearer to each other are in one row.
private const val SAME_ROW = 0.7f

/**
 * Finds lines of text on photos and reads them, as Python does; photos are decoded by the [rule] of the
 * bundle, only larger. Not thread-safe.
 */
class TextReader(files: AnalyzerFiles, private val rule: Input) : Closeable {
    private val thresholds = files.card.thresholds
    private val decoder =
        PhotoDecoder(rule.reducedDecode.copy(minimumSide = MINIMUM_SIDE), MAXIMUM_PIXELS)
    private val detector = LineDetector(files, rule)
    private val reader = try {
        LineReader(files)
    } catch (error: CardException) {
        detector.close()
        throw error
    }

    /**
     * All lines of a photo in the order of reading, without the numbers of cards and accounts; throws
     * [org.photointerests.pipeline.decode.PhotoException].
     */
    fun read(file: PhotoFile): List<TextLine> {
        val photo = decoder.decode(file)
        return try {
            val found = inOrder(largest(detector.find(photo)))
            // Those of one width after each other: the model is seldom prepared again.
            val texts = found.sortedBy { reader.roomFor(it.width, it.height) }
                .associateWith { read(photo, it) }
            masked(found.mapNotNull { texts[it] })
        } finally {
            photo.bitmap.recycle()
        }
    }

    private fun read(photo: DecodedPhoto, line: FoundLine): TextLine? {
        val (text, score) = reader.read(LinePixels(photo, line, rule.background))
        if (text.isEmpty() || score < thresholds.getValue("text")) return null
        val x = line.corners.map { (it.x / photo.uprightWidth).coerceIn(0f, 1f) }
        val y = line.corners.map { (it.y / photo.uprightHeight).coerceIn(0f, 1f) }
        return TextLine(text, score, Box(x.min(), y.min(), x.max() - x.min(), y.max() - y.min()))
    }

    override fun close() {
        detector.close()
        reader.close()
    }
}

private fun largest(lines: List<FoundLine>) =
    lines.sortedByDescending { abs(it.across.x) + abs(it.across.y) }.take(MAXIMUM_LINES)

/** A card has its number on several lines: all are looked at together. */
private fun masked(lines: List<TextLine>): List<TextLine> {
    val texts = withoutPrivateNumbers(lines.joinToString("\n") { it.text }).split('\n')
    return lines.zip(texts) { line, text -> line.copy(text = text) }
}

/** Rows from top to bottom, each from left to right. */
private fun inOrder(lines: List<FoundLine>): List<FoundLine> {
    val rows = mutableListOf<MutableList<FoundLine>>()
    for (line in lines.sortedBy { it.middle.y }) {
        val first = rows.lastOrNull()?.first()
        val isSame = first != null &&
            abs(line.middle.y - first.middle.y) < abs(first.across.y) * SAME_ROW
        if (isSame) rows.last() += line else rows += mutableListOf(line)
    }
    return rows.flatMap { row -> row.sortedBy { it.middle.x } }
}
