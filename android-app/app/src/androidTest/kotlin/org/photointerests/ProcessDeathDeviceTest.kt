package org.photointerests

import androidx.test.ext.junit.runners.AndroidJUnit4
import androidx.test.platform.app.InstrumentationRegistry
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.Assert.assertTrue
import org.junit.Assume.assumeTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.pipeline.scan.ScanState
import org.photointerests.support.PhonePhotos

private const val PHOTOS = 300
private const val READ = 5
private const val PATIENCE_MS = 120_000L
private const val KEPT = "process-death"

/**
 * A scan whose process is killed, in two runs of the instrumentation: Android kills the process at
 * the end of the first. README tells the commands; without `-e stage` both are skipped.
 */
@RunWith(AndroidJUnit4::class)
class ProcessDeathDeviceTest {
    private val context = InstrumentationRegistry.getInstrumentation().targetContext
    private val stage = InstrumentationRegistry.getArguments().getString("stage")
    private val container = context.photoInterests
    private val photos = PhonePhotos(context)
    private val counts =
        container.photos.counts
    private val kept = context.getSharedPreferences(KEPT, 0)

    @Test
    fun stageBegin_scanIsInTheMiddle() = runBlocking {
        assumeTrue("-e stage begin was not given", stage == "begin")
        container.deleteEverything()
        photos.allow()
        photos.insert(PHOTOS)
        container.scans.start()
        val read = withTimeout(PATIENCE_MS) { counts.first { it.read >= READ } }.read
        assertTrue("all $read photos were read already", read < PHOTOS)
        assertTrue(kept.edit().putInt(KEPT, read).commit())
    }

    @Test
    fun stageEnd_scanGoesOnAndLosesNothing() = runBlocking {
        assumeTrue("-e stage end was not given", stage == "end")
        val before = kept.getInt(KEPT, 0)
        assertTrue("stage begin did not run", before > 0)
        val now = counts.first().read
        assertTrue("$before photos were read, $now are kept", now >= before)
        withTimeout(PATIENCE_MS) {
            counts.first { it.read >= PHOTOS }
            container.scans.state.first { it == ScanState.Idle }
        }
        photos.removeAll()
        assertTrue(kept.edit().clear().commit())
    }
}
