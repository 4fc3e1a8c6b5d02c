package org.photointerests.pipeline.analysis.identity

import java.io.Closeable
import java.nio.Buffer
import java.nio.ByteBuffer
import org.photointerests.core.AnalyzerFiles
import org.photointerests.core.CardException
import org.photointerests.core.Input
import org.photointerests.core.PixelInput
import org.photointerests.core.directBuffer
import org.photointerests.people.EmbeddedFace
import org.photointerests.people.WIDTH
import org.photointerests.pipeline.analysis.AnalyzerModel
import org.photointerests.pipeline.analysis.detections.Box
import org.photointerests.pipeline.analysis.detections.Detector
import org.photointerests.pipeline.decode.DecodedPhoto
import org.photointerests.pipeline.decode.Frame
import org.photointerests.pipeline.decode.LetterboxPreprocessor
import org.photointerests.pipeline.decode.PhotoFile
import org.photointerests.pipeline.decode.RGB
import org.photointerests.pipeline.decode.enlarged
import org.photointerests.pipeline.decode.uprightHeight
import org.photointerests.pipeline.decode.uprightWidth

private const val EMBEDDER = "embedder.tflite"

// Decoded pixels, four bytes each: no photo of usual shape has more, however small a face is.
private const val MAXIMUM_PIXELS = 32_000_000L

/**
 * Finds the faces of photos and the numbers of their persons, as Python does; photos are decoded by
 * the [rule] of the bundle, and larger where a face is small. Not thread-safe.
 */
internal class FaceReader(files: AnalyzerFiles, private val rule: Input) : Closeable {
    private val leastEyeDistance = files.card.thresholds.getValue("eye_distance_px")
    private val fit: LetterboxPreprocessor
    private val face = directBuffer(FACE_SIDE * FACE_SIDE * RGB)
    private val embedding = directBuffer(WIDTH * Float.SIZE_BYTES)
    private val detector = Detector(files, POINTS)
    private val embedder: AnalyzerModel

    init {
        val input = files.card.input as? PixelInput
            ?: throw CardException("input of ${files.card.name}: expected pixels")
        fit = LetterboxPreprocessor(input, rule)
        embedder = try {
            AnalyzerModel(files, EMBEDDER).also { it.check { it.embed(face) } }
        } catch (error: CardException) {
            detector.close()
            throw error
        }
    }

    /**
     * The faces of a photo that are large enough, the best score first; throws
     * [org.photointerests.pipeline.decode.PhotoException].
     */
    fun read(file: PhotoFile): List<EmbeddedFace> = faces(file) { box, aligned ->
        EmbeddedFace(box, embed(aligned))
    }

    /** What becomes of the box and the RGB pixels of each aligned face, which the next one overwrites. */
    fun <T> faces(file: PhotoFile, action: (Box, ByteBuffer) -> T): List<T> =
        Frame(file).use { frame ->
            val photo = frame.decoded(rule.reducedDecode)
            val found = detector.find(fit.fit(photo))
            if (found.isEmpty()) return emptyList()
            val nearest = found.minOf { eyeDistance(it.points.on(photo)) }
            val reduced = rule.reducedDecode
            file.enlarged(photo, reduced, nearest, EYE_DISTANCE, MAXIMUM_PIXELS) { detailed ->
                found.mapNotNull {
                    val points = it.points.on(detailed)
                    if (eyeDistance(points) < leastEyeDistance) return@mapNotNull null
                    alignFace(detailed, points, rule.background, face)
                    action(it.detection.box, face)
                }
            }
        }

    /** The 128 numbers of an aligned face. */
    fun embed(aligned: ByteBuffer): FloatArray {
        embedder.embed(aligned)
        (embedding as Buffer).rewind()
        return FloatArray(WIDTH).also { embedding.asFloatBuffer().get(it) }
    }

    private fun AnalyzerModel.embed(aligned: ByteBuffer) {
        (aligned as Buffer).rewind()
        (embedding as Buffer).clear() // ByteBuffer.clear() itself is missing before Android 9
        run("face" to aligned, mapOf("embedding" to embedding))
    }

    override fun close() {
        detector.close()
        embedder.close()
    }

    companion object {
        /** The hash of the network that gives the numbers. */
        fun network(files: AnalyzerFiles): String = files.card.files.getValue(EMBEDDER).sha256
    }
}

/** Points in shares of a photo's sides, as pixels of it; rounded to float as in Python. */
private fun FloatArray.on(photo: DecodedPhoto) = DoubleArray(size) {
    (this[it] * if (it % 2 == 0) photo.uprightWidth else photo.uprightHeight).toDouble()
}
