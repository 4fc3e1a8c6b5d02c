package org.photointerests.ui.interest

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.combinedClickable
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.alpha
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.graphicsLayer
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.selected
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.ui.designsystem.PhotoImage
import org.photointerests.ui.designsystem.sharedPhoto

private const val DIMMED = 0.6f

/**
 * A photo that a tap opens and a long press selects; while some are selected ([isSelected] is not
 * null then) a tap selects too, and it has a mark as clear as [markAlpha].
 */
@Composable
internal fun SelectablePhoto(
    photo: PhotoKey,
    name: String,
    isSelected: Boolean?,
    onOpen: () -> Unit,
    onSelect: () -> Unit,
    markAlpha: () -> Float = { 1f }
) = Box(
    Modifier.fillMaxWidth().aspectRatio(1f).clip(MaterialTheme.shapes.small)
        .combinedClickable(
            onClickLabel = stringResource(
                if (isSelected == null) R.string.photo_open else R.string.photo_select
            ),
            onLongClickLabel = stringResource(R.string.photo_select),
            onLongClick = onSelect,
            onClick = if (isSelected == null) onOpen else onSelect
        )
        .semantics { if (isSelected != null) selected = isSelected }
) {
    val alpha = if (isSelected == true) DIMMED else 1f
    val place = Modifier.fillMaxSize().sharedPhoto(photo, MaterialTheme.shapes.small)
    PhotoImage(photo, name, place.alpha(alpha))
    if (isSelected != null) {
        val corner = Modifier.align(Alignment.TopStart).padding(6.dp)
        Mark(isSelected, corner.graphicsLayer { this.alpha = markAlpha() })
    }
}

@Composable
private fun Mark(isSelected: Boolean, modifier: Modifier) {
    val colors = MaterialTheme.colorScheme
    Surface(
        modifier.size(24.dp),
        shape = CircleShape,
        color = if (isSelected) colors.primary else Color.Black.copy(alpha = 0.3f),
        border = BorderStroke(2.dp, Color.White)
    ) {
        if (isSelected) Icon(painterResource(R.drawable.ic_check), null, Modifier.padding(4.dp))
    }
}
