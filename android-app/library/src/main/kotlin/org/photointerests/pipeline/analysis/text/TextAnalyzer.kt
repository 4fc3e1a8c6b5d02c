package org.photointerests.pipeline.analysis.text

import kotlinx.coroutines.flow.map
import org.photointerests.core.AnalyzerCard
import org.photointerests.core.AnalyzerFiles
import org.photointerests.core.ModelCard
import org.photointerests.insights.interests.InterestModel
import org.photointerests.insights.interests.InterestWords
import org.photointerests.pipeline.analysis.AnalysisRows
import org.photointerests.pipeline.analysis.IndexAnalysis
import org.photointerests.pipeline.analysis.IndexAnalyzer
import org.photointerests.pipeline.analysis.KindGate
import org.photointerests.pipeline.analysis.PendingPhoto
import org.photointerests.pipeline.analysis.RowTarget
import org.photointerests.pipeline.decode.PhotoException
import org.photointerests.pipeline.decode.PhotoFile
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.pipeline.media.PhotoSource

/**
 * Stores the text of photos that may have any, line by line, as words that searches find, and which
 * interests it names by [words].
 *
 * Numbers of cards and accounts are masked before anything is written.
 */
class TextAnalyzer internal constructor(
    private val files: AnalyzerFiles,
    private val bundle: ModelCard,
    private val photos: PhotoSource,
    database: PhotoDatabase,
    private val words: InterestWords,
    model: () -> InterestModel
) : IndexAnalyzer {
    private val features = database.features()
    private val texts = database.texts()
    private val search = database.search()

    // Finding lines costs several times what all else about a photo does.
    private val gate = KindGate(files.card, bundle, model)

    override val name get() = NAME

    override val version = versionOf(files.card, bundle, words)

    override val photosAtOnce get() = AT_ONCE

    /** Whether the bundle can say on which photos text is expected. */
    val fits get() = gate.isKnown

    override suspend fun open(): IndexAnalysis = TextAnalysis(TextReader(files, bundle.input))

    override fun storedBytes() = texts.count().map { it * TextLineRow.BYTES }

    override suspend fun deleteRows() {
        texts.deleteAll()
        search.deleteOfPhotos(NAME)
    }

    private inner class TextAnalysis(private val reader: TextReader) : IndexAnalysis {
        override suspend fun analyze(photos: List<PendingPhoto>): List<AnalysisRows?> {
            val stored = features.features(bundle.extractorVersion, photos.map { it.item })
            val open = stored.map { it.item }.zip(gate.isOpen(stored.map { it.features })).toMap()
            return photos.map { photo ->
                try {
                    open[photo.item]?.let { rows(if (it) read(photo) else emptyList()) }
                } catch (_: PhotoException) {
                    null
                }
            }
        }

        private fun read(photo: PendingPhoto) =
            reader.read(PhotoFile { this@TextAnalyzer.photos.open(photo.key) })

        override fun close() = reader.close()
    }

    private fun rows(lines: List<TextLine>) = AnalysisRows { target ->
        texts.replace(
            target.item,
            lines.mapIndexed { number, line -> line.row(target, number) },
            named(lines, target)
        )
        if (lines.isEmpty()) {
            search.delete(NAME, target.item)
        } else {
            search.put(NAME, target.item, lines.joinToString("\n") { it.text })
        }
    }

    private fun named(lines: List<TextLine>, target: RowTarget): List<TextInterestRow> {
        val sure = lines.filter { it.score >= SURE }.joinToString("\n") { it.text }
        return words.find(sure).flatMap { (interest, found) ->
            found.map { TextInterestRow(target.item, interest, it, target.version) }
        }
    }

    private fun TextLine.row(target: RowTarget, number: Int) = TextLineRow(
        target.item,
        target.version,
        number,
        text,
        score,
        box.left,
        box.top,
        box.width,
        box.height
    )

    companion object {
        const val NAME = "text"

        // Some seconds for a page: little is lost with the process.
        private const val AT_ONCE = 4

        // Of a line: below it a word may be misread.
        private const val SURE = 0.8f

        /** Text by other models or thresholds, or of photos chosen by others, is another version. */
        internal fun versionOf(
            card: AnalyzerCard,
            bundle: ModelCard,
            words: InterestWords
        ): String {
            val hashes = card.files.toSortedMap().values.joinToString(" ") { it.sha256 }
            val models = "${card.version} $hashes ${card.thresholds}"
            return "$models ${bundle.insightsVersion} ${words.version}"
        }
    }
}
