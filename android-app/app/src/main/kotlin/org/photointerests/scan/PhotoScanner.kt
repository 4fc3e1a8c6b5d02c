package org.photointerests.scan

import java.time.ZoneId
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.photointerests.gallery.GalleryPhoto
import org.photointerests.gallery.PhotoAccess
import org.photointerests.gallery.PhotoKey
import org.photointerests.gallery.PhotoSource
import org.photointerests.model.PhotoException
import org.photointerests.model.PhotoProblem
import org.photointerests.store.PhotoDao
import org.photointerests.store.PhotoRow
import org.photointerests.store.monthOf
import org.photointerests.store.number

// Within what SQLite takes as parameters of one query.
private const val PAGE = 500
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
        if (source.access() == PhotoAccess.DENIED) return@withContext ScanResult.NO_ACCESS
        val scan = (photos.lastScan() ?: 0) + 1
        openReader().use { Run(scan, it, source.count(), report).readAll() }
        // Without access the gallery looks empty: that is no reason to forget it.
        if (source.access() == PhotoAccess.DENIED) return@withContext ScanResult.NO_ACCESS
        photos.forgetUnmet(scan)
        ScanResult.COMPLETE
    }

    private inner class Run(
        private val scan: Long,
        private val reader: PhotoReader,
        private val total: Int,
        private val report: suspend (ScanProgress) -> Unit
    ) {
        private val started = nanoTime()
        private var done = 0
        private var read = 0
        private var failed = 0

        suspend fun readAll() = source.pages(PAGE).collect { page ->
            val unchanged = unchanged(page)
            unchanged.groupBy { it.volume }.forEach { (volume, keys) ->
                photos.meet(volume, keys.map { it.id }, scan)
            }
            done += unchanged.size
            report(progress())
            for (photo in page) if (photo.key !in unchanged) store(photo)
        }

        private suspend fun unchanged(page: List<GalleryPhoto>): Set<PhotoKey> {
            val generations = page.associate { it.key to it.generation }
            return page.groupBy({ it.key.volume }, { it.key.id })
                .flatMap { (volume, ids) -> photos.known(volume, ids) }
                .filter { it.extractor == extractor && it.generation == generations[it.key] }
                .mapTo(mutableSetOf()) { it.key }
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
            scan
        )
    }
}
