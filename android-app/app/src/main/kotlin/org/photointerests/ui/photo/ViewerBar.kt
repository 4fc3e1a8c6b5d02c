package org.photointerests.ui.photo

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.statusBarsPadding
import androidx.compose.material3.Icon
import androidx.compose.material3.LocalContentColor
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Brush
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.ui.designsystem.BarButton

// White icons can be seen on it, whatever the photo shows.
private val shade = Brush.verticalGradient(
    listOf(Color.Black.copy(alpha = 0.7f), Color.Transparent)
)

/** What can be done with a photo, over its upper edge. */
@Composable
internal fun ViewerBar(photo: PhotoKey, favourite: Boolean?, actions: PhotoActions) =
    CompositionLocalProvider(LocalContentColor provides Color.White) {
        Row(
            Modifier.fillMaxWidth().background(shade).statusBarsPadding()
                .padding(start = 4.dp, end = 4.dp, top = 4.dp, bottom = 24.dp),
            verticalAlignment = Alignment.CenterVertically
        ) {
            BarButton(R.drawable.ic_back, R.string.back, actions.back)
            Spacer(Modifier.weight(1f))
            if (favourite == true) {
                Icon(
                    painterResource(R.drawable.ic_favourite),
                    stringResource(R.string.photo_favourite),
                    Modifier.padding(12.dp)
                )
            }
            BarButton(R.drawable.ic_open, R.string.photo_open_in_gallery) {
                actions.openInGallery(photo)
            }
            BarButton(R.drawable.ic_share, R.string.photo_share) { actions.share(photo) }
        }
    }
