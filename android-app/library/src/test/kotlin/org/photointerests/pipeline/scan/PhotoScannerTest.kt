package org.photointerests.pipeline.scan

import java.util.concurrent.CopyOnWriteArrayList
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.feedback.ExcludedAlbum
import org.photointerests.pipeline.analysis.features.FeatureExtractor
import org.photointerests.pipeline.analysis.features.FeaturesAnalyzer
import org.photointerests.pipeline.analysis.features.ModelFeaturePipeline
import org.photointerests.pipeline.decode.ImagePreprocessor
import org.photointerests.pipeline.decode.PhotoProblem
import org.photointerests.pipeline.index.StoreCounts
import org.photointerests.pipeline.media.PhotoAccess
import org.photointerests.pipeline.runtime.ThermalState
import org.photointerests.support.AppTestRunner
import org.photointerests.support.FakePhotoSource
import org.photointerests.support.TestBundle
import org.photointerests.support.drawnJpeg
import org.photointerests.support.failures
import org.photointerests.support.memoryDatabase
import org.photointerests.support.readCounts

/** The whole scan with the real models and a real database; only the gallery is a fake. */
@RunWith(AppTestRunner::class)
class PhotoScannerTest {
    private val bundle = TestBundle.bundle
    private val version = bundle.card.extractorVersion
    private val source = FakePhotoSource()
    private val database = memoryDatabase()
    private val media = database.media()
    private val features = database.features()
    private val reports = CopyOnWriteArrayList<ScanProgress>()

    @After
    fun close() = database.close()

    @Test
    fun scan_newPhotos_storesTheirFeatures() = runTest {
        val content = drawnJpeg(seed = 1)
        val key = source.put(1, content)
        assertEquals(ScanResult.COMPLETE, scan())
        val expected = FeatureExtractor(bundle).use {
            it.extract(ImagePreprocessor(bundle.card.input).preprocess(content::inputStream))
        }
        val stored = checkNotNull(features.features(version, key.volume, key.id)).features
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
        database.feedback().exclude(ExcludedAlbum("shots", "Screenshots"))
        assertEquals(
            listOf(kept.id),
            media.known(kept.volume, emptyList(), false).map {
                it.mediaId
            }
        )
        source.opened.clear()
        scan()
        assertEquals(emptyMap<Any, Int>(), source.opened)
        database.feedback().include("shots")
        scan()
        assertEquals(setOf(shot), source.opened.keys)
        assertEquals(StoreCounts(2, 0), database.readCounts())
    }

    @Test
    fun scan_albumIncludedMeanwhile_isReadByTheSameScan() = runTest {
        source.put(1, drawnJpeg(1))
        source.put(2, drawnJpeg(2), album = "shots")
        database.feedback().exclude(ExcludedAlbum("shots", "Screenshots"))
        source.onOpen = { kotlinx.coroutines.runBlocking { database.feedback().include("shots") } }
        scan()
        assertEquals(StoreCounts(2, 0), database.readCounts())
        assertEquals(1, media.checkpoints().size)
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
        assertEquals(4, database.readCounts().read)
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
        val given = source.put(1, drawnJpeg(1), generation = 1, fileSignature = 11)
        source.put(2, drawnJpeg(2), generation = 2, fileSignature = 22)
        scan()
        source.opened.clear()
        // The ids mean other photos now, one of them with the very generation it had.
        source.put(1, drawnJpeg(3), generation = 1, fileSignature = 33)
        source.put(2, drawnJpeg(2), generation = 7, fileSignature = 22)
        source.volumes = source.volumes?.map { it.copy(version = "2") }
        scan()
        assertEquals(setOf(given), source.opened.keys)
    }

    @Test
    fun scan_oldAndroid_knowsPhotosByTheirFiles() = runTest {
        source.volumes = null
        val edited = source.put(1, drawnJpeg(1), fileSignature = 11)
        source.put(2, drawnJpeg(2), fileSignature = 22)
        scan()
        source.opened.clear()
        source.put(1, drawnJpeg(3), fileSignature = 33)
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
        assertEquals(StoreCounts(1, 0), database.readCounts())
    }

    @Test
    fun scan_brokenPhotos_recordsWhyAndPassesOver() = runTest {
        source.put(1, ByteArray(0))
        source.put(2, "no photo at all".toByteArray())
        source.put(3, drawnJpeg(3))
        val gone = source.put(4, drawnJpeg(4))
        source.onOpen = { if (it == gone) throw java.io.FileNotFoundException("gone") }
        assertEquals(ScanResult.COMPLETE, scan())
        assertEquals(StoreCounts(1, 3), database.readCounts())
        val failures = database.failures()
        val expected = mapOf(
            1L to PhotoProblem.NOT_A_PHOTO,
            2L to PhotoProblem.NOT_A_PHOTO,
            4L to PhotoProblem.GONE
        )
        assertEquals(expected, failures.associate { it.mediaId to it.problem })
        assertEquals(ScanProgress(4, 4, 3, reports.last().photosPerSecond), reports.last())
    }

