package org.photointerests.measure

import android.Manifest.permission.READ_MEDIA_IMAGES
import android.app.Application
import android.os.Environment.MEDIA_MOUNTED
import android.os.Process
import android.os.storage.StorageManager
import android.provider.MediaStore
import androidx.room.withTransaction
import androidx.test.core.app.ApplicationProvider
import java.io.File
import java.nio.ByteBuffer
import java.time.YearMonth
import kotlin.concurrent.thread
import kotlin.random.Random
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.insights.RefreshPace
import org.photointerests.insights.interests.InterestModel
import org.photointerests.insights.interests.InterestRepository
import org.photointerests.insights.interests.Period
import org.photointerests.pipeline.analysis.features.FeaturePipeline
import org.photointerests.pipeline.analysis.features.FeaturesAnalyzer
import org.photointerests.pipeline.decode.Frame
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.pipeline.index.PhotoRepository
import org.photointerests.pipeline.media.GalleryPhoto
import org.photointerests.pipeline.media.MediaStorePhotoSource
import org.photointerests.pipeline.scan.PhotoScanner
import org.photointerests.pipeline.scan.ScanResult
import org.photointerests.support.AppTestRunner
import org.photointerests.support.FakeMediaProvider
import org.photointerests.support.TestBundle
import org.photointerests.support.photoSample
import org.photointerests.support.put
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.StorageVolumeBuilder

private const val DAY_S = 86_400L
private const val PHOTOS_A_DAY = 14
private const val STRIP = 8
private const val MILLISECOND = 1e6
private const val NEW_PHOTOS = 2000

// What a phone takes for a photo, or less.
private const val READ_MS = 15L

/** Times a gallery of very many photos that were read before; `measure -Pgallery` runs it. */
@RunWith(AppTestRunner::class)
class LargeGalleryMeasurement {
    private val application = ApplicationProvider.getApplicationContext<Application>()
    private val count = checkNotNull(System.getProperty("gallery")).toInt()
    private val card = TestBundle.bundle.card
    private val media =
        Robolectric.setupContentProvider(FakeMediaProvider::class.java, MediaStore.AUTHORITY)
    private val source = MediaStorePhotoSource(application)
    private val model = InterestModel(TestBundle.bundle)

    @Test
    fun manyPhotos_everythingButReading_isTimed() = runBlocking {
        shadowOf(application).grantPermissions(READ_MEDIA_IMAGES)
        mountInternalStorage()
        fill()
        val before = idleHeap()
        report("photos", count.toDouble())
        report("first profile of all, ms", timed { reader().profile(Period.All, STRIP) })
        report(
            "profile at a start of the app, ms",
            timed {
                checkNotNull(reader().lastProfile(Period.All))
            }
        )
        report("the same made sure of, ms", timed { reader().profile(Period.All, STRIP) })
        database().media().forget("external_primary", listOf(0))
        report(
            "profile after one photo has gone, ms",
            timed {
                reader().profile(Period.All, STRIP)
            }
        )
        report("timeline, ms", timed { reader().timeline() })
        report("first listing of all, ms", timed { assertEquals(1, scanned()) })
        report("rescan of an unchanged gallery, ms", timed { assertEquals(0, scanned()) })
        addPhotos(1)
        report("rescan after one photo came, ms", timed { assertEquals(1, scanned()) })
        refreshWhileScanning()
        // What the first of all uses left to be cleared is no part of the app at rest.
        val idle = minOf(before, idleHeap())
        heap("a profile read anew", idle) {
            database().media().forget("external_primary", listOf(1))
            reader().profile(Period.All, STRIP)
        }
        heap("a timeline", idle) { reader().timeline() }
        heap("a scan that lists all", idle) {
            database().media().clearCheckpoints()
            assertEquals(1, scanned())
        }
        heap("a rescan after one photo came", idle) {
            addPhotos(1)
            assertEquals(1, scanned())
        }
        heap("a rescan of an unchanged gallery", idle) { assertEquals(0, scanned()) }
        report("peak heap above idle, MB", peak)
        val file = application.getDatabasePath("large.db")
        val bytes = file.length() + File(file.path + "-wal").length()
        report("database, bytes a photo", bytes.toDouble() / count)
        database().close()
    }

    private var peak = 0.0
    private var added = 0

    private val opened by lazy {
        PhotoDatabase.builder(application, "large.db").build()
    }

