package org.photointerests.pipeline.analysis.features

import java.io.Closeable
import java.nio.ByteBuffer
import org.photointerests.core.Input
import org.photointerests.pipeline.decode.Frame
import org.photointerests.pipeline.decode.ImagePreprocessor

/** Turns photos into features in two steps; opened for a scan and closed after it. */
interface FeaturePipeline : Closeable {
    /**
     * A photo's pixels; throws [org.photointerests.pipeline.decode.PhotoException].
     *
     * May be called while [extract] works on an earlier photo. The pixels stay as they are until
     * this was called [PIXELS_AT_ONCE] times more.
     */
    fun decode(frame: Frame): ByteBuffer

    /** Features of what [decode] gave. */
    fun extract(pixels: ByteBuffer): ByteArray

    companion object {
        /** One being written, one that waits, one being read. */
        const val PIXELS_AT_ONCE = 3
    }
}

/** Runs the extractor of a bundle, which it closes with itself. */
class ModelFeaturePipeline(private val input: Input, private val extractor: FeatureExtractor) :
    FeaturePipeline {
    private val preprocessors = List(FeaturePipeline.PIXELS_AT_ONCE) { ImagePreprocessor(input) }
    private var next = 0

    override fun decode(frame: Frame): ByteBuffer {
        frame.checkEvidence(input)
        return preprocessors[next++ % preprocessors.size].preprocess(frame)
    }

    override fun extract(pixels: ByteBuffer): ByteArray = extractor.extract(pixels)

    override fun close() = extractor.close()
}
