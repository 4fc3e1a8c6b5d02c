package org.photointerests.scan

import java.time.ZoneId
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.photointerests.gallery.GalleryPhoto
import org.photointerests.gallery.PhotoAccess
import org.photointerests.gallery.PhotoSource
import org.photointerests.gallery.VolumeState
import org.photointerests.model.PhotoException
import org.photointerests.model.PhotoProblem
import org.photointerests.store.Checkpoint
import org.photointerests.store.PhotoDao
import org.photointerests.store.PhotoRow
import org.photointerests.store.monthOf
import org.photointerests.store.number

// Few enough for the memory, and many enough for MediaStore, which sorts anew for each page.
private const val PAGE = 5000

// Within what SQLite takes as parameters of one query.
private const val IDS = 500

// Photos of the first look at a gallery that was never read.
private const val SAMPLE = 300
private const val NANOSECONDS = 1e9f

/**
 * Reads every photo that is new or changed, and forgets those that are gone.
 *
 * Each photo is stored by itself: a scan that was killed goes on where it was.
 */
class PhotoScanner(
    private val source: PhotoSource,
    private val photos: PhotoDao,
    private val extractor: String,
    private val openReader: suspend () -> PhotoReader,
    private val nanoTime: () -> Long = System::nanoTime,
    private val zone: ZoneId = ZoneId.systemDefault(),
    private val dispatcher: CoroutineDispatcher = Dispatchers.Default
) {
    /** Scans the gallery; [report] is told after every photo. */
    suspend fun scan(report: suspend (ScanProgress) -> Unit): ScanResult = withContext(dispatcher) {
        val access = source.access()
        if (access == PhotoAccess.DENIED) return@withContext ScanResult.NO_ACCESS
        // Asked before the photos are listed: what changes meanwhile is met by the next scan.
        val volumes = source.volumes()
        val checkpoints = checkpoints(access, volumes)
        val total = source.count()
        if (checkpoints.isNotEmpty() && checkpoints == photos.checkpoints()) {
            report(ScanProgress(total, total, 0, 0f))
            return@withContext ScanResult.COMPLETE
        }
        val known = openReader().use { Run(it, volumes, total, report).readAll() }
        val accessAfter = source.access()
        // Where access was taken meanwhile, the gallery looks smaller: no reason to forget photos.
        if (accessAfter == access) {
            known.left().forEach { (volume, ids) ->
                ids.chunked(IDS).forEach { photos.forget(volume, it) }
            }
            photos.replaceCheckpoints(checkpoints)
        }
        if (accessAfter == PhotoAccess.DENIED) ScanResult.NO_ACCESS else ScanResult.COMPLETE
    }

    /** None where photos may come and go without a trace: the user's selection is not counted. */
    private fun checkpoints(access: PhotoAccess, volumes: List<VolumeState>?): List<Checkpoint> =
        if (access == PhotoAccess.FULL) {
            volumes.orEmpty().map { Checkpoint(it, extractor) }.sortedBy { it.volume }
        } else {
            emptyList()
        }

    private inner class Run(
        private val reader: PhotoReader,
        private val volumes: List<VolumeState>?,
        private val total: Int,
        private val report: suspend (ScanProgress) -> Unit
    ) {
        private val started = nanoTime()
        private var done = 0
        private var read = 0
        private var failed = 0

        /** Returns what is stored of photos that are gone. */
        suspend fun readAll(): KnownPhotos {
            val known = KnownPhotos.load(photos, extractor, volumes)
            if (known.isEmpty() && total >= 2 * SAMPLE) {
                readSample(total / SAMPLE)
                return KnownPhotos.load(photos, extractor, volumes).also { readRest(it) }
            }
            return known.also { readRest(it) }
        }

        /** A photo in every so many, of all times: first interests are told within a minute. */
        private suspend fun readSample(step: Int) {
            var index = 0
            source.pages(PAGE).collect { page ->
                for (photo in page) if (index++ % step == 0) store(photo)
            }
            done = 0
        }

        private suspend fun readRest(known: KnownPhotos) = source.pages(PAGE).collect { page ->
            val (unchanged, changed) = page.partition(known::take)
            done += unchanged.size
            report(progress())
            for (photo in changed) store(photo)
        }

        private suspend fun store(photo: GalleryPhoto) {
            val (features, failure) = try {
                reader.read { source.open(photo.key) } to null
            } catch (error: PhotoException) {
                failed++
                null to error.problem
            }
            photos.put(photo.row(features, failure))
            read++
            done++
            report(progress())
        }

        private fun progress(): ScanProgress {
            val seconds = (nanoTime() - started) / NANOSECONDS
            val rate = if (read == 0 || seconds <= 0) 0f else read / seconds
            return ScanProgress(done, maxOf(total, done), failed, rate)
        }

        private fun GalleryPhoto.row(features: ByteArray?, failure: PhotoProblem?) = PhotoRow(
            key.volume,
            key.id,
            generation,
            takenAtMs,
            monthOf(takenAtMs, zone).number(),
            extractor,
            features,
            failure,
            stamp
        )
    }
}
