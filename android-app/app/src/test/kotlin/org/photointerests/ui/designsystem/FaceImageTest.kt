package org.photointerests.ui.designsystem

import android.app.Application
import android.graphics.Bitmap
import android.graphics.Color
import android.graphics.drawable.BitmapDrawable
import android.os.Looper
import android.provider.MediaStore
import androidx.compose.ui.unit.IntOffset
import androidx.compose.ui.unit.IntRect
import androidx.compose.ui.unit.IntSize
import androidx.test.core.app.ApplicationProvider
import coil.ImageLoader
import coil.decode.DataSource
import coil.fetch.DrawableResult
import coil.fetch.Fetcher
import coil.request.ImageRequest
import coil.request.SuccessResult
import coil.size.Precision
import java.io.File
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.analysis.detections.Box
import org.photointerests.support.AppTestRunner
import org.photointerests.support.FakeMediaProvider
import org.photointerests.support.PATIENCE_MS
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf

private const val WIDTH = 400
private const val HEIGHT = 200

/** Faces that are cut out of photos. */
@RunWith(AppTestRunner::class)
class FaceImageTest {
    private val context = ApplicationProvider.getApplicationContext<Application>()
    private val media =
        Robolectric.setupContentProvider(FakeMediaProvider::class.java, MediaStore.AUTHORITY)
    private val key = PhotoKey("external_primary", 7)
    private var opened = 0

    @Test
    fun square_isAroundTheMiddleOfTheFace_andWithinThePhoto() {
        // 80 by 80 pixels around (200, 100), and 1.6 times as much.
        assertEquals(square(136, 36, 128), squareAround(Box(0.4f, 0.3f, 0.2f, 0.4f), WIDTH, HEIGHT))
        assertEquals(square(0, 0, 64), squareAround(Box(0f, 0f, 0.1f, 0.2f), WIDTH, HEIGHT))
        assertEquals(square(336, 136, 64), squareAround(Box(0.9f, 0.8f, 0.1f, 0.2f), WIDTH, HEIGHT))
        // As large as the photo has room for.
        assertEquals(square(100, 0, 200), squareAround(Box(0.25f, 0f, 0.5f, 1f), WIDTH, HEIGHT))
        assertEquals(1, squareAround(Box(0.5f, 0.5f, 0f, 0f), WIDTH, HEIGHT).width)
    }

    @Test
    fun face_isThatPartOfItsPhoto_keptInMemory_andInNoFile() {
        media.add(id = 7, addedAtS = 1, takenAtMs = 1)
        val loader = loader()
        val before = files()
        // The left half is red, the right one blue.
        assertEquals(Color.RED, loader.face(Box(0.1f, 0.4f, 0.1f, 0.2f)).middle())
        assertEquals(Color.BLUE, loader.face(Box(0.8f, 0.4f, 0.1f, 0.2f)).middle())
        assertEquals(2, opened)
        loader.face(Box(0.8f, 0.4f, 0.1f, 0.2f))
        assertEquals(2, opened)
        assertEquals(before, files())
        media.edit(id = 7, generation = 71)
        loader.face(Box(0.8f, 0.4f, 0.1f, 0.2f))
        assertEquals(3, opened)
    }

    private fun square(left: Int, top: Int, side: Int) =
        IntRect(IntOffset(left, top), IntSize(side, side))

    private fun files(): Set<File> =
        checkNotNull(context.dataDir).walk().filter { it.isFile }.toSet()

    private fun Bitmap.middle() = getPixel(width / 2, height / 2)

    /** Runs what Coil posts to the main thread, which is this one, until the image is there. */
    private fun ImageLoader.face(box: Box): Bitmap {
        // As the app's lists ask: an image of another size will do.
        val request = ImageRequest.Builder(context).data(FaceCut(key, box)).size(96)
            .precision(Precision.INEXACT).build()
        val image = enqueue(request).job
        val deadlineNs = System.nanoTime() + PATIENCE_MS * 1_000_000
        while (image.isActive) {
            shadowOf(Looper.getMainLooper()).idle()
            check(System.nanoTime() < deadlineNs) { "expected an image, received none" }
        }
        val result = runBlocking { image.await() } as SuccessResult
        return (result.drawable as BitmapDrawable).bitmap
    }

    private fun loader() = ImageLoader.Builder(context).dispatcher(Dispatchers.IO).components {
        add(EditedPhotos(context))
        add(FaceFetcher.Factory())
        add(
            Fetcher.Factory<PhotoKey> { _, _, _ ->
                Fetcher {
                    opened++
                    val photo = BitmapDrawable(context.resources, twoHalves())
                    DrawableResult(photo, false, DataSource.DISK)
                }
            }
        )
    }.build()

    private fun twoHalves(): Bitmap {
        val colors = IntArray(WIDTH * HEIGHT) {
            if (it % WIDTH <
                WIDTH / 2
            ) {
                Color.RED
            } else {
                Color.BLUE
            }
        }
        return Bitmap.createBitmap(colors, WIDTH, HEIGHT, Bitmap.Config.ARGB_8888)
    }
}
