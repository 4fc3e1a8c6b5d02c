package org.photointerests.pipeline.scan

import java.io.FileNotFoundException
import java.io.IOException
import java.nio.ByteBuffer
import java.util.concurrent.CountDownLatch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.test.runTest
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.kill.QuickPipeline
import org.photointerests.pipeline.analysis.Analysis
import org.photointerests.pipeline.analysis.AnalysisRows
import org.photointerests.pipeline.analysis.Analyzer
import org.photointerests.pipeline.analysis.PreparedPhoto
import org.photointerests.pipeline.analysis.features.FeaturesAnalyzer
import org.photointerests.pipeline.decode.Frame
import org.photointerests.pipeline.decode.PhotoProblem
import org.photointerests.pipeline.index.MAX_ATTEMPTS
import org.photointerests.pipeline.index.StoreCounts
import org.photointerests.pipeline.media.VolumeState
import org.photointerests.pipeline.runtime.ProcessEnd
import org.photointerests.support.AppTestRunner
import org.photointerests.support.FakePhotoSource
import org.photointerests.support.TestBundle
import org.photointerests.support.failures
import org.photointerests.support.memoryDatabase
import org.photointerests.support.readCounts

/** What a scan finds after crashes, failed reads, new indices and volumes that come and go. */
@RunWith(AppTestRunner::class)
class ScanRecoveryTest {
    private val source = FakePhotoSource()
    private val database = memoryDatabase()
    private val version = TestBundle.bundle.card.extractorVersion
    private val content = byteArrayOf(1)

    @After
    fun close() = database.close()

    @Test
    fun photoThatEndsTheProcess_isSkippedAfterTwoDeaths_andNoOther() = runTest {
        repeat(20) { source.put(it.toLong(), content) }
        source.onOpen = { if (it.id == 13L) throw Killed() }
        var deaths = 0
        while (runCatching { runBlocking { scan(ProcessEnd.CRASHED) } }.isFailure) deaths++
        assertEquals(2, deaths)
        assertEquals(StoreCounts(19, 1), database.readCounts())
        val failed = database.failures().single()
        assertEquals(13L to PhotoProblem.CRASHED, failed.mediaId to failed.problem)
        // It gets another chance once its file has changed.
        source.onOpen = {}
        source.put(13, byteArrayOf(2), generation = 2)
        scan()
        assertEquals(StoreCounts(20, 0), database.readCounts())
    }

    /** Native code that hangs cannot be interrupted: the scan goes on without it. */
    @Test
    fun decoderThatNeverEnds_isLeftAlone_andHoldsNoOtherPhoto() = runTest {
        repeat(20) { source.put(it.toLong(), content) }
        val end = CountDownLatch(1)
        source.onOpen = { if (it.id == 13L) end.await() }
        scan(photoLimitMs = 1500)
        assertEquals(StoreCounts(19, 1), database.readCounts())
        val failed = database.failures().single()
        assertEquals(13L to PhotoProblem.TOO_SLOW, failed.mediaId to failed.problem)
        end.countDown()
        val opened = mutableListOf<Long>()
        source.onOpen = { opened += it.id }
        source.put(20, content)
        scan()
        assertEquals(listOf(20L), opened)
    }

    @Test
    fun photoOfAnInterruptedProcess_isTriedAgainAsOftenAsItTakes() = runTest {
        source.put(1, content)
        source.onOpen = { throw Killed() }
        repeat(4) { runCatching { runBlocking { scan(ProcessEnd.INTERRUPTED) } } }
        source.onOpen = {}
        scan(ProcessEnd.INTERRUPTED)
        assertEquals(StoreCounts(1, 0), database.readCounts())
    }

    @Test
    fun readThatFailedForAWhile_isTriedAgainByALaterScan() = runTest {
        val flaky = source.put(1, content)
        source.onOpen = { throw IOException("the card was busy") }
        scan()
        assertEquals(PhotoProblem.UNREADABLE, database.failures().single().problem)
        source.onOpen = {}
        source.opened.clear()
        scan() // though the gallery has not changed
        assertEquals(setOf(flaky), source.opened.keys)
        assertEquals(StoreCounts(1, 0), database.readCounts())
    }

    @Test
    fun readThatAlwaysFails_isTriedAFewTimes() = runTest {
        source.put(1, content)
        var tries = 0
        source.onOpen = {
            tries++
            throw FileNotFoundException("gone")
        }
        repeat(MAX_ATTEMPTS + 3) { scan() }
        assertEquals(MAX_ATTEMPTS, tries)
        assertEquals(PhotoProblem.GONE, database.failures().single().problem)
    }

