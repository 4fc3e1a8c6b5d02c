package org.photointerests.ui.designsystem

import android.graphics.Bitmap
import android.graphics.drawable.BitmapDrawable
import androidx.compose.foundation.background
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.layout.ContentScale
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.unit.IntOffset
import androidx.compose.ui.unit.IntRect
import androidx.compose.ui.unit.IntSize
import androidx.core.graphics.drawable.toDrawable
import coil.ImageLoader
import coil.compose.AsyncImage
import coil.decode.DataSource
import coil.fetch.DrawableResult
import coil.fetch.FetchResult
import coil.fetch.Fetcher
import coil.request.CachePolicy
import coil.request.ErrorResult
import coil.request.ImageRequest
import coil.request.Options
import coil.size.Dimension
import kotlin.math.roundToInt
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.analysis.detections.Box

// Hair and chin are outside of the box that a detector finds.
private const val SURROUNDINGS = 1.6f

// A small face on a large photo is a little blurred rather than as much memory as the photo has.
private const val MAX_PHOTO_PIXELS = 2048

/** The face of a photo in a [box] of it, as something to show. */
data class FaceCut(val photo: PhotoKey, val box: Box)

/** A face in a circle, cut out of its photo; what shows it says whose it is. */
@Composable
internal fun FaceImage(face: FaceCut, modifier: Modifier) = AsyncImage(
    model = face,
    contentDescription = null,
    modifier = modifier.clip(CircleShape)
        .background(MaterialTheme.colorScheme.surfaceContainerHighest),
    contentScale = ContentScale.Crop,
    error = painterResource(R.drawable.ic_broken_photo)
)

/** Cuts a face out of its photo whenever it is shown: it lies in memory, and is in no file. */
internal class FaceFetcher(
    private val face: FaceCut,
    private val options: Options,
    private val loader: ImageLoader
) : Fetcher {
    override suspend fun fetch(): FetchResult {
        val request = ImageRequest.Builder(options.context)
            .data(face.photo)
            .size(photoPixels())
            .allowHardware(false) // its pixels are copied
            .memoryCachePolicy(CachePolicy.DISABLED)
            .build()
        val result = loader.execute(request)
        if (result is ErrorResult) throw result.throwable
        val photo = (result.drawable as BitmapDrawable).bitmap
        val place = squareAround(face.box, photo.width, photo.height)
        val cut = Bitmap.createBitmap(photo, place.left, place.top, place.width, place.height)
        val drawable = cut.toDrawable(options.context.resources)
        return DrawableResult(drawable, isSampled = false, DataSource.DISK)
    }

    /** As many as the face needs to fill its place. */
    private fun photoPixels(): Int {
        val shown = listOf(options.size.width, options.size.height)
            .maxOf { (it as? Dimension.Pixels)?.px ?: MAX_THUMBNAIL_PIXELS }
        val share = (SURROUNDINGS * maxOf(face.box.width, face.box.height)).coerceIn(0.01f, 1f)
        return (shown / share).roundToInt().coerceIn(1, MAX_PHOTO_PIXELS)
    }

    class Factory : Fetcher.Factory<FaceCut> {
        override fun create(data: FaceCut, options: Options, imageLoader: ImageLoader): Fetcher =
            FaceFetcher(data, options, imageLoader)
    }
}

/** The pixels around a face and its surroundings, as far as a photo has any: always a square. */
internal fun squareAround(box: Box, width: Int, height: Int): IntRect {
    val side = (SURROUNDINGS * maxOf(box.width * width, box.height * height)).roundToInt()
        .coerceIn(1, minOf(width, height))
    val left = ((box.left + box.width / 2) * width - side / 2f).roundToInt()
    val top = ((box.top + box.height / 2) * height - side / 2f).roundToInt()
    val corner = IntOffset(left.coerceIn(0, width - side), top.coerceIn(0, height - side))
    return IntRect(corner, IntSize(side, side))
}
