package org.photointerests.pipeline.index

import androidx.room.withTransaction
import java.time.Instant
import java.time.ZoneId
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.analysis.AnalysisRows
import org.photointerests.pipeline.analysis.Analyzer
import org.photointerests.pipeline.analysis.RowTarget
import org.photointerests.pipeline.decode.PhotoProblem
import org.photointerests.pipeline.media.GalleryPhoto

/** An analyzer with the id of its version in the index. */
class RegisteredAnalyzer(val analyzer: Analyzer, val version: Long) {
    val name get() = analyzer.name
}

/**
 * A photo that is marked as started by the analyzers that have yet to see it.
 *
 * [item] is still that of its old content if it has [changed].
 */
class StartedPhoto(
    val item: Long,
    val photo: GalleryPhoto,
    val changed: Boolean,
    val analyzers: List<RegisteredAnalyzer>
)

/** The result of an analyzer for a photo: rows, or the reason why there are none. */
class AnalysisResult(
    val analyzer: RegisteredAnalyzer,
    val rows: AnalysisRows?,
    val problem: PhotoProblem?
)

/** Writes what a scan does to the index: a few steps, each of which is one transaction. */
class ScanIndex(
    private val database: PhotoDatabase,
    private val zone: () -> ZoneId = ZoneId::systemDefault
) {
    private val media = database.media()

    suspend fun register(analyzers: List<Analyzer>): List<RegisteredAnalyzer> =
        database.withTransaction {
            analyzers.map {
                val id = media.version(it.name, it.version)
                    ?: media.insert(AnalyzerVersion(null, it.name, it.version))
                RegisteredAnalyzer(it, id)
            }
        }

    /**
     * Marks photos as started, before they are decoded.
     *
     * What is stored of a changed photo stays until its new content is.
     */
    suspend fun start(
        photos: List<GalleryPhoto>,
        analyzers: List<RegisteredAnalyzer>
    ): List<StartedPhoto> = database.withTransaction {
        photos.map { photo ->
            val known = media.item(photo.key)
            val item = known?.item ?: media.insert(photo.toItem())
            val changed = known != null && !known.isSame(photo)
            val pending = analyzers.filter { start(item, it, changed) }
            StartedPhoto(item, photo, changed, pending)
        }
    }

    /** Stores the results of analyzers for a photo, unless it or its album was deleted meanwhile. */
    suspend fun finish(started: StartedPhoto, results: List<AnalysisResult>) {
        val photo = started.photo
        database.withTransaction {
            if (media.item(photo.key)?.item != started.item) return@withTransaction
            val before = media.status(started.item)
            val excluded = photo.album?.let { media.isExcluded(it) } == true
            if (started.changed || excluded) media.delete(listOf(started.item))
            if (excluded) return@withTransaction
            val item = if (started.changed) media.insert(photo.toItem()) else started.item
            for (result in results) {
                val status = before.find { it.analyzer == result.analyzer.name } ?: continue
                store(status.copy(item = item), photo, result)
            }
        }
    }

    /**
     * Deals with what was in work when the last scan ended, in any of its passes: after a crash it
     * counts as a failure, after an interruption as if it had not begun.
     */
    suspend fun recover(crashed: Boolean) = database.withTransaction {
        media.started(media.analyzerVersions()).forEach {
            if (crashed) {
                media.put(it.failed(PhotoProblem.CRASHED))
            } else {
                interrupt(it)
            }
        }
    }

    private fun MediaItem.isSame(photo: GalleryPhoto) = generation == photo.generation &&
        fileSignature == photo.fileSignature &&
        album == photo.album

    /** Returns false for an analyzer that is done with the photo. */
    private suspend fun start(item: Long, analyzer: RegisteredAnalyzer, changed: Boolean): Boolean {
        val before = media.status(item).find {
            it.analyzer == analyzer.name && it.version == analyzer.version && !changed
        }
        if (before?.state == AnalysisState.DONE) return false
        val started = before?.copy(state = AnalysisState.STARTED)
            ?: AnalysisStatus(item, analyzer.name, analyzer.version, AnalysisState.STARTED)
        media.put(started)
        return true
    }

    private suspend fun store(status: AnalysisStatus, photo: GalleryPhoto, result: AnalysisResult) {
        if (result.rows == null) {
            media.put(status.failed(checkNotNull(result.problem)))
        } else {
            val month = monthOf(photo.takenAtMs, zone()).number()
            result.rows.write(RowTarget(status.item, status.version, month))
            media.put(status.copy(state = AnalysisState.DONE, reason = null))
        }
    }

    private suspend fun interrupt(status: AnalysisStatus) = if (status.attempts == 0) {
        media.deleteStatus(status.item, status.analyzer)
    } else {
        media.put(status.copy(state = AnalysisState.FAILED))
    }

    private fun GalleryPhoto.toItem() = MediaItem(
        null,
        key.volume,
        key.id,
        generation,
        fileSignature,
        takenAtMs,
        zone().rules.getOffset(Instant.ofEpochMilli(takenAtMs)).totalSeconds,
        monthOf(takenAtMs, zone()).number(),
        album,
        timed
    )
}

internal fun AnalysisStatus.failed(problem: PhotoProblem) =
    copy(state = AnalysisState.FAILED, attempts = attempts + 1, reason = problem.name)

private suspend fun MediaDao.item(key: PhotoKey) = item(key.volume, key.id)
