package org.photointerests.ui.designsystem

import androidx.compose.foundation.background
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.layout.ContentScale
import androidx.compose.ui.res.painterResource
import coil.compose.AsyncImage
import org.photointerests.R
import org.photointerests.core.PhotoKey

/** A photo of the gallery, decoded as large as it is shown. */
@Composable
fun PhotoImage(
    key: PhotoKey,
    contentDescription: String?,
    modifier: Modifier = Modifier,
    contentScale: ContentScale = ContentScale.Crop
) {
    AsyncImage(
        model = key,
        contentDescription = contentDescription,
        modifier = modifier.background(MaterialTheme.colorScheme.surfaceContainerHighest),
        contentScale = contentScale,
        error = painterResource(R.drawable.ic_broken_photo)
    )
}
