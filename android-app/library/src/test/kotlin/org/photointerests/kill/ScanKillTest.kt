package org.photointerests.kill

import androidx.test.core.app.ApplicationProvider
import androidx.work.ListenableWorker
import androidx.work.testing.TestListenableWorkerBuilder
import java.io.File
import kotlin.random.Random
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.photointerests.pipeline.scan.ScanWorker
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestApplication
import org.photointerests.support.TestPhotoInterests
import org.photointerests.support.TestWorkManager
import org.robolectric.annotation.Config

// Statements of the database, files opened and photos read, for each photo.
private const val STEPS_A_PHOTO = 16
private const val PHOTOS_A_KILL = 10
private const val TOLERANCE = 1e-5f

/**
 * A scan by the real worker into a real database, killed again and again at random steps; only
 * decoding and the extractor are left out. `measure -Pkills=200` is the long one.
 */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class)
class ScanKillTest {
    @get:Rule
    val folder = TemporaryFolder()

    @get:Rule
    val workManager = TestWorkManager(keepsThreads = true)

    private val application = ApplicationProvider.getApplicationContext<TestApplication>()
    private val kills = System.getProperty("kills")?.toInt() ?: 15
    private val gallery = ChangingGallery(kills * PHOTOS_A_KILL, seed = 1)
    private val random = Random(2)
    private val reads = mutableListOf<List<Byte>>()
    private lateinit var file: File
    private var processes = 0

    @Before
    fun start() {
        file = File(folder.root, "photos.db")
    }

    @Test
    fun scan_killedAtRandomSteps_losesNothingAndReadsNothingTwice() {
        var killed = 0
        var whole = 0
        while (killed < kills) {
            val before = contents(file)
            val kill = scan(random.nextInt(1, 3 * STEPS_A_PHOTO * PHOTOS_A_KILL))
            if (kill.killed) {
                killed++
                assertNothingLost(before)
            } else {
                whole++
                assertEquals(gallery.expected(), contents(file))
                gallery.change()
            }
            // Months are summed up meanwhile, as by somebody who looks at the app.
            if (killed % 5 == 0) withDatabase(file) { profileOf(it) }
        }
        assertFalse(scan(Int.MAX_VALUE).killed)
        assertEquals(gallery.expected(), contents(file))
        assertSameProfile(fresh(), withDatabase(file) { profileOf(it) }, TOLERANCE)
        val again = reads.size - reads.toSet().size
        assertTrue("$again photos read twice with $killed kills", again <= killed)
        println("measured: kills within the process: $killed")
        println("measured: photos: ${gallery.size}")
        println("measured: whole scans between the kills: $whole")
        println("measured: photos read again after a kill: $again")
    }

    /** What was stored is there still, unless the gallery has it no more. */
    private fun assertNothingLost(before: Map<Long, List<Byte>>) {
        val lost = before.keys - contents(file).keys
        assertTrue("lost: $lost", lost.none { it in gallery.expected() })
    }

    /** A process that begins with what lies in [file], and leaves another. */
    private fun scan(killAt: Int): KillSwitch {
        val kill = KillSwitch(file, File(folder.root, "photos-${++processes}.db"), killAt)
        val process = TestPhotoInterests(application)
        process.source = gallery.source.apply { onOpen = { kill.step() } }
        process.openDatabase = { killableDatabase(file, kill) }
        process.fastPipeline = QuickPipeline {
            kill.step()
            reads += it
        }
        application.photoInterests = process
        val worker = TestListenableWorkerBuilder<ScanWorker>(application).build()
        try {
            val result = runBlocking { worker.doWork() }
            assertTrue("$result", kill.killed || result == ListenableWorker.Result.success())
        } catch (_: Killed) {
            // As it was meant.
        }
        process.database.close()
        if (kill.killed) file = kill.left
        return kill
    }

    private fun fresh(): InterestNumbers = withDatabase(File(folder.root, "fresh.db")) {
        val process = TestPhotoInterests(application)
        process.source = gallery.source.apply { onOpen = {} }
        process.openDatabase = { it }
        process.fastPipeline = QuickPipeline()
        process.scanner().scan {}
        profileOf(it)
    }
}
