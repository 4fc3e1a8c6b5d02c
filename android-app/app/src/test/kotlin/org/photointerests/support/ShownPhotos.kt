package org.photointerests.support

import android.graphics.drawable.BitmapDrawable
import androidx.compose.ui.test.junit4.ComposeTestRule
import androidx.test.core.app.ApplicationProvider
import coil.Coil
import coil.ImageLoader
import coil.decode.DataSource
import coil.fetch.DrawableResult
import coil.fetch.Fetcher
import java.util.concurrent.atomic.AtomicInteger
import kotlinx.coroutines.Dispatchers
import org.junit.rules.ExternalResource
import org.photointerests.core.PhotoKey
import org.photointerests.ui.designsystem.FaceFetcher

/** Shows a drawn photo for every key, and cuts faces out of them as the app does. */
class ShownPhotos : ExternalResource() {
    private val loading = AtomicInteger()

    override fun before() {
        val context = ApplicationProvider.getApplicationContext<android.app.Application>()
        val loader = ImageLoader.Builder(context)
            .dispatcher(Dispatchers.Main.immediate)
            .components {
                add(Fetcher.Factory<PhotoKey> { key, _, _ -> drawn(context, key) })
                add(FaceFetcher.Factory())
            }
            .build()
        Coil.setImageLoader(loader)
    }

    override fun after() = Coil.reset()

    fun waitUntilLoaded(rule: ComposeTestRule) {
        rule.waitForIdle()
        rule.waitUntil(PATIENCE_MS) { loading.get() == 0 }
        rule.waitForIdle()
    }

    private fun drawn(context: android.content.Context, key: PhotoKey) = Fetcher {
        loading.incrementAndGet()
        val bitmap =
            if (DrawnPeople.isOne(key)) DrawnPeople.draw(key) else drawnPhoto(key.id.toInt())
        loading.decrementAndGet()
        DrawableResult(BitmapDrawable(context.resources, bitmap), false, DataSource.MEMORY)
    }
}
