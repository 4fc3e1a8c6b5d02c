package org.photointerests.measure

import androidx.room.Room
import androidx.test.core.app.ApplicationProvider
import java.nio.ByteBuffer
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.insights.interests.InterestModel
import org.photointerests.insights.interests.InterestRepository
import org.photointerests.insights.interests.Period
import org.photointerests.pipeline.analysis.features.FeatureExtractor
import org.photointerests.pipeline.analysis.features.FeaturePipeline
import org.photointerests.pipeline.analysis.features.FeaturesAnalyzer
import org.photointerests.pipeline.analysis.features.ModelFeaturePipeline
import org.photointerests.pipeline.decode.Frame
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.pipeline.runtime.Accelerator
import org.photointerests.pipeline.scan.PhotoScanner
import org.photointerests.support.AppTestRunner
import org.photointerests.support.FakePhotoSource
import org.photointerests.support.TestBundle
import org.photointerests.support.drawnJpeg
import org.photointerests.support.photoSample
import org.photointerests.support.put
import org.photointerests.support.readCounts

private const val PERIOD_DAYS = 1095
private const val DAY_MS = 86_400_000L
private const val MILLISECOND = 1e6
private const val MEGABYTE = 1e6

/** What a phone holds: its own photos, those sent to it, its screen and what it was shown. */
private val sizes = listOf(4000 to 3000, 4000 to 3000, 1600 to 1200, 1080 to 2340, 640 to 480)
private const val SCENES = 5

/** Times a scan of many drawn photos on this computer; the task `measure` runs it. */
@RunWith(AppTestRunner::class)
class ScanMeasurement {
    private val bundle = TestBundle.bundle
    private val count = checkNotNull(System.getProperty("photos")).toInt()
    private val source = FakePhotoSource()
    private val database = Room.databaseBuilder(
        ApplicationProvider.getApplicationContext(),
        PhotoDatabase::class.java,
        "measured.db"
    ).build()

    @Test
    fun scan_manyPhotos_tellsTimePerPhoto() = runBlocking {
        val drawn = List(SCENES) { scene -> sizes.map { (w, h) -> drawnJpeg(scene * 10, w, h) } }
        val files = drawn.flatten()
        repeat(count) {
            val takenAtMs = it % PERIOD_DAYS * DAY_MS
            source.put(it.toLong(), files[it % files.size], takenAtMs)
        }
        val reader = TimedReader()
        val oneByOne = timed { readOneByOne(reader) }
        val packing = reader.packing
        val extracting = reader.extracting
        withContext(Dispatchers.IO) { database.clearAllTables() }
        val scan = timed { scanner(reader).scan {} }
        assertEquals(count, database.readCounts().read)
        val second = rescan(reader)
        val interests = InterestRepository(database, bundle.card, InterestModel(bundle))
        val profile = timed { interests.profile(Period.All, 8) }
        report("photos", count.toDouble())
        (0 until count).groupingBy {
            sizes[it % sizes.size]
        }.eachCount().forEach { (size, photos) ->
            report("photos of ${size.first} x ${size.second}", photos.toDouble())
        }
        report("decode and resize, ms a photo", perPhoto(packing))
        report("inference, ms a photo", perPhoto(extracting))
        report("database, ms a photo", perPhoto(oneByOne - packing - extracting))
        report("these one after the other, ms a photo", perPhoto(oneByOne))
        report("a scan, which decodes ahead, ms a photo", perPhoto(scan))
        report("second scan, ms a photo", perPhoto(second))
        report("photos opened by the second scan", source.opened.size.toDouble())
        report("interests of all, ms", profile / MILLISECOND)
        report("peak heap, MB", reader.peakHeap / MEGABYTE)
        assertEquals(emptyMap<Any, Int>(), source.opened)
    }

    /** What a scan does without decoding ahead. */
    private suspend fun readOneByOne(reader: FeaturePipeline) =
        source.pages(count).collect { page ->
            page.forEach {
                val features = Frame { source.open(it.key) }.use { frame ->
                    reader.extract(reader.decode(frame))
                }
                database.put(photoSample(it.key, features, it.takenAtMs))
            }
        }

    /** As after a change of the gallery, which has every photo listed again. */
    private suspend fun rescan(reader: FeaturePipeline): Double {
        source.opened.clear()
        source.volumes = source.volumes?.map { it.copy(generation = it.generation?.plus(1)) }
        return timed { scanner(reader).scan {} }
    }

    private fun report(what: String, value: Double) = println("measured: $what: %.3f".format(value))

    private fun perPhoto(nanoseconds: Double) = nanoseconds / MILLISECOND / count

    private fun scanner(reader: FeaturePipeline) = PhotoScanner(
        source,
        database,
        listOf(FeaturesAnalyzer(bundle.card.extractorVersion, database.features()) { reader })
    )

    private inner class TimedReader : FeaturePipeline {
        private val extractor = FeatureExtractor(bundle, Accelerator.CPU, threads = 2)
        private val reader = ModelFeaturePipeline(bundle.card.input, extractor)
        var packing = 0.0
        var extracting = 0.0
        var peakHeap = 0L

        override fun decode(frame: Frame): ByteBuffer {
            val started = System.nanoTime()
            return reader.decode(frame).also { packing += System.nanoTime() - started }
        }

        override fun extract(pixels: ByteBuffer): ByteArray {
            val started = System.nanoTime()
            return reader.extract(pixels).also {
                extracting += System.nanoTime() - started
                val runtime = Runtime.getRuntime()
                peakHeap = maxOf(peakHeap, runtime.totalMemory() - runtime.freeMemory())
            }
        }

        override fun close() = Unit
    }

    private inline fun timed(action: () -> Unit): Double {
        val started = System.nanoTime()
        action()
        return (System.nanoTime() - started).toDouble()
    }
}
