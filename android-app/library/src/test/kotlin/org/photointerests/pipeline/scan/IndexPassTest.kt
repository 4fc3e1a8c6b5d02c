package org.photointerests.pipeline.scan

import java.io.IOException
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Mutex
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.kill.Killed
import org.photointerests.pipeline.analysis.AnalysisRows
import org.photointerests.pipeline.analysis.IndexAnalysis
import org.photointerests.pipeline.analysis.IndexAnalyzer
import org.photointerests.pipeline.analysis.PendingPhoto
import org.photointerests.pipeline.analysis.scenes.PhotoScenes
import org.photointerests.pipeline.analysis.scenes.SceneAnalyzer
import org.photointerests.pipeline.index.MAX_CRASHES
import org.photointerests.pipeline.index.ScanIndex
import org.photointerests.support.AppTestRunner
import org.photointerests.support.GoldenScenes
import org.photointerests.support.TestBundle
import org.photointerests.support.TestScenes
import org.photointerests.support.memoryDatabase
import org.photointerests.support.photoSample
import org.photointerests.support.put

private const val PHOTOS = 600

/** Scenes of photos that were scanned, with the real model. */
@RunWith(AppTestRunner::class)
class IndexPassTest {
    private val database = memoryDatabase()
    private val extractor = TestBundle.bundle.card.extractorVersion
    private val scenes = PhotoScenes(database.scenes(), TestScenes.files.card, extractor)
    private val seen = mutableListOf<Long>()
    private var on = true

    private fun analyzer(version: String? = null) = Watched(
        SceneAnalyzer(TestScenes.files, extractor, database.features(), database.scenes()),
        version
    )

    private val pass = IndexPass(database, extractor, Mutex(), isOn = { on })

    @After
    fun close() = database.close()

    @Test
    fun everyPhoto_isSeenOnce_newestFirst_andHasTheSceneThatPythonFound() = runBlocking {
        fill(GoldenScenes.photos.size)
        assertEquals(GoldenScenes.photos.size, pass.run(analyzer()))
        assertEquals(GoldenScenes.photos.indices.reversed().map { it.toLong() }, seen)
        val found = GoldenScenes.photos.indices.map { scenes.scene(key(it))?.group?.id }
        assertEquals(GoldenScenes.groups, found)
        assertEquals(0, pass.run(analyzer()))
    }

    @Test
    fun newPhotoAndChangedPhoto_areSeenAlone() = runBlocking {
        fill(3)
        pass.run(analyzer())
        seen.clear()
        database.put(photoSample(key(1), GoldenScenes.photos[6].first, 1, generation = 2))
        database.put(photoSample(key(9), GoldenScenes.photos[0].first, 9))
        pass.run(analyzer())
        assertEquals(listOf<Long>(9, 1), seen)
        assertEquals("coast", scenes.scene(key(1))?.scene?.id)
    }

    @Test
    fun newVersion_seesEveryPhotoAgain_andShowsNothingOfTheOldOne() = runBlocking {
        fill(8)
        pass.run(analyzer("0"))
        assertNull(scenes.scene(key(6)))
        assertEquals(8, pass.run(analyzer()))
        assertEquals("coast", scenes.scene(key(6))?.scene?.id)
        assertEquals(
            GoldenScenes.groups.take(8).count {
                it != null
            },
            database.scenes().count().first()
        )
    }

    @Test
    fun passThatEnds_goesOnWhereItWas() = runBlocking {
        fill(PHOTOS)
        val failing = analyzer().apply { failsAt = 300 }
        assertThrows(IOException::class.java) { runBlocking { pass.run(failing) } }
        val before = database.scenes().count().first()
        assertTrue("$before", before in 1 until PHOTOS)
        seen.clear()
        val rest = pass.run(analyzer())
        assertEquals(PHOTOS - 256, rest)
        assertEquals(rest, seen.distinct().size)
        val expected = (0 until PHOTOS).count {
            GoldenScenes.groups[it % GoldenScenes.groups.size] !=
                null
        }
        assertEquals(expected, database.scenes().count().first())
    }

    @Test
    fun switchedOffMeanwhile_writesNothing() = runBlocking {
        fill(4)
        on = false
        assertEquals(0, pass.run(analyzer()))
        on = true
        assertEquals(0, pass.run(analyzer().apply { onAnalyze = { on = false } }))
        assertEquals(0, database.scenes().count().first())
    }

    @Test
    fun photoDeletedMeanwhile_isLeftOut() = runBlocking {
        fill(4)
        val deleting = analyzer().apply {
            onAnalyze = { database.media().forget("external_primary", listOf(1)) }
        }
        pass.run(deleting)
        assertNull(scenes.scene(key(1)))
        assertEquals(GoldenScenes.groups[3], scenes.scene(key(3))?.group?.id)
        assertEquals(0, pass.run(analyzer()))
    }

    @Test
    fun photoThatEndsTheProcess_isTriedAlone_thenPassedOver_butNotForEver() = runBlocking {
        fill(8)
        val index = ScanIndex(database)
        val harmful = analyzer().apply { killsAt = 3 }
        var deaths = 0
        while (runCatching { pass.run(harmful) }.isFailure) {
            deaths++
            index.recover(crashed = true)
        }
        assertEquals(MAX_CRASHES, deaths)
        assertEquals(listOf<Long>(7, 6, 5, 4, 2, 1, 0), seen)
        assertEquals(0, pass.run(harmful))
        seen.clear()
        assertEquals(8, pass.run(analyzer("0")))
        assertTrue(3 in seen)
    }

    @Test
    fun photoOfAnInterruptedProcess_isTriedAgainAsOftenAsItTakes() = runBlocking {
        fill(4)
        val index = ScanIndex(database)
        repeat(4) {
            assertTrue(runCatching { pass.run(analyzer().apply { killsAt = 3 }) }.isFailure)
            index.recover(crashed = false)
        }
        assertEquals(4, pass.run(analyzer()))
    }

    private fun key(id: Int) = PhotoKey("external_primary", id.toLong())

    private suspend fun fill(photos: Int) = repeat(photos) {
        val (features, _) = GoldenScenes.photos[it % GoldenScenes.photos.size]
        database.put(photoSample(key(it), features, it.toLong()))
    }

    /** Notes what the real analyzer sees. */
    private inner class Watched(private val real: IndexAnalyzer, version: String?) :
        IndexAnalyzer by real {
        override val version = version ?: real.version
        var failsAt: Int? = null
        var killsAt: Long? = null
        var onAnalyze: suspend () -> Unit = {}

        override suspend fun open(): IndexAnalysis {
            val analysis = checkNotNull(real.open())
            return object : IndexAnalysis by analysis {
                override suspend fun analyze(photos: List<PendingPhoto>): List<AnalysisRows?> {
                    if (photos.any { it.mediaId == killsAt }) throw Killed()
                    return analysis.analyze(photos).also {
                        onAnalyze()
                        seen += photos.map { it.mediaId }
                        if (seen.size > (failsAt ?: Int.MAX_VALUE)) throw IOException("gone")
                    }
                }
            }
        }
    }
}
