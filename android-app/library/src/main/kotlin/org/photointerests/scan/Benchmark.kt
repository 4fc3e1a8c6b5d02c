package org.photointerests.scan

import java.io.ByteArrayInputStream
import java.nio.ByteBuffer
import java.time.ZoneOffset
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.firstOrNull
import kotlinx.coroutines.withContext
import org.photointerests.gallery.GalleryPhoto
import org.photointerests.gallery.PhotoSource
import org.photointerests.model.Accelerator
import org.photointerests.model.Bundle
import org.photointerests.model.FeatureExtractor
import org.photointerests.model.ImagePacker
import org.photointerests.model.PhotoException
import org.photointerests.model.PhotoFile
import org.photointerests.store.Choices
import org.photointerests.store.PhotoDatabase
import org.photointerests.store.PhotoRow
import org.photointerests.store.monthOf
import org.photointerests.store.number

private const val PHOTOS = 20
private const val RUNS = 3
private const val NANOSECONDS_A_MILLISECOND = 1e6f

/**
 * Times each step of reading a photo, with every accelerator that is right and every number of
 * threads. [openDatabase] gives an empty database, which is closed afterwards; nothing is kept.
 */
class Benchmark(
    private val bundle: Bundle,
    private val source: PhotoSource,
    private val accelerators: AcceleratorGuard,
    private val threadChoices: List<Int>,
    private val openDatabase: () -> PhotoDatabase,
    private val nanoTime: () -> Long = System::nanoTime
) {
    suspend fun run(): BenchmarkResult = withContext(Dispatchers.Default) {
        val own = newest().mapNotNull { photo -> pack { source.open(photo.key) } }
        val photos = own.ifEmpty { golden() }
        val inference = inference(photos)
        BenchmarkResult(
            photos.size,
            own.isNotEmpty(),
            photos.map { it.decodeNs }.median(),
            photos.map { it.resizeNs }.median(),
            store(photos).median(),
            inference
        )
    }

    private suspend fun newest(): List<GalleryPhoto> = source.pages(PHOTOS).firstOrNull().orEmpty()

    private fun golden() = bundle.card.golden.cases.mapNotNull { case ->
        val image = bundle.golden(case.image).run { ByteArray(remaining()).also { get(it) } }
        pack { ByteArrayInputStream(image) }
    }

    /** Null for a photo that cannot be read. */
    private fun pack(file: PhotoFile): Packed? = try {
        val packer = ImagePacker(bundle.card.input)
        val started = nanoTime()
        var decoded = started
        val pixels = packer.pack(file) { decoded = nanoTime() }
        Packed(pixels, decoded - started, nanoTime() - decoded)
    } catch (_: PhotoException) {
        null
    }

    private suspend fun inference(photos: List<Packed>): List<InferenceTime> =
        Accelerator.entries.filter { it.isAvailable() }.flatMap { accelerator ->
            // Threads are the processor's.
            val threads = if (accelerator == Accelerator.CPU) threadChoices else listOf(1)
            threads.mapNotNull { inference(accelerator, it, photos) }
        }

    /** Null for an accelerator that is not used. */
    private suspend fun inference(accelerator: Accelerator, threads: Int, photos: List<Packed>) =
        accelerators.open(Choices(accelerator, threads, paused = false)).use { extractor ->
            if (extractor.accelerator != accelerator) return@use null
            InferenceTime(accelerator, threads, times(extractor, photos).median())
        }

    private fun times(extractor: FeatureExtractor, photos: List<Packed>): List<Long> =
        (1..RUNS).flatMap {
            photos.map { photo ->
                val started = nanoTime()
                extractor.extract(photo.pixels)
                nanoTime() - started
            }
        }

    private suspend fun store(photos: List<Packed>): List<Long> {
        val database = openDatabase()
        try {
            return photos.indices.map { index ->
                val started = nanoTime()
                database.photos().put(row(index.toLong()))
                nanoTime() - started
            }
        } finally {
            database.close()
        }
    }

    private fun row(id: Long) = PhotoRow(
        "benchmark",
        id,
        generation = 1,
        takenAtMs = 0,
        monthOf(0, ZoneOffset.UTC).number(),
        bundle.card.extractorVersion,
        ByteArray(bundle.card.features.dimension),
        failure = null,
        stamp = 0
    )
}

private class Packed(val pixels: ByteBuffer, val decodeNs: Long, val resizeNs: Long)

private fun List<Long>.median(): Float = sorted()[size / 2] / NANOSECONDS_A_MILLISECOND
