package org.photointerests.scan

import java.util.concurrent.CopyOnWriteArrayList
import kotlin.system.measureTimeMillis
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.test.runTest
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.gallery.PhotoAccess
import org.photointerests.model.FeatureExtractor
import org.photointerests.model.ImagePacker
import org.photointerests.model.PhotoProblem
import org.photointerests.store.ExcludedAlbum
import org.photointerests.store.StoreCounts
import org.photointerests.support.AppTestRunner
import org.photointerests.support.FakePhotoSource
import org.photointerests.support.TestBundle
import org.photointerests.support.drawnJpeg
import org.photointerests.support.memoryDatabase

/** The whole scan with the real models and a real database; only the gallery is a fake. */
@RunWith(AppTestRunner::class)
class PhotoScannerTest {
    private val bundle = TestBundle.bundle
    private val version = bundle.card.extractorVersion
    private val source = FakePhotoSource()
    private val database = memoryDatabase()
    private val photos = database.photos()
    private val reports = CopyOnWriteArrayList<ScanProgress>()

    @After
    fun close() = database.close()

    @Test
    fun scan_newPhotos_storesTheirFeatures() = runTest {
        val content = drawnJpeg(seed = 1)
        val key = source.put(1, content)
        assertEquals(ScanResult.COMPLETE, scan())
        val expected = FeatureExtractor(bundle).use {
            it.extract(ImagePacker(bundle.card.input).pack(content::inputStream))
        }
        val stored = checkNotNull(photos.features(version, key.volume, key.id)).features
        assertEquals(expected.toList(), stored.toList())
    }

    @Test
    fun scan_secondTime_opensNothing() = runTest {
        repeat(3) { source.put(it.toLong(), drawnJpeg(it)) }
        scan()
        source.opened.clear()
        scan()
        assertEquals(emptyMap<Any, Int>(), source.opened)
        assertEquals(3, reports.last().done)
    }

    @Test
    fun scan_excludedAlbum_isNotOpenedAndLeaves() = runTest {
        val kept = source.put(1, drawnJpeg(1))
        val shot = source.put(2, drawnJpeg(2), album = "shots")
        scan()
        database.choices().exclude(ExcludedAlbum("shots", "Screenshots"))
        assertEquals(listOf(kept.id), photos.known(kept.volume, version).map { it.id })
        source.opened.clear()
        scan()
        assertEquals(emptyMap<Any, Int>(), source.opened)
        database.choices().include("shots")
        scan()
        assertEquals(setOf(shot), source.opened.keys)
        assertEquals(StoreCounts(2, 0), photos.counts(version).first())
    }

    @Test
    fun scan_albumIncludedMeanwhile_isReadByTheSameScan() = runTest {
        source.put(1, drawnJpeg(1))
        source.put(2, drawnJpeg(2), album = "shots")
        database.choices().exclude(ExcludedAlbum("shots", "Screenshots"))
        source.onOpen = { kotlinx.coroutines.runBlocking { database.choices().include("shots") } }
        scan()
        assertEquals(StoreCounts(2, 0), photos.counts(version).first())
        assertEquals(1, photos.checkpoints().size)
    }

    @Test
    fun scan_changedPhoto_readsItAgain() = runTest {
        val key = source.put(1, drawnJpeg(1))
        source.put(2, drawnJpeg(2))
        scan()
        source.opened.clear()
        source.put(1, drawnJpeg(3), generation = 2)
        scan()
        assertEquals(setOf(key), source.opened.keys)
    }

    @Test
    fun scan_nothingChanged_doesNotEvenList() = runTest {
        repeat(3) { source.put(it.toLong(), drawnJpeg(it)) }
        scan()
        assertEquals(1, source.listed)
        assertEquals(ScanResult.COMPLETE, scan())
        assertEquals(1, source.listed)
        assertEquals(3, reports.single().done)
        source.put(9, drawnJpeg(9))
        scan()
        assertEquals(2, source.listed)
        assertEquals(4, photos.counts(version).first().read)
    }

    @Test
    fun scan_firstOfManyPhotos_beginsWithASampleOfAllTimes() = runTest {
        val content = ByteArray(0) // a photo that fails is the quickest to read
        repeat(1000) { source.put(it.toLong(), content, takenAtMs = it.toLong()) }
        scan()
        val first = source.opened.keys.take(300).map { it.id }
        assertTrue("${first.last()}", first.first() == 999L && first.last() < 110)
        assertEquals(1000, source.opened.size)
        assertTrue(source.opened.values.all { it == 1 })
        assertEquals(1000, reports.last().done)
        assertTrue(reports.zipWithNext().count { (one, next) -> next.done < one.done } <= 1)
    }

    @Test
    fun scan_selectedPhotosOnly_alwaysLists() = runTest {
        source.put(1, drawnJpeg(1))
        scan()
        source.allowed = PhotoAccess.PARTIAL
        repeat(2) { scan() }
        source.allowed = PhotoAccess.FULL
        scan()
        assertEquals(4, source.listed)
    }

    @Test
    fun scan_newIndexOfTheVolume_knowsPhotosByTheirFiles() = runTest {
        val given = source.put(1, drawnJpeg(1), generation = 1, stamp = 11)
        source.put(2, drawnJpeg(2), generation = 2, stamp = 22)
        scan()
        source.opened.clear()
        // The ids mean other photos now, one of them with the very generation it had.
        source.put(1, drawnJpeg(3), generation = 1, stamp = 33)
        source.put(2, drawnJpeg(2), generation = 7, stamp = 22)
        source.volumes = source.volumes?.map { it.copy(version = "2") }
        scan()
        assertEquals(setOf(given), source.opened.keys)
    }