    private fun database() = opened

    /** As a new process would make it: nothing is kept in its memory. */
    private fun reader() = InterestRepository(database(), card, model, { YearMonth.of(2026, 11) })

    /** What a phone does while somebody looks at the interests and new photos are scanned. */
    private suspend fun refreshWhileScanning() = coroutineScope {
        addPhotos(NEW_PHOTOS)
        val pace = RefreshPace()
        val reader = reader()
        var refreshes = 0
        var busy = 0.0
        val counts = PhotoRepository(database().media(), card.extractorVersion).counts
        val refresh = launch(Dispatchers.Default) {
            pace.paced(counts).conflate().collect {
                pace.measure { busy += timed { reader.profile(Period.All, STRIP) } }
                refreshes++
            }
        }
        val whole = timed { assertEquals(NEW_PHOTOS, scanned(READ_MS)) }
        refresh.cancelAndJoin()
        report("photos scanned while the profile is refreshed", NEW_PHOTOS.toDouble())
        report("refreshes of the profile while scanning", refreshes.toDouble())
        report("refresh of the profile while scanning, percent of one core", busy / whole * 100)
    }

    private fun addPhotos(number: Int) {
        repeat(number) {
            val takenAtS = (count + added++) * DAY_S / PHOTOS_A_DAY
            media.add(count.toLong() + added, takenAtS, takenAtS * 1000)
        }
        media.generation++
    }

    private fun mountInternalStorage() {
        val storage = shadowOf(application.getSystemService(StorageManager::class.java))
        val folder = application.filesDir
        val inside = StorageVolumeBuilder("0", folder, "", Process.myUserHandle(), MEDIA_MOUNTED)
        storage.addStorageVolume(inside.setIsPrimary(true).build())
    }

    /** Photos that a scan read, each within [millisecondsEach]. */
    private suspend fun scanned(millisecondsEach: Long = 0): Int {
        var read = 0
        val reader = object : FeaturePipeline {
            override fun decode(frame: Frame): ByteBuffer = ByteBuffer.allocate(0)

            override fun extract(pixels: ByteBuffer): ByteArray {
                read++
                Thread.sleep(millisecondsEach)
                return ByteArray(card.features.dimension)
            }

            override fun close() = Unit
        }
        val analyzer = FeaturesAnalyzer(card.extractorVersion, database().features()) { reader }
        val scanner = PhotoScanner(source, database(), listOf(analyzer))
        assertEquals(ScanResult.COMPLETE, scanner.scan {})
        return read
    }

    private suspend fun fill() {
        val random = Random(1)
        val features = TestBundle.goldenFeatures()
        repeat(count) {
            val takenAtS = it * DAY_S / PHOTOS_A_DAY
            media.add(it.toLong(), takenAtS, takenAtS * 1000)
        }
        source.pages(5000).toList().flatten().chunked(1000).forEach { page ->
            database().withTransaction {
                page.forEach { database().put(sample(it, features.random(random))) }
            }
        }
    }

    private fun sample(photo: GalleryPhoto, features: ByteArray) = photoSample(
        photo.key,
        features,
        photo.takenAtMs,
        generation = photo.generation,
        fileSignature = photo.fileSignature
    )

    private inline fun timed(action: () -> Unit): Double {
        val started = System.nanoTime()
        action()
        return (System.nanoTime() - started) / MILLISECOND
    }

    /** What is in use beyond that of an app at rest, at the worst moment of [action]. */
    private fun heap(what: String, idle: Double, action: suspend () -> Unit) {
        val used = (peakHeap(action) - idle) / 1e6
        report("heap above idle of $what, MB", used)
        peak = maxOf(peak, used)
    }

    private fun idleHeap() = (1..5).minOf {
        Thread.sleep(200) // SQLite and Robolectric free things a while after they are done with
        liveHeap()
    }

    private fun liveHeap(): Double {
        System.gc()
        return Runtime.getRuntime().run { totalMemory() - freeMemory() }.toDouble()
    }

    /** Largest heap that is really in use while [action] runs. */
    private fun peakHeap(action: suspend () -> Unit): Double {
        var peak = 0.0
        var running = true
        val watch = thread { while (running) peak = maxOf(peak, liveHeap()) }
        runBlocking { action() }
        running = false
        watch.join()
        return peak
    }

    private fun report(what: String, value: Double) = println("measured: $what: %.1f".format(value))
}
