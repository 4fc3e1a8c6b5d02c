package org.photointerests

import android.Manifest.permission.READ_EXTERNAL_STORAGE
import android.Manifest.permission.READ_MEDIA_IMAGES
import android.content.ContentValues
import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.Color
import android.net.Uri
import android.os.Build
import android.provider.MediaStore
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
import org.photointerests.gallery.PhotoAccess
import org.photointerests.scan.ScanResult

private const val PHOTOS = 6

/** A scan of photos that the test puts into the phone's own MediaStore. */
@RunWith(AndroidJUnit4::class)
class ScanDeviceTest {
    private val instrumentation = InstrumentationRegistry.getInstrumentation()
    private val context = instrumentation.targetContext
    private val container = context.photoInterests
    private val counts =
        container.database.photos().counts(container.bundle.card.extractorVersion)
    private val inserted = mutableListOf<Uri>()

    @Before
    fun startFromNothing() = runBlocking {
        container.deleteEverything()
        instrumentation.uiAutomation.grantRuntimePermission(context.packageName, readPermission())
        repeat(PHOTOS) { inserted += insertPhoto(it) }
    }

    @After
    fun removePhotos() = inserted.forEach { context.contentResolver.delete(it, null, null) }

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

    private fun insertPhoto(index: Int): Uri {
        val values = ContentValues().apply {
            put(MediaStore.Images.Media.DISPLAY_NAME, "drawn-$index.jpg")
            put(MediaStore.Images.Media.MIME_TYPE, "image/jpeg")
        }
        val resolver = context.contentResolver
        val collection = MediaStore.Images.Media.EXTERNAL_CONTENT_URI
        val uri = checkNotNull(resolver.insert(collection, values))
        checkNotNull(resolver.openOutputStream(uri)).use {
            drawn(index).compress(Bitmap.CompressFormat.JPEG, 85, it)
        }
        return uri
    }

    private fun drawn(index: Int): Bitmap =
        Bitmap.createBitmap(1200, 900, Bitmap.Config.ARGB_8888).also {
            Canvas(it).drawColor(Color.HSVToColor(floatArrayOf(index * 50f, 0.7f, 0.9f)))
        }

    private fun readPermission() = if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
        READ_MEDIA_IMAGES
    } else {
        READ_EXTERNAL_STORAGE
    }
}
