package org.photointerests.pipeline.decode

import java.io.Closeable
import org.photointerests.core.ReducedDecode

/** A photo's file, which is decoded once by each rule that analyzers ask for. */
class Frame(val file: PhotoFile) : Closeable {
    private val decoded = mutableMapOf<ReducedDecode, DecodedPhoto>()
    private var turned: Orientation? = null

    /** Throws [PhotoException]. */
    internal fun decoded(rule: ReducedDecode): DecodedPhoto =
        decoded.getOrPut(rule) { PhotoDecoder(rule).decode(file) }

    /** How the [photo] of this file must be turned; throws [PhotoException]. */
    internal fun orientation(photo: DecodedPhoto): Orientation =
        turned ?: Orientation.of(file, photo.mimeType).also { turned = it }

    override fun close() = decoded.values.forEach { it.bitmap.recycle() }
}
