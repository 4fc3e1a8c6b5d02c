package org.photointerests.core

import java.io.FileNotFoundException
import java.nio.ByteBuffer

/** Card and model of an analyzer, which is checked before it is handed out. */
class AnalyzerFiles(name: String, private val files: BundleFiles) {
    val card: AnalyzerCard = AnalyzerCard.parse(
        Charsets.UTF_8.decode(files.map(ModelCard.FILE)).toString(),
        name
    )

    /** Content of its model; throws [CardException] where it is not as the card says. */
    fun model(): ByteBuffer = files.verified(card.model, card.files.getValue(card.model))

    companion object {
        /** Null where there is no such analyzer: not every build packs every one. */
        fun find(name: String, files: BundleFiles): AnalyzerFiles? = try {
            AnalyzerFiles(name, files)
        } catch (_: FileNotFoundException) {
            null
        }
    }
}
