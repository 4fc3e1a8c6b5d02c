package org.photointerests.pipeline.runtime

import java.io.ByteArrayInputStream
import java.nio.ByteBuffer
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.firstOrNull
import kotlinx.coroutines.withContext
import org.photointerests.core.Bundle
import org.photointerests.core.Choices
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.analysis.AnalysisRows
import org.photointerests.pipeline.analysis.features.FeatureExtractor
import org.photointerests.pipeline.analysis.features.FeatureRow
import org.photointerests.pipeline.analysis.features.FeaturesAnalyzer
import org.photointerests.pipeline.decode.Frame
import org.photointerests.pipeline.decode.ImagePreprocessor
import org.photointerests.pipeline.decode.PhotoException
import org.photointerests.pipeline.decode.PhotoFile
import org.photointerests.pipeline.index.AnalysisResult
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.pipeline.index.ScanIndex
import org.photointerests.pipeline.media.GalleryPhoto
import org.photointerests.pipeline.media.PhotoSource

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
    private val accelerators: AcceleratorSelector,
    private val threadChoices: List<Int>,
    private val openDatabase: () -> PhotoDatabase,
    private val nanoTime: () -> Long = System::nanoTime
) {
    suspend fun run(): BenchmarkResult = withContext(Dispatchers.Default) {
        val own = newest().mapNotNull { photo -> prepared { source.open(photo.key) } }
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
        prepared { ByteArrayInputStream(image) }
    }

    /** Null for a photo that cannot be read. */
    private fun prepared(file: PhotoFile): Prepared? = try {
        Frame(file).use { frame ->
            val started = nanoTime()
            frame.decoded(bundle.card.input.reducedDecode)
            val decoded = nanoTime()
            val pixels = ImagePreprocessor(bundle.card.input).preprocess(frame)
            Prepared(pixels, decoded - started, nanoTime() - decoded)
        }
    } catch (_: PhotoException) {
        null
    }

    private suspend fun inference(photos: List<Prepared>): List<InferenceTime> =
        Accelerator.entries.filter { it.isAvailable() }.flatMap { accelerator ->
            // Threads are the processor's.
            val threads = if (accelerator == Accelerator.CPU) threadChoices else listOf(1)
            threads.mapNotNull { inference(accelerator, it, photos) }
        }

    /** Null for an accelerator that is not used. */
    private suspend fun inference(accelerator: Accelerator, threads: Int, photos: List<Prepared>) =
        accelerators.open(Choices(accelerator, threads, paused = false)).use { extractor ->
            if (extractor.accelerator != accelerator) return@use null
            InferenceTime(accelerator, threads, times(extractor, photos).median())
        }

    private fun times(extractor: FeatureExtractor, photos: List<Prepared>): List<Long> =
        (1..RUNS).flatMap {
            photos.map { photo ->
                val started = nanoTime()
                extractor.extract(photo.pixels)
                nanoTime() - started
            }
        }

    private suspend fun store(photos: List<Prepared>): List<Long> {
        val database = openDatabase()
        try {
            val index = ScanIndex(database)
            val rows = database.features()
            val features = ByteArray(bundle.card.features.dimension)
            val analyzer =
                FeaturesAnalyzer(bundle.card.extractorVersion, rows) { error("not used") }
            val analyzers = index.register(listOf(analyzer))
            return photos.indices.map { number ->
                val photo = GalleryPhoto(PhotoKey("benchmark", number.toLong()), 1, 0, 0)
                val started = nanoTime()
                val marked = index.start(listOf(photo), analyzers).single()
                val written = AnalysisRows {
                    rows.insert(FeatureRow(it.item, it.version, it.month, features))
                }
                index.finish(marked, analyzers.map { AnalysisResult(it, written, null) })
                nanoTime() - started
            }
        } finally {
            database.close()
        }
    }
}

private class Prepared(val pixels: ByteBuffer, val decodeNs: Long, val resizeNs: Long)

private fun List<Long>.median(): Float = sorted()[size / 2] / NANOSECONDS_A_MILLISECOND
