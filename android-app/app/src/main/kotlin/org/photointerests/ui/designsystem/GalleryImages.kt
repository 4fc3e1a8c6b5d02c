package org.photointerests.ui.designsystem

import android.content.Context
import android.os.Build
import android.provider.MediaStore.Images.ImageColumns
import android.util.Size
import androidx.annotation.RequiresApi
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.core.graphics.drawable.toDrawable
import coil.ComponentRegistry
import coil.ImageLoader
import coil.decode.DataSource
import coil.fetch.DrawableResult
import coil.fetch.FetchResult
import coil.fetch.Fetcher
import coil.intercept.Interceptor
import coil.memory.MemoryCache
import coil.request.ImageResult
import coil.request.Options
import coil.size.Dimension
import java.io.IOException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.photointerests.core.PhotoKey

// About as large as what MediaStore keeps; beyond it the photo itself is decoded.
internal const val MAX_THUMBNAIL_PIXELS = 768

/** How photos of the gallery become images: small ones from the thumbnails that the phone keeps. */
internal object GalleryImages {
    fun addTo(components: ComponentRegistry.Builder, context: Context) {
        components.add(EditedPhotos(context))
        components.add(ThumbnailFetcher.Factory(context))
        components.add(FaceFetcher.Factory())
    }
}

/** Keeps an edited photo, and faces on it, from being shown as before: its version is in the cache key. */
internal class EditedPhotos(private val context: Context) : Interceptor {
    private val version = if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
        ImageColumns.GENERATION_MODIFIED
    } else {
        ImageColumns.DATE_MODIFIED
    }

    override suspend fun intercept(chain: Interceptor.Chain): ImageResult {
        val data = chain.request.data
        val face = data as? FaceCut
        val key = data as? PhotoKey ?: face?.photo ?: return chain.proceed(chain.request)
        val version = withContext(Dispatchers.IO) { versionOf(key) }
        val part = face?.let { mapOf("face" to "${it.box}") }.orEmpty()
        val cacheKey =
            MemoryCache.Key("${key.uri}#$version", part + mapOf("size" to "${chain.size}"))
        return chain.proceed(chain.request.newBuilder().memoryCacheKey(cacheKey).build())
    }

    /** Null where the gallery does not answer: the photo itself then fails too. */
    private fun versionOf(key: PhotoKey): Long? = try {
        context.contentResolver.query(key.uri, arrayOf(version), null, null, null)
            ?.use { if (it.moveToFirst()) it.getLong(0) else null }
    } catch (_: RuntimeException) {
        null
    }
}

/** Asks the phone for a thumbnail where one is large enough, and opens the file otherwise. */
internal class ThumbnailFetcher(
    private val key: PhotoKey,
    private val context: Context,
    private val options: Options,
    private val loader: ImageLoader
) : Fetcher {
    override suspend fun fetch(): FetchResult? {
        val pixels = listOf(options.size.width, options.size.height)
            .maxOf { (it as? Dimension.Pixels)?.px ?: Int.MAX_VALUE }
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q && pixels <= MAX_THUMBNAIL_PIXELS) {
            thumbnail(pixels)?.let { return it }
        }
        return loader.components.newFetcher(key.uri, options, loader)?.first?.fetch()
    }

    /** Null for a photo that the phone has none of. */
    @RequiresApi(Build.VERSION_CODES.Q)
    private fun thumbnail(pixels: Int): FetchResult? = try {
        val bitmap = context.contentResolver.loadThumbnail(key.uri, Size(pixels, pixels), null)
        DrawableResult(bitmap.toDrawable(context.resources), true, DataSource.DISK)
    } catch (_: IOException) {
        null
    } catch (_: RuntimeException) {
        null
    }

    class Factory(private val context: Context) : Fetcher.Factory<PhotoKey> {
        override fun create(data: PhotoKey, options: Options, imageLoader: ImageLoader): Fetcher =
            ThumbnailFetcher(data, context, options, imageLoader)
    }
}
