package org.photointerests.scan

import java.io.Closeable
import java.nio.ByteBuffer
import org.photointerests.model.FeatureExtractor
import org.photointerests.model.ImagePacker
import org.photointerests.model.Input
import org.photointerests.model.PhotoFile

/** Reads photos to features in two steps; opened for a scan and closed after it. */
interface PhotoReader : Closeable {
    /**
     * A photo's pixels; throws [org.photointerests.model.PhotoException].
     *
     * May be called while [extract] works on an earlier photo. The pixels stay as they are until
     * this was called [PIXELS_AT_ONCE] times more.
     */
    fun decode(file: PhotoFile): ByteBuffer

    /** Features of what [decode] gave. */
    fun extract(pixels: ByteBuffer): ByteArray

    companion object {
        /** One being written, one that waits, one being read. */
        const val PIXELS_AT_ONCE = 3
    }
}

/** Reads photos with the extractor of a bundle, which it closes with itself. */
class ModelPhotoReader(input: Input, private val extractor: FeatureExtractor) : PhotoReader {
    private val packers = List(PhotoReader.PIXELS_AT_ONCE) { ImagePacker(input) }
    private var next = 0

    override fun decode(file: PhotoFile): ByteBuffer = packers[next++ % packers.size].pack(file)

    override fun extract(pixels: ByteBuffer): ByteArray = extractor.extract(pixels)

    override fun close() = extractor.close()
}