    /** As a JPEG of a thousand scans does, each of which its decoder asks for. */
    @Test
    fun scan_photoThatTakesLongerThanItMay_isNamedAndSkipped() = runTest {
        repeat(3) { source.put(it.toLong(), drawnJpeg(it)) }
        var nowNs = 0L
        source.onOpen = { if (it.id == 1L) nowNs += 61_000_000_000 }
        assertEquals(ScanResult.COMPLETE, scan(nanoTime = { nowNs }))
        assertEquals(StoreCounts(2, 1), database.readCounts())
        val failed = database.failures().single()
        assertEquals(1L to PhotoProblem.TOO_SLOW, failed.mediaId to failed.problem)
        source.opened.clear()
        source.put(9, drawnJpeg(9))
        scan()
        assertEquals(setOf(9L), source.opened.keys.map { it.id }.toSet())
    }

    @Test
    fun scan_killedInTheMiddle_goesOnWhereItWas() = runTest {
        repeat(5) { source.put(it.toLong(), drawnJpeg(it)) }
        source.onOpen = { if (it.id == 0L) throw Killed() } // the last one
        assertThrows(Killed::class.java) { runBlocking { scan() } }
        val before = database.readCounts().read
        assertTrue("$before", before in 1..4)
        source.onOpen = {}
        source.opened.clear()
        scan()
        assertEquals(5 - before, source.opened.size)
        assertEquals(StoreCounts(5, 0), database.readCounts())
    }

    @Test
    fun scan_photoThatIsGone_isForgotten() = runTest {
        source.put(1, drawnJpeg(1))
        source.remove(source.put(2, drawnJpeg(2)).also { scan() })
        scan()
        assertEquals(StoreCounts(1, 0), database.readCounts())
    }

    @Test
    fun scan_accessRevokedMeanwhile_forgetsNothing() = runTest {
        repeat(2) { source.put(it.toLong(), drawnJpeg(it)) }
        scan()
        source.put(9, drawnJpeg(9))
        source.onOpen = { source.allowed = PhotoAccess.DENIED }
        assertEquals(ScanResult.NO_ACCESS, scan())
        assertEquals(StoreCounts(3, 0), database.readCounts())
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
        val thermalState = MutableStateFlow(ThermalState.NOMINAL)
        source.onOpen = { if (it.id == 2L) thermalState.value = ThermalState.SEVERE }
        val scan = async(Dispatchers.Default) { scan(thermalState = thermalState) }
        while (reports.none { it.thermalState == ThermalState.SEVERE }) delay(5)
        val stored = database.readCounts().read
        assertTrue("$stored", stored < 4)
        assertFalse(scan.isCompleted)
        thermalState.value = ThermalState.MODERATE
        assertEquals(ScanResult.COMPLETE, scan.await())
        assertEquals(4, database.readCounts().read)
        assertEquals(ThermalState.MODERATE, reports.last().thermalState)
    }

    /** In the time of the test, which no loaded machine changes. */
    @Test
    fun scan_warmPhone_restsAsLongAsItWorks() = runTest {
        repeat(4) { source.put(it.toLong(), drawnJpeg(it)) }
        var now = 0L
        val clock = { now.also { now += 400_000_000 } } // each look is 400 ms after the last one
        val dispatcher = StandardTestDispatcher(testScheduler)
        scan(nanoTime = clock, dispatcher = dispatcher)
        assertEquals(0, currentTime)
        repeat(4) { source.put(it.toLong(), drawnJpeg(it), generation = 2) }
        val warm = flowOf(ThermalState.MODERATE)
        scan(nanoTime = clock, thermalState = warm, dispatcher = dispatcher)
        // The first photo has nothing to rest from.
        assertEquals(3 * 400L, currentTime)
    }

    private class Killed : Error()

    private suspend fun scan(
        extractor: String = version,
        nanoTime: () -> Long = System::nanoTime,
        thermalState: Flow<ThermalState> = flowOf(ThermalState.NOMINAL),
        dispatcher: CoroutineDispatcher = Dispatchers.Default
    ): ScanResult {
        reports.clear()
        val analyzer = FeaturesAnalyzer(extractor, features) {
            ModelFeaturePipeline(bundle.card.input, FeatureExtractor(bundle))
        }
        return PhotoScanner(
            source,
            database,
            listOf(analyzer),
            nanoTime = nanoTime,
            dispatcher = dispatcher,
            thermalState = thermalState
        ).scan { reports += it }
    }
}
