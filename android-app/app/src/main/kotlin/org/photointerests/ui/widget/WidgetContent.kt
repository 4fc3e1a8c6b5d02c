package org.photointerests.ui.widget

import android.content.Context
import android.graphics.Bitmap
import androidx.core.graphics.drawable.toBitmap
import androidx.core.graphics.scale
import coil.imageLoader
import coil.request.ImageRequest
import kotlinx.coroutines.flow.first
import org.photointerests.PhotoInterests
import org.photointerests.core.Category
import org.photointerests.core.PhotoKey
import org.photointerests.core.Shown
import org.photointerests.insights.interests.Period

private const val MAX_INTERESTS = 3

// Three of them are about a megabyte, which is what a widget may weigh.
private const val PHOTO_PIXELS = 300

/** What the widget shows. */
sealed interface WidgetContent {
    /** No interest and no photo, as the app is locked. */
    data object Locked : WidgetContent

    /** No interest was found yet. */
    data object Empty : WidgetContent

    data class Interests(val interests: List<WidgetInterest>) : WidgetContent
}

/** An interest with its clearest photo, which is null where it is gone. */
data class WidgetInterest(val category: Category, val photo: Bitmap?)

/** The strongest interests, without sensitive ones: other people see a home screen too. */
internal suspend fun widgetContent(context: Context, container: PhotoInterests): WidgetContent {
    if (container.settings.choices.first().appLock) return WidgetContent.Locked
    val found = container.interests.profile(Period.All, mostPhotos = 1).interests
        .filter { it.category.shown == Shown.ALWAYS }.take(MAX_INTERESTS)
    if (found.isEmpty()) return WidgetContent.Empty
    return WidgetContent.Interests(
        found.map { interest ->
            WidgetInterest(interest.category, interest.photos.firstOrNull()?.load(context))
        }
    )
}

private suspend fun PhotoKey.load(context: Context): Bitmap? {
    // The home screen is another process: it draws no bitmap of the graphics processor.
    val request = ImageRequest.Builder(context).data(this).size(PHOTO_PIXELS).allowHardware(false)
    return context.imageLoader.execute(request.build()).drawable?.toBitmap()?.square()
}

/** The middle of it, small enough for a widget. */
private fun Bitmap.square(): Bitmap {
    val side = minOf(width, height)
    val middle = Bitmap.createBitmap(this, (width - side) / 2, (height - side) / 2, side, side)
    return if (side <= PHOTO_PIXELS) {
        middle
    } else {
        middle.scale(PHOTO_PIXELS, PHOTO_PIXELS)
    }
}
