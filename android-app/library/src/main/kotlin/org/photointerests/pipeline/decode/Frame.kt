package org.photointerests.pipeline.decode

import java.io.Closeable
import org.photointerests.core.Input
import org.photointerests.core.ReducedDecode

/** A photo's file, which is decoded once by each rule that analyzers ask for. */
class Frame(val file: PhotoFile) : Closeable {
    private val decoded = mutableMapOf<ReducedDecode, DecodedPhoto>()

    /** Throws [PhotoException]. */
    internal fun decoded(rule: ReducedDecode): DecodedPhoto =
        decoded.getOrPut(rule) { PhotoDecoder(rule).decode(file) }

    /** Throws [PhotoException] for a picture that shows nothing, whatever a network predicts. */
    internal fun checkEvidence(input: Input) =
        checkEvidence(decoded(input.reducedDecode).bitmap, input.background)

    override fun close() = decoded.values.forEach { it.bitmap.recycle() }
}