    @Test
    fun scan_oldAndroid_knowsPhotosByTheirFiles() = runTest {
        source.volumes = null
        val edited = source.put(1, drawnJpeg(1), stamp = 11)
        source.put(2, drawnJpeg(2), stamp = 22)
        scan()
        source.opened.clear()
        source.put(1, drawnJpeg(3), stamp = 33)
        scan()
        assertEquals(setOf(edited), source.opened.keys)
        assertEquals(2, source.listed)
    }

    @Test
    fun scan_otherExtractor_readsAllAgain() = runTest {
        val key = source.put(1, drawnJpeg(1))
        scan(extractor = "older")
        source.opened.clear()
        scan()
        assertEquals(setOf(key), source.opened.keys)
        assertEquals(StoreCounts(1, 0), photos.counts(version).first())
    }

    @Test
    fun scan_brokenPhotos_recordsWhyAndPassesOver() = runTest {
        source.put(1, ByteArray(0))
        source.put(2, "no photo at all".toByteArray())
        source.put(3, drawnJpeg(3))
        val gone = source.put(4, drawnJpeg(4))
        source.onOpen = { if (it == gone) throw java.io.FileNotFoundException("gone") }
        assertEquals(ScanResult.COMPLETE, scan())
        assertEquals(StoreCounts(1, 3), photos.counts(version).first())
        val failures = photos.failures(limit = 10).first()
        val expected = mapOf(
            1L to PhotoProblem.NOT_A_PHOTO,
            2L to PhotoProblem.NOT_A_PHOTO,
            4L to PhotoProblem.GONE
        )
        assertEquals(expected, failures.associate { it.id to it.failure })
        assertEquals(ScanProgress(4, 4, 3, reports.last().photosPerSecond), reports.last())
    }

    @Test
    fun scan_killedInTheMiddle_goesOnWhereItWas() = runTest {
        repeat(5) { source.put(it.toLong(), drawnJpeg(it)) }
        source.onOpen = { if (it.id == 0L) throw Killed() } // the last one
        assertThrows(Killed::class.java) { runBlocking { scan() } }
        val before = photos.counts(version).first().read
        assertTrue("$before", before in 1..4)
        source.onOpen = {}
        source.opened.clear()
        scan()
        assertEquals(5 - before, source.opened.size)
        assertEquals(StoreCounts(5, 0), photos.counts(version).first())
    }

    @Test
    fun scan_photoThatIsGone_isForgotten() = runTest {
        source.put(1, drawnJpeg(1))
        source.remove(source.put(2, drawnJpeg(2)).also { scan() })
        scan()
        assertEquals(StoreCounts(1, 0), photos.counts(version).first())
    }

    @Test
    fun scan_accessRevokedMeanwhile_forgetsNothing() = runTest {
        repeat(2) { source.put(it.toLong(), drawnJpeg(it)) }
        scan()
        source.put(9, drawnJpeg(9))
        source.onOpen = { source.allowed = PhotoAccess.DENIED }
        assertEquals(ScanResult.NO_ACCESS, scan())
        assertEquals(StoreCounts(3, 0), photos.counts(version).first())
        assertEquals(ScanResult.NO_ACCESS, scan())
    }

    @Test
    fun progress_rateAndTimeLeft_followTheClock() = runTest {
        repeat(4) { source.put(it.toLong(), drawnJpeg(it)) }
        scan(nanoTime = { reports.size * 500_000_000L }) // half a second a photo
        val half = reports.first { it.done == 2 }
        assertEquals(2f, half.photosPerSecond, 1e-3f)
        assertEquals(1L, half.secondsLeft)
        assertEquals(0L, reports.last().secondsLeft)
        assertEquals(null, reports.first().secondsLeft)
    }

    @Test
    fun scan_hotPhone_waitsUntilItIsCool() = runBlocking {
        repeat(4) { source.put(it.toLong(), drawnJpeg(it)) }
        val heat = MutableStateFlow(Heat.COOL)
        source.onOpen = { if (it.id == 2L) heat.value = Heat.HOT }
        val scan = async(Dispatchers.Default) { scan(heat = heat) }
        while (reports.none { it.heat == Heat.HOT }) delay(5)
        delay(200)
        val stored = photos.counts(version).first().read
        assertTrue("$stored", stored < 4)
        assertFalse(scan.isCompleted)
        heat.value = Heat.WARM
        assertEquals(ScanResult.COMPLETE, scan.await())
        assertEquals(4, photos.counts(version).first().read)
        assertEquals(Heat.WARM, reports.last().heat)
    }

    @Test
    fun scan_warmPhone_takesLonger() = runBlocking {
        repeat(4) { source.put(it.toLong(), drawnJpeg(it)) }
        var now = 0L
        val clock = { now.also { now += 400_000_000 } } // each look is 400 ms after the last one
        val warm = measureTimeMillis { scan(nanoTime = clock, heat = flowOf(Heat.WARM)) }
        repeat(4) { source.put(it.toLong(), drawnJpeg(it), generation = 2) }
        val cool = measureTimeMillis { scan(nanoTime = clock) }
        assertTrue("$cool ms cool, $warm ms warm", warm >= 3 * 400 && warm - cool >= 2 * 400)
    }

    private class Killed : Error()

    private suspend fun scan(
        extractor: String = version,
        nanoTime: () -> Long = System::nanoTime,
        heat: Flow<Heat> = flowOf(Heat.COOL)
    ): ScanResult {
        reports.clear()
        val open = suspend { ModelPhotoReader(bundle.card.input, FeatureExtractor(bundle)) }
        return PhotoScanner(source, photos, extractor, open, nanoTime, heat = heat)
            .scan { reports += it }
    }
}
