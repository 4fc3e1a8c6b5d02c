package org.photointerests.pipeline.analysis.species

import kotlinx.coroutines.flow.map
import org.photointerests.core.AnalyzerCard
import org.photointerests.core.AnalyzerFiles
import org.photointerests.core.Input
import org.photointerests.pipeline.analysis.AnalysisRows
import org.photointerests.pipeline.analysis.IndexAnalysis
import org.photointerests.pipeline.analysis.IndexAnalyzer
import org.photointerests.pipeline.analysis.PendingPhoto
import org.photointerests.pipeline.analysis.detections.Detection
import org.photointerests.pipeline.analysis.detections.DetectionAnalyzer
import org.photointerests.pipeline.analysis.detections.DetectionDao
import org.photointerests.pipeline.analysis.detections.DetectionRow
import org.photointerests.pipeline.analysis.detections.rowsFor
import org.photointerests.pipeline.decode.PhotoException
import org.photointerests.pipeline.decode.PhotoFile
import org.photointerests.pipeline.media.PhotoSource

/**
 * Stores the species of animals, as things with their boxes: of those that are where [places] says.
 * All other photos are not opened.
 */
class SpeciesAnalyzer internal constructor(
    private val files: AnalyzerFiles,
    private val rule: Input,
    private val photos: PhotoSource,
    private val rows: DetectionDao,
    private val places: AnimalPlaces
) : IndexAnalyzer {
    override val name get() = files.card.name

    override val version = versionOf(files.card, rule, places)

    override val after get() = places.after

    override val photosAtOnce get() = AT_ONCE

    override suspend fun open(): IndexAnalysis = SpeciesAnalysis(SpeciesReader(files, rule))

    override fun storedBytes() = rows.count(name).map { it * DetectionRow.BYTES }

    override suspend fun deleteRows() = rows.deleteAll(name)

    private inner class SpeciesAnalysis(private val reader: SpeciesReader) : IndexAnalysis {
        override suspend fun analyze(photos: List<PendingPhoto>): List<AnalysisRows?> {
            val there = places.on(photos.map { it.item })
            return photos.map { photo ->
                try {
                    val found = there[photo.item]?.let { read(photo, it) }.orEmpty()
                    AnalysisRows { rows.replace(name, it.item, found.rowsFor(it)) }
                } catch (_: PhotoException) {
                    null
                }
            }
        }

        private fun read(photo: PendingPhoto, place: AnimalPlace): List<Detection> {
            val file = PhotoFile { photos.open(photo.key) }
            return when (place) {
                is AnimalPlace.Boxes -> reader.inBoxes(file, place.boxes)
                AnimalPlace.Middle -> reader.inMiddle(file)
            }
        }

        override fun close() = reader.close()
    }

    companion object {
        const val BIRDS = "birds"
        const val INSECTS = "insects"

        // Few photos have an animal, of which some have to be opened twice.
        private const val AT_ONCE = 16

        /** What is named by another model or threshold, or on other places, is another version. */
        internal fun versionOf(card: AnalyzerCard, rule: Input, places: AnimalPlaces) =
            "${DetectionAnalyzer.versionOf(card, rule)} ${places.version}"
    }
}
