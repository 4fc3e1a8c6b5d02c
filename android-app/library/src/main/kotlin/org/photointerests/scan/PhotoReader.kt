package org.photointerests.scan

import java.io.Closeable
import org.photointerests.model.FeatureExtractor
import org.photointerests.model.ImagePacker
import org.photointerests.model.Input
import org.photointerests.model.PhotoFile

/** Reads photos to features; opened for a scan and closed after it. */
interface PhotoReader : Closeable {
    /** Features of a photo; throws [org.photointerests.model.PhotoException]. */
    fun read(file: PhotoFile): ByteArray
}

/** Reads photos with the extractor of a bundle, which it closes with itself. */
class ModelPhotoReader(input: Input, private val extractor: FeatureExtractor) : PhotoReader {
    private val packer = ImagePacker(input)

    override fun read(file: PhotoFile): ByteArray = extractor.extract(packer.pack(file))

    override fun close() = extractor.close()
}
