package org.photointerests

import androidx.test.ext.junit.runners.AndroidJUnit4
import androidx.test.platform.app.InstrumentationRegistry
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.pipeline.media.PhotoAccess
import org.photointerests.pipeline.scan.ScanResult
import org.photointerests.support.PhonePhotos

private const val PHOTOS = 6

/** A scan of photos that the test puts into the phone's own MediaStore. */
@RunWith(AndroidJUnit4::class)
class ScanDeviceTest {
    private val context = InstrumentationRegistry.getInstrumentation().targetContext
    private val container = context.photoInterests
    private val photos = PhonePhotos(context)
    private val counts =
        container.photos.counts

    @Before
    fun startFromNothing() = runBlocking {
        container.deleteEverything()
        photos.allow()
        photos.insert(PHOTOS)
    }

    @After
    fun removePhotos() = photos.removeAll()

    @Test
    fun scan_insertedPhotos_readsThemOnce() = runBlocking {
        assertEquals(PhotoAccess.FULL, container.source.access())
        assertEquals(ScanResult.COMPLETE, container.scanner().scan {})
        val first = counts.first()
        assertTrue("$first", first.read >= PHOTOS)
        container.scanner().scan {}
        assertEquals(first, counts.first())
    }

    @Test
    fun scan_stoppedInTheMiddle_goesOnWhereItWas() = runBlocking {
        runCatching { container.scanner().scan { check(it.done < PHOTOS / 2) { "stopped" } } }
        container.scanner().scan {}
        assertTrue(counts.first().read >= PHOTOS)
    }
}
