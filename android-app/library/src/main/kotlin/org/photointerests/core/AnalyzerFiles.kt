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
    fun model(): ByteBuffer = file(card.model)

    /** The same of another file that its card names. */
    fun file(name: String): ByteBuffer {
        expectIn("files of ${card.name}", name, card.files.keys)
        return files.verified(name, card.files.getValue(name))
    }

    companion object {
        /** Null where there is no such analyzer: not every build packs every one. */
        fun find(name: String, files: BundleFiles): AnalyzerFiles? = try {
            AnalyzerFiles(name, files)
        } catch (_: FileNotFoundException) {
            null
        }
    }
}
