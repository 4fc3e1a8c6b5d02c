package org.photointerests.measure

import androidx.room.Room
import androidx.test.core.app.ApplicationProvider
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.interests.InterestReader
import org.photointerests.interests.Period
import org.photointerests.model.Accelerator
import org.photointerests.model.FeatureExtractor
import org.photointerests.model.ImagePacker
import org.photointerests.model.InterestModel
import org.photointerests.model.PhotoFile
import org.photointerests.scan.PhotoReader
import org.photointerests.scan.PhotoScanner
import org.photointerests.store.PhotoDatabase
import org.photointerests.support.AppTestRunner
import org.photointerests.support.FakePhotoSource
import org.photointerests.support.TestBundle
import org.photointerests.support.drawnJpeg

private const val WIDTH = 4000
private const val HEIGHT = 3000
private const val DIFFERENT = 20
private const val MILLISECOND = 1e6

/** Times a scan of many photos of 12 megapixels on this computer; the task `measure` runs it. */
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
        val files = List(DIFFERENT) { drawnJpeg(it * 3, WIDTH, HEIGHT) }
        repeat(count) {
            source.put(it.toLong(), files[it % DIFFERENT], takenAtMs = it * 86_400_000L)
        }
        val reader = TimedReader()
        val scan = timed { scanner(reader).scan {} }
        val counts = database.photos().counts(bundle.card.extractorVersion).first()
        assertEquals(count, counts.read)
        source.opened.clear()
        val second = timed { scanner(reader).scan {} }
        assertEquals(emptyMap<Any, Int>(), source.opened)
        report("photos", count.toDouble())
        report("decode and resize, ms a photo", reader.packing / MILLISECOND / count)
        report("inference, ms a photo", reader.extracting / MILLISECOND / count)
        val rest = scan - reader.packing - reader.extracting
        report("database and the rest, ms a photo", rest / MILLISECOND / count)
        report("second scan, ms a photo", second / MILLISECOND / count)
        val interests =
            InterestReader(database, bundle.card, InterestModel(bundle))
        interests.profile(Period.All, 8)
        report("interests of all, ms", timed { interests.profile(Period.All, 8) } / MILLISECOND)
        report("peak heap, MB", reader.peakHeap / 1e6)
    }

    private fun scanner(reader: PhotoReader) = PhotoScanner(
        source,
        database.photos(),
        bundle.card.extractorVersion,
        { reader }
    )

    private inner class TimedReader : PhotoReader {
        private val packer = ImagePacker(bundle.card.input)
        private val extractor = FeatureExtractor(bundle, Accelerator.CPU, threads = 2)
        var packing = 0.0
        var extracting = 0.0
        var peakHeap = 0L

        override fun read(file: PhotoFile): ByteArray {
            val started = System.nanoTime()
            val pixels = packer.pack(file)
            val packed = System.nanoTime()
            return extractor.extract(pixels).also {
                packing += packed - started
                extracting += System.nanoTime() - packed
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

    private fun report(what: String, value: Double) = println("measured: $what: %.2f".format(value))
}
