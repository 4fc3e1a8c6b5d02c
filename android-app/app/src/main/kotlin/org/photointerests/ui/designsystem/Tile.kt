package org.photointerests.ui.designsystem

import androidx.annotation.DrawableRes
import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.grid.GridCells
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.ReadOnlyComposable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.alpha
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Brush
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.dp
import org.photointerests.core.PhotoKey

// White letters can be read on it, whatever photo is under it: 7 to 1 and more on white.
private val shade = Color.Black.copy(alpha = 0.7f)
private val MIN_WIDTH = 160.dp
private const val MAX_SCALE = 2f

// Large letters make columns wide, and tiles as high would fill the window.
private const val LARGE_SCALE = 1.3f
private const val WIDE_RATIO = 1.6f

/** The columns of tiles that fit: fewer where letters are larger. */
@Composable
@ReadOnlyComposable
fun tileColumns(): GridCells.Adaptive =
    GridCells.Adaptive(MIN_WIDTH * LocalDensity.current.fontScale.coerceIn(1f, MAX_SCALE))

/**
 * A photo with a name on it, which a tap opens; TalkBack reads [name], [detail] and [badge] at once.
 *
 * [photo] is null where there is none to show; [isChosen] where its page is beside it.
 */
@Composable
fun Tile(
    photo: PhotoKey?,
    name: String,
    detail: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    badge: String? = null,
    @DrawableRes badgeIcon: Int? = null,
    imageAlpha: Float = 1f,
    isChosen: Boolean = false
) = Box(
    modifier.aspectRatio(if (LocalDensity.current.fontScale > LARGE_SCALE) WIDE_RATIO else 1f)
        .clip(MaterialTheme.shapes.large)
        .background(MaterialTheme.colorScheme.primaryContainer)
        .chosen(isChosen, MaterialTheme.shapes.large)
        .clickable(onClick = onClick),
    Alignment.BottomStart
) {
    if (photo != null) PhotoImage(photo, null, Modifier.fillMaxSize().alpha(imageAlpha))
    TileText(name, detail)
    if (badge != null) Badge(badge, badgeIcon, Modifier.align(Alignment.TopEnd).padding(8.dp))
}

@Composable
private fun TileText(name: String, detail: String) = Column {
    Spacer(
        Modifier.fillMaxWidth().height(28.dp)
            .background(Brush.verticalGradient(listOf(Color.Transparent, shade)))
    )
    Column(
        Modifier.fillMaxWidth().background(shade)
            .padding(start = 12.dp, end = 12.dp, bottom = 10.dp)
    ) {
        Text(
            name,
            color = Color.White,
            style = MaterialTheme.typography.titleMedium,
            fontWeight = FontWeight.SemiBold,
            maxLines = 2,
            overflow = TextOverflow.Ellipsis
        )
        if (detail.isNotEmpty()) {
            Text(detail, color = Color.White, style = MaterialTheme.typography.bodySmall)
        }
    }
}

@Composable
private fun Badge(text: String, @DrawableRes icon: Int?, modifier: Modifier) = Surface(
    modifier,
    shape = CircleShape,
    color = MaterialTheme.colorScheme.primary
) {
    if (icon == null) {
        Text(
            text,
            Modifier.padding(horizontal = 10.dp, vertical = 4.dp),
            style = MaterialTheme.typography.labelMedium
        )
    } else {
        Icon(painterResource(icon), text, Modifier.padding(6.dp).size(16.dp))
    }
}
