package org.photointerests.ui.designsystem

import android.app.Application
import android.graphics.drawable.BitmapDrawable
import android.os.Looper
import android.provider.MediaStore
import androidx.test.core.app.ApplicationProvider
import coil.ImageLoader
import coil.decode.DataSource
import coil.fetch.DrawableResult
import coil.fetch.Fetcher
import coil.request.ImageRequest
import coil.request.ImageResult
import coil.request.SuccessResult
import coil.size.Precision
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.support.AppTestRunner
import org.photointerests.support.FakeMediaProvider
import org.photointerests.support.PATIENCE_MS
import org.photointerests.support.drawnPhoto
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf

/** How photos of the gallery become images. */
@RunWith(AppTestRunner::class)
class GalleryImagesTest {
    private val context = ApplicationProvider.getApplicationContext<Application>()
    private val media =
        Robolectric.setupContentProvider(FakeMediaProvider::class.java, MediaStore.AUTHORITY)
    private val key = PhotoKey("external_primary", 7)
    private var opened = 0

    @Test
    fun editedPhoto_isLoadedAgain_andNoOther() {
        media.add(id = 7, addedAtS = 1, takenAtMs = 1)
        val loader = loader { add(EditedPhotos(context)) }
        repeat(2) { assertTrue(loader.load(request(100)) is SuccessResult) }
        assertEquals(1, opened)
        media.edit(id = 7, generation = 71)
        assertTrue(loader.load(request(100)) is SuccessResult)
        assertEquals(2, opened)
    }

    @Test
    fun smallImage_isAThumbnailOfThePhone_andALargeOneIsNot() {
        media.add(id = 7, addedAtS = 1, takenAtMs = 1)
        val loader = ImageLoader.Builder(context).dispatcher(Dispatchers.IO)
            .components { GalleryImages.addTo(this, context) }.build()
        loader.load(request(200))
        assertEquals(listOf(200), media.thumbnails)
        loader.load(request(2000))
        assertEquals(listOf(200), media.thumbnails)
    }

    /** Runs what Coil posts to the main thread, which is this one, until the image is there. */
    private fun ImageLoader.load(request: ImageRequest): ImageResult {
        val image = enqueue(request).job
        val deadlineNs = System.nanoTime() + PATIENCE_MS * 1_000_000
        while (image.isActive) {
            shadowOf(Looper.getMainLooper()).idle()
            check(System.nanoTime() < deadlineNs) { "expected an image, received none" }
        }
        return runBlocking { image.await() }
    }

    /** As the app's lists ask: an image that is larger will do. */
    private fun request(pixels: Int) = ImageRequest.Builder(context).data(key)
        .size(pixels, pixels).precision(Precision.INEXACT).build()

    private fun loader(components: coil.ComponentRegistry.Builder.() -> Unit) =
        ImageLoader.Builder(context).dispatcher(Dispatchers.IO).components {
            components()
            add(
                Fetcher.Factory<PhotoKey> { key, _, _ ->
                    Fetcher {
                        opened++
                        val drawn = BitmapDrawable(context.resources, drawnPhoto(key.id.toInt()))
                        DrawableResult(drawn, false, DataSource.DISK)
                    }
                }
            )
        }.build()
}
