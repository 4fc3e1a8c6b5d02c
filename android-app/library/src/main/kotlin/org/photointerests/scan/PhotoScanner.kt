package org.photointerests.scan

import java.nio.ByteBuffer
import java.time.ZoneId
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelChildren
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
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
private const val NANOSECONDS_A_MILLISECOND = 1_000_000

// Decoded photos that wait for the extractor: as many as a PhotoReader keeps apart.
private const val AHEAD = PhotoReader.PIXELS_AT_ONCE - 2

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
    private val dispatcher: CoroutineDispatcher = Dispatchers.Default,
    private val heat: Flow<Heat> = flowOf(Heat.COOL)
) {
    /** Scans the gallery; [report] is told after every photo, and before the phone is let cool. */
    suspend fun scan(report: suspend (ScanProgress) -> Unit): ScanResult = withContext(dispatcher) {
        val felt = heat.stateIn(this)
        try {
            scan(felt, report)
        } finally {
            coroutineContext.cancelChildren() // who feels the heat
        }
    }

    private suspend fun scan(
        heat: StateFlow<Heat>,
        report: suspend (ScanProgress) -> Unit
    ): ScanResult {
        val access = source.access()
        if (access == PhotoAccess.DENIED) return ScanResult.NO_ACCESS
        // Asked before the photos are listed: what changes meanwhile is met by the next scan.
        val volumes = source.volumes()
        val checkpoints = checkpoints(access, volumes)
        val excluded = photos.excludedAlbums()
        val total = source.count(excluded)
        if (checkpoints.isNotEmpty() && checkpoints == photos.checkpoints()) {
            report(ScanProgress(total, total, 0, 0f))
            return ScanResult.COMPLETE
        }
        val known = openReader().use { Run(it, volumes, excluded, total, heat, report).readAll() }
        val accessAfter = source.access()
        // Where access was taken meanwhile, the gallery looks smaller: no reason to forget photos.
        if (accessAfter == access) {
            known.left().forEach { (volume, ids) ->
                ids.chunked(IDS).forEach { photos.forget(volume, it) }
            }
            if (!photos.endScan(checkpoints, excluded)) return scan(heat, report)
        }
        return if (accessAfter == PhotoAccess.DENIED) {
            ScanResult.NO_ACCESS
        } else {
            ScanResult.COMPLETE
        }
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
        private val excluded: List<String>,
        private val total: Int,
        private val heat: StateFlow<Heat>,
        private val report: suspend (ScanProgress) -> Unit
    ) {
        private val started = nanoTime()
        private var done = 0
        private var read = 0
        private var failed = 0
        private var lastPhotoMs = 0L

        /** Returns what is stored of photos that are gone. */
        suspend fun readAll(): KnownPhotos {
            val known = KnownPhotos.load(photos, extractor, volumes)
            if (known.size < SAMPLE && total >= 2 * SAMPLE) {
                readSample(total / SAMPLE, known)
                return KnownPhotos.load(photos, extractor, volumes).also { readRest(it) }
            }
            return known.also { readRest(it) }
        }

        /** A photo in every so many, of all times: first interests are told within a minute. */
        private suspend fun readSample(step: Int, known: KnownPhotos) {
            var index = 0
            source.pages(PAGE, excluded).collect { page ->
                val sample = page.filter { index++ % step == 0 }
                val (unchanged, changed) = sample.partition(known::take)
                done += unchanged.size
                read(changed)
            }
            done = 0
        }

        private suspend fun readRest(known: KnownPhotos) =
            source.pages(PAGE, excluded).collect { page ->
                val (unchanged, changed) = page.partition(known::take)
                done += unchanged.size
                report(progress())
                read(changed)
            }

        /** Decodes the next photo while the extractor looks at this one. */
        private suspend fun read(photos: List<GalleryPhoto>) = photos.asFlow()
            .map(::decode)
            .buffer(AHEAD)
            .collect(::store)

        /** Gives a warm phone as much rest as work, and waits until a hot one has cooled. */
        private suspend fun spare() {
            if (heat.value == Heat.WARM) delay(lastPhotoMs)
            if (heat.value != Heat.HOT) return
            report(progress())
            heat.first { it != Heat.HOT }
            report(progress())
        }

        private fun decode(photo: GalleryPhoto) = try {
            Decoded(photo, reader.decode { source.open(photo.key) }, null)
        } catch (error: PhotoException) {
            Decoded(photo, null, error.problem)
        }

        private suspend fun store(decoded: Decoded) {
            spare()
            val photoStarted = nanoTime()
            val features = decoded.pixels?.let(reader::extract)
            photos.put(decoded.photo.row(features, decoded.problem))
            if (features == null) failed++
            lastPhotoMs = (nanoTime() - photoStarted) / NANOSECONDS_A_MILLISECOND
            read++
            done++
            report(progress())
        }

        private fun progress(): ScanProgress {
            val seconds = (nanoTime() - started) / NANOSECONDS
            val rate = if (read == 0 || seconds <= 0) 0f else read / seconds
            return ScanProgress(done, maxOf(total, done), failed, rate, heat.value)
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
            stamp,
            album
        )
    }
}

/** A photo's pixels, or why there are none. */
private class Decoded(val photo: GalleryPhoto, val pixels: ByteBuffer?, val problem: PhotoProblem?)
