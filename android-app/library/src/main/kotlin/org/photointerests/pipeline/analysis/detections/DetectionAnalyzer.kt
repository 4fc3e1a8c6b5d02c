package org.photointerests.pipeline.analysis.detections

import kotlinx.coroutines.flow.map
import org.photointerests.core.AnalyzerCard
import org.photointerests.core.AnalyzerFiles
import org.photointerests.core.Input
import org.photointerests.core.PixelInput
import org.photointerests.pipeline.analysis.AnalysisRows
import org.photointerests.pipeline.analysis.IndexAnalysis
import org.photointerests.pipeline.analysis.IndexAnalyzer
import org.photointerests.pipeline.analysis.PendingPhoto
import org.photointerests.pipeline.decode.PhotoException

/**
 * Stores what a detector finds on each photo, which it may share with others ([squares]).
 *
 * Photos have features already: their files were read by the same rule before.
 */
class DetectionAnalyzer(
    private val files: AnalyzerFiles,
    private val squares: PhotoSquares,
    private val rows: DetectionDao,
    override val isOptIn: Boolean
) : IndexAnalyzer {
    override val name get() = files.card.name

    override val version = versionOf(files.card, squares.rule)

    // A photo takes a good part of a second on slow phones: little is lost with the process.
    override val photosAtOnce get() = PhotoSquares.MOST

    override suspend fun open(): IndexAnalysis =
        DetectionAnalysis(Detector(files)).also { squares.join() }

    override fun storedBytes() = rows.count(name).map { it * DetectionRow.BYTES }

    override suspend fun deleteRows() = rows.deleteAll(name)

    private inner class DetectionAnalysis(private val detector: Detector) : IndexAnalysis {
        private val input = files.card.input as PixelInput

        override suspend fun analyze(photos: List<PendingPhoto>): List<AnalysisRows?> =
            photos.map { photo ->
                try {
                    val found = detect(photo)
                    AnalysisRows { rows.replace(name, it.item, found.rowsFor(it)) }
                } catch (_: PhotoException) {
                    null
                }
            }

        private fun detect(photo: PendingPhoto): List<Detection> =
            detector.detect(squares.square(photo.key, input))

        override fun close() {
            squares.leave()
            detector.close()
        }
    }

    companion object {
        const val FACES = "faces"
        const val OBJECTS = "objects"

        /** What is found on other pixels, or by another model or threshold, is another version. */
        fun versionOf(card: AnalyzerCard, rule: Input) =
            "${card.contentVersion} ${rule.reducedDecode} ${rule.background}"
    }
}
