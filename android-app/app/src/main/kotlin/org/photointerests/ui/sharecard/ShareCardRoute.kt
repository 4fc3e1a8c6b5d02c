package org.photointerests.ui.sharecard

import android.content.Context
import android.graphics.Bitmap
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.produceState
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.core.graphics.drawable.toBitmap
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import coil.imageLoader
import coil.request.ImageRequest
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.ui.designsystem.name
import org.photointerests.ui.transfer.shareFile

// As wide as the card.
private const val PHOTO_PIXELS = 1080

/** The page of the card, which draws it whenever something else is on it. */
@Composable
fun ShareCardRoute(model: ShareCardViewModel, onBack: () -> Unit) {
    val state by model.state.collectAsStateWithLifecycle()
    val context = LocalContext.current
    val title = stringResource(R.string.card_heading)
    val footer = stringResource(R.string.card_footer, stringResource(R.string.app_name))
    val names = state?.shown.orEmpty().map { it.category.name() }
    val photo = state?.photo
    val preview by produceState<Bitmap?>(null, title, footer, names, photo) {
        val picture = photo?.let { context.load(it) }
        val card = ShareCard(title, names, footer, picture)
        value = withContext(Dispatchers.Default) { card.draw() }
    }
    val actions = ShareCardActions(
        onBack,
        model::toggle,
        model::choosePhoto,
        share = {
            preview?.let { card -> model.share(card) { context.shareFile(it, "image/png") } }
        }
    )
    ShareCardScreen(state, preview, actions)
}

/** A photo of the gallery; null where it is gone. */
private suspend fun Context.load(photo: PhotoKey): Bitmap? {
    val request = ImageRequest.Builder(this).data(photo).size(PHOTO_PIXELS)
        // The card is drawn by the processor.
        .allowHardware(false).build()
    return imageLoader.execute(request).drawable?.toBitmap()
}
