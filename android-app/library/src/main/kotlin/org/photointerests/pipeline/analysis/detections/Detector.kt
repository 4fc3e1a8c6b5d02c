package org.photointerests.pipeline.analysis.detections

import java.io.Closeable
import java.nio.Buffer
import java.nio.ByteBuffer
import org.photointerests.core.AnalyzerFiles
import org.photointerests.core.CardException
import org.photointerests.core.PixelInput
import org.photointerests.core.directBuffer
import org.photointerests.pipeline.analysis.AnalyzerModel
import org.photointerests.pipeline.decode.Letterbox
import org.photointerests.pipeline.decode.RGB

private const val CORNERS = 4

// Pixels of a cell, of which each has a box and its scores.
private val STEPS = listOf(8, 16, 32)

/** What was found, with the [points] of it, across and down, in shares of the photo's sides. */
internal class Found(val detection: Detection, val points: FloatArray)

/**
 * Finds things with their boxes, and with [points] each where the model gives so many, on photos that
 * are fitted into a square. Not thread-safe.
 */
class Detector(files: AnalyzerFiles, points: Int = 0) : Closeable {
    private val card = files.card
    private val labels = card.labels.size
    private val least = card.thresholds.getValue("score")
    private val overlap = card.thresholds.getValue("overlap")
    private val input = card.input as? PixelInput
        ?: throw CardException("input of ${card.name}: expected pixels, received ${card.input}")
    private val cells = STEPS.sumOf { (input.side / it) * (input.side / it) }
    private val boxes = floats(cells * CORNERS)
    private val scores = floats(cells * labels)
    private val coordinates = 2 * points
    private val marks = floats(cells * coordinates)
    private val model = AnalyzerModel(files)

    init {
        model.check { run(directBuffer(input.side * input.side * RGB)) }
    }

    /** What is on a photo, the best score first, each thing once. */
    fun detect(photo: Letterbox): List<Detection> = find(photo).map { it.detection }

    /** The same with their points. */
    internal fun find(photo: Letterbox): List<Found> {
        run(photo.pixels)
        val found = (0 until cells).mapNotNull(::best).sortedByDescending { it.score }
        val kept = mutableListOf<Candidate>()
        for (one in found) {
            val rivals = kept.filter { it.label == one.label }
            if (rivals.none { it.overlap(one) >= overlap }) kept += one
        }
        return kept.map { Found(Detection(it.label, it.score, it.box(photo)), points(it, photo)) }
    }

    private fun points(one: Candidate, photo: Letterbox) = FloatArray(coordinates) {
        val side = if (it % 2 == 0) photo.width else photo.height
        marks.getFloat((one.cell * coordinates + it) * Float.SIZE_BYTES) / side
    }

    /** Null where nothing is sure enough, as in nearly all cells. */
    private fun best(cell: Int): Candidate? {
        var label = 0
        for (other in 1 until labels) {
            if (scores.score(cell, other) > scores.score(cell, label)) label = other
        }
        val score = scores.score(cell, label)
        return if (score >= least) Candidate(cell, label, score, corners(cell)) else null
    }

    private fun corners(cell: Int) = FloatArray(CORNERS) {
        boxes.getFloat((cell * CORNERS + it) * Float.SIZE_BYTES)
    }

    private fun ByteBuffer.score(cell: Int, label: Int) =
        getFloat((cell * labels + label) * Float.SIZE_BYTES)

    private fun run(pixels: ByteBuffer) {
        (boxes as Buffer).clear() // ByteBuffer.clear() itself is missing before Android 9
        (scores as Buffer).clear()
        (marks as Buffer).clear()
        val outputs = mapOf("boxes" to boxes, "scores" to scores)
        val all = if (coordinates == 0) outputs else outputs + ("points" to marks)
        model.run("pixels" to pixels, all)
    }

    override fun close() = model.close()
}

private fun floats(count: Int) = directBuffer(count * Float.SIZE_BYTES)

/** The best label of a cell; left, top, right and bottom are in pixels of the square. */
private class Candidate(
    val cell: Int,
    val label: Int,
    val score: Float,
    private val corners: FloatArray
) {
    private val size get() = (corners[2] - corners[0]) * (corners[3] - corners[1])

    /** Intersection over union. */
    fun overlap(other: Candidate): Float {
        val width = minOf(corners[2], other.corners[2]) - maxOf(corners[0], other.corners[0])
        val height = minOf(corners[3], other.corners[3]) - maxOf(corners[1], other.corners[1])
        val shared = maxOf(width, 0f) * maxOf(height, 0f)
        return shared / maxOf(size + other.size - shared, LEAST_UNION)
    }

    /** In shares of the photo, cut at its edges. */
    fun box(photo: Letterbox): Box {
        val (left, top, right, bottom) = List(CORNERS) {
            (corners[it] / if (it % 2 == 0) photo.width else photo.height).coerceIn(0f, 1f)
        }
        return Box(left, top, right - left, bottom - top)
    }

    private companion object {
        const val LEAST_UNION = 1e-9f
    }
}