    @Test
    fun secondPassOfAScan_doesNotRetry() = runTest {
        source.put(1, content)
        source.onOpen = { throw IOException("busy") }
        scan()
        source.onOpen = {}
        source.opened.clear()
        scan(retry = false)
        assertEquals(emptyMap<PhotoKey, Int>(), source.opened)
    }

    @Test
    fun newIndex_ofTheSameFiles_opensNothing_norDoesTheScanAfterIt() = runTest {
        repeat(20) { put(it, generation = it + 1L) }
        scan()
        repeat(20) { put(it, generation = it + 1001L) }
        newIndex()
        source.opened.clear()
        scan()
        val new = source.put(99, content, generation = 2000)
        scan()
        assertEquals(setOf(new), source.opened.keys)
    }

    @Test
    fun newIndex_thatGivesOtherIds_opensNothing() = runTest {
        repeat(20) { put(it, generation = it + 1L) }
        scan()
        repeat(20) { source.remove(PhotoKey("external_primary", it.toLong())) }
        // In the opposite order, so that every id is another photo's.
        repeat(20) { source.put(19L - it, byteArrayOf(it.toByte()), 5, 500L + it, 100L + it) }
        newIndex()
        source.opened.clear()
        scan()
        assertEquals(emptyMap<PhotoKey, Int>(), source.opened)
        val moved = database.features().features(version, "external_primary", 19)
        val expected = QuickPipeline().extract(ByteBuffer.wrap(byteArrayOf(0)))
        assertEquals(expected.toList(), checkNotNull(moved).features.toList())
    }

    @Test
    fun newIndex_photoThatAlsoChanged_isReadAgain() = runTest {
        repeat(3) { put(it, generation = it + 1L) }
        scan()
        put(0, generation = 3)
        newIndex()
        scan()
        source.opened.clear()
        // Edited; it gets the very generation that it had in the old index.
        val edited = source.put(0, byteArrayOf(9), generation = 1, fileSignature = 999)
        scan()
        assertEquals(setOf(edited), source.opened.keys)
    }

    @Test
    fun memoryCard_takenOutForAScan_isHiddenAndNotReadAgain() = runTest {
        val inside = source.put(1, content)
        val card = (2L..4).map { source.put(it, content, volume = "1234-5678") }
        scan()
        source.unmount("1234-5678")
        scan()
        assertEquals(StoreCounts(1, 0), database.readCounts())
        source.mount("1234-5678")
        source.opened.clear()
        scan()
        assertEquals(emptyMap<PhotoKey, Int>(), source.opened)
        assertEquals(StoreCounts(4, 0), database.readCounts())
        source.remove(card.first())
        source.remove(inside)
        scan()
        assertEquals(StoreCounts(2, 0), database.readCounts())
    }

    @Test
    fun newAnalyzer_readsWhatIsMissing_andLeavesTheOtherAlone() = runTest {
        repeat(3) { source.put(it.toLong(), content) }
        scan()
        var features = 0
        val first = FeaturesAnalyzer(version, database.features()) { QuickPipeline { features++ } }
        val second = Counting("sizes", "1")
        PhotoScanner(source, database, listOf(first, second)).scan {}
        assertEquals(0 to 3, features to second.seen)
        source.put(9, content)
        source.opened.clear()
        PhotoScanner(source, database, listOf(first, second)).scan {}
        assertEquals(1 to 4, features to second.seen)
        val newer = Counting("sizes", "2")
        PhotoScanner(source, database, listOf(first, newer)).scan {}
        assertEquals(1 to 4, features to newer.seen)
    }

    private class Counting(override val name: String, override val version: String) : Analyzer {
        var seen = 0

        override suspend fun open() = object : Analysis {
            override fun prepare(frame: Frame) = PreparedPhoto {
                seen++
                AnalysisRows {}
            }

            override fun close() = Unit
        }
    }

    private fun put(number: Int, generation: Long) =
        source.put(number.toLong(), byteArrayOf(number.toByte()), 5, generation, 100L + number)

    private fun newIndex() {
        source.volumes = source.volumes?.map { VolumeState(it.volume, "${it.version}+", 7) }
    }

    private class Killed : Error()

    private suspend fun scan(
        lastEnd: ProcessEnd = ProcessEnd.INTERRUPTED,
        retry: Boolean = true,
        photoLimitMs: Long = 60_000
    ) {
        val analyzer = FeaturesAnalyzer(version, database.features()) { QuickPipeline() }
        val result = PhotoScanner(
            source,
            database,
            listOf(analyzer),
            lastEnd = { lastEnd },
            photoLimitMs = photoLimitMs
        ).scan(retry) {}
        assertTrue("$result", result == ScanResult.COMPLETE)
    }
}
