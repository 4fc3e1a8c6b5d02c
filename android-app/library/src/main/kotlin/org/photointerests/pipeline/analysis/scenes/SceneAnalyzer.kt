package org.photointerests.pipeline.analysis.scenes

import kotlinx.coroutines.flow.map
import org.photointerests.core.AnalyzerCard
import org.photointerests.core.AnalyzerFiles
import org.photointerests.pipeline.analysis.AnalysisRows
import org.photointerests.pipeline.analysis.IndexAnalysis
import org.photointerests.pipeline.analysis.IndexAnalyzer
import org.photointerests.pipeline.analysis.PendingPhoto
import org.photointerests.pipeline.analysis.RowTarget
import org.photointerests.pipeline.analysis.features.FeatureDao

/** Stores the scene of each photo, which its stored features give: no photo is decoded for it. */
class SceneAnalyzer(
    private val files: AnalyzerFiles,
    private val extractorVersion: String,
    private val features: FeatureDao,
    private val rows: SceneDao
) : IndexAnalyzer {
    override val name get() = NAME

    override val version = versionOf(files.card, extractorVersion)

    override suspend fun open(): IndexAnalysis = SceneAnalysis(SceneClassifier(files))

    override fun storedBytes() = rows.count().map { it * SceneRow.BYTES }

    override suspend fun deleteRows() = rows.deleteAll()

    private inner class SceneAnalysis(private val classifier: SceneClassifier) : IndexAnalysis {
        override suspend fun analyze(photos: List<PendingPhoto>): List<AnalysisRows?> {
            val stored = features.features(extractorVersion, photos.map { it.item })
                .associate { it.item to it.features }
            return photos.map { photo ->
                stored[photo.item]?.let { bytes ->
                    val scene = classifier.classify(bytes)
                    AnalysisRows { rows.replace(it.item, scene.row(it)) }
                }
            }
        }

        override fun close() = classifier.close()
    }

    private fun Scene.row(target: RowTarget) = group?.let {
        SceneRow(target.item, target.version, labels[0], probabilities[0], it, indoor)
    }

    companion object {
        const val NAME = "scene"

        /** Scenes of other features, or by another model or threshold, are another version. */
        fun versionOf(card: AnalyzerCard, extractorVersion: String) =
            "${card.contentVersion} $extractorVersion"
    }
}
