package org.photointerests.pipeline.analysis.identity

import kotlinx.coroutines.flow.Flow
import org.photointerests.core.AnalyzerCard
import org.photointerests.core.AnalyzerFiles
import org.photointerests.core.Input
import org.photointerests.people.FaceIndex
import org.photointerests.people.PeopleGroups
import org.photointerests.pipeline.analysis.AnalysisRows
import org.photointerests.pipeline.analysis.IndexAnalysis
import org.photointerests.pipeline.analysis.IndexAnalyzer
import org.photointerests.pipeline.analysis.PendingPhoto
import org.photointerests.pipeline.decode.PhotoException
import org.photointerests.pipeline.decode.PhotoFile
import org.photointerests.pipeline.media.PhotoSource

/**
 * Stores the numbers of the faces on each photo, and puts faces of the same person together to groups.
 *
 * It runs only where the user switched it on: these numbers are biometric data of people who were not
 * asked. They leave the database neither for an export nor for a backup.
 */
class IdentityAnalyzer internal constructor(
    private val files: AnalyzerFiles,
    private val rule: Input,
    private val photos: PhotoSource,
    private val index: FaceIndex,
    private val groups: PeopleGroups
) : IndexAnalyzer {
    override val name get() = NAME

    override val version = versionOf(files.card, rule)

    override val isOptIn get() = true

    override val photosAtOnce get() = AT_ONCE

    override suspend fun open(): IndexAnalysis {
        index.begin(FaceReader.network(files))
        return IdentityAnalysis(FaceReader(files, rule))
    }

    override fun storedBytes(): Flow<Long> = groups.bytes

    override suspend fun finish() = index.regroup(threshold("distance"))

    override suspend fun deleteRows() = index.deleteAll()

    private fun threshold(name: String) = files.card.thresholds.getValue(name)

    private inner class IdentityAnalysis(private val reader: FaceReader) : IndexAnalysis {
        override suspend fun analyze(photos: List<PendingPhoto>): List<AnalysisRows?> {
            if (index.isGrown) finish()
            return photos.map { photo ->
                try {
                    val found =
                        reader.read(PhotoFile { this@IdentityAnalyzer.photos.open(photo.key) })
                    AnalysisRows { index.replace(it, found, threshold("radius")) }
                } catch (_: PhotoException) {
                    null
                }
            }
        }

        override fun close() {
            index.release()
            reader.close()
        }
    }

    companion object {
        const val NAME = "identity"

        // A photo takes a good part of a second on slow phones: little is lost with the process.
        private const val AT_ONCE = 8

        /** What is found on other pixels, or by other models or thresholds, is another version. */
        internal fun versionOf(card: AnalyzerCard, rule: Input): String {
            val hashes = card.files.toSortedMap().values.joinToString(" ") { it.sha256 }
            val pixels = "${rule.reducedDecode} ${rule.background}"
            return "${card.version} $hashes ${card.thresholds} $pixels"
        }
    }
}
